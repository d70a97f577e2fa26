/** A long sentence cut where a clause ends: its own words from the first on, and nothing that turns their sense. */
import { isFiniteVerb } from '../text/pos.ts';
import { tagText } from '../text/tag.ts';

const FEWEST_WORDS = 5;

/** Where what follows only adds to what was told: ", which ...", ", saying ...", "; ...", " — ...". */
const ENDS =
  /,(?=[”"’]? (?:which|who|whose|where|when|while|as|after|since|with|including|according|and \w+ (?:said|says|is|was|will|has|had)|(?!during|following)[a-z]+ing)\b)|;| [–—] |,?(?= (?:because|so that|in order to)\b)/g;
/** Relative and other clauses that stand between commas and hold no verb of the sentence. */
const ASIDE = /^\s*(?:which|who|whose|where|when|while|as|after|before|since|with|including|if|because|[a-z]+ing)\b/i;
/** Where the rest takes back or bounds what was told. */
const TURNS =
  /^\W*(?:not|but|nor|or|unless|if|except|although|though|however|until|without|only|provided|rather|instead)\b|[,;–—] (?:but|unless|except|although|though|however|if|provided|rather than|not)\b/i;

/**
 * The longest beginning of a sentence of at most `words` words that ends with a clause and says no other thing than the
 * whole. `undefined` when there is none. A slice of `sentence`, without the sign it was cut at.
 */
export function shortened(sentence: string, words: number): string | undefined {
  let best: string | undefined;
  for (const { index } of sentence.matchAll(ENDS)) {
    const kept = sentence.slice(0, index).trimEnd();
    const count = kept.split(/\s+/).length;
    if (count > words) break;
    if (count >= FEWEST_WORDS && isWhole(kept) && !TURNS.test(sentence.slice(index))) best = kept;
  }
  return best;
}

const DANGLES = /(?:[,:]|\b(?:that|to|of|and|or|but|if|the|an?|with|by|for|in|on|at|from|as))$/i;

/** Marks, brackets and dashes are paired, the last aside is closed, and what is not aside has a verb. */
function isWhole(kept: string): boolean {
  const count = (sign: string) => kept.split(sign).length - 1;
  if (count('“') !== count('”') || count('(') !== count(')') || count('"') % 2 === 1) return false;
  if (kept.split(/ [–—] /).length % 2 === 0 || DANGLES.test(kept)) return false;
  const parts = kept.split(',');
  if (parts.length > 1 && ASIDE.test(parts.at(-1)!)) return false;
  const main = parts.filter((part, i) => i === 0 || !ASIDE.test(part)).join(',');
  return tagText(main).tags.some((tag) => isFiniteVerb(tag));
}
