/** Other names of a thing, as an article itself gives them: "the European Union (EU)", "the Affordable Care Act, known as Obamacare". */
import type { FoundAlias } from '../../model.ts';
import { stopWords } from '../lexicon/stop-words.ts';
import { emptyModifiers, emptyNames, emptyNouns } from '../lexicon/topic-words.ts';
import type { Name } from '../names/names.ts';
import { fold, foldedWords } from '../text/fold.ts';
import { Tag } from '../text/pos.ts';
import { singular } from '../text/singular.ts';
import { textOf } from '../text/text-of.ts';
import type { Tagged } from '../text/types.ts';

const MOST_ALIASES = 12;
const LONGEST_NAME = 60;

/**
 * Pairs of names that stand for one thing, each pair once, at most twelve. Only what the article shows: a short form beside
 * the long one, an "also known as", or two words for one kind of group ("drug cartels", "drug trafficking groups"), which is
 * a guess that counts only where many articles make it.
 */
export function findAliases(tagged: Tagged, names: readonly Name[]): FoundAlias[] {
  const { text } = tagged.tokens;
  const found = new Map<string, FoundAlias>();
  const add = (how: FoundAlias['how'], name: string, other: string) => {
    const [a, b] = [keyOf(name), keyOf(other)];
    const id = [a, b].sort().join('\n');
    if (a === b || a.length < 2 || b.length < 2 || found.has(id) || found.size === MOST_ALIASES) return;
    if (name.length > LONGEST_NAME || other.length > LONGEST_NAME || [a, b].some(saysNothing)) return;
    found.set(id, { how, name: { key: a, label: name }, other: { key: b, label: other } });
  };
  for (const [long, short] of definitions(text)) add('letters', long, short);
  for (const [long, short] of initials(tagged, names)) add('letters', long, short);
  for (const [name, other] of knownAs(text)) add('called', name, other);
  for (const [name, other] of kindred(tagged)) add('kindred', name, other);
  return [...found.values()];
}

const saysNothing = (key: string): boolean => emptyNouns.has(key) || emptyNames.has(key) || stopWords.has(key);

/** Folded, the last word singular: as topics are keyed, and as a reader's words are looked up. */
export function keyOf(name: string): string {
  const words = foldedWords(name.replace(/^the /i, ''));
  const last = words.pop();
  return last === undefined ? '' : [...words, /^\p{Lu}+s?$/u.test(name) ? last : singular(last)].join(' ');
}

// ---------------------------------------------------------------- letters

/** Words that an abbreviation skips: "Centers *for* Disease Control *and* Prevention". */
const SMALL = new Set(['of', 'the', 'for', 'and', 'on', 'in', 'to', 'de', '&', 'a']);

const definition =
  /((?:\p{Lu}[\p{L}’'.-]*|of|the|for|and|on|in|to|&)(?: (?:\p{Lu}[\p{L}’'.-]*|of|the|for|and|on|in|to|&)){1,9}) \((?:the |or )?[“"]?(\p{Lu}[\p{Lu}.&]{1,9})[”"]?\)/gu;

/** What every definition ends with: few articles hold it, and it is found many times faster than a whole one. */
const bracketed = /\((?:the |or )?[“"]?\p{Lu}[\p{Lu}.&]{1,9}[”"]?\)/u;

/** "European Union (EU)": the letters begin its words, the first one the first. */
function* definitions(text: string): Generator<readonly [long: string, short: string]> {
  if (!bracketed.test(text)) return;
  for (const match of text.matchAll(definition)) {
    const long = spelledOut(match[1]!.split(' '), undotted(match[2]!));
    if (long !== undefined) yield [long.replace(/[’']s$/, ''), undotted(match[2]!)];
  }
}

/** The shortest end of `words` whose beginnings are the letters, small words left out where they have to be. */
function spelledOut(words: readonly string[], letters: string): string | undefined {
  for (let from = words.length - 2; from >= 0; from--) {
    const phrase = words.slice(from);
    if (SMALL.has(phrase[0]!.toLowerCase())) continue;
    if (standsFor(letters, phrase)) return phrase.join(' ');
  }
  return undefined;
}

/** Do `letters` stand for these words? Every word but small ones gives one letter; two letters may come of one hyphened word. */
export function standsFor(letters: string, words: readonly string[]): boolean {
  const wanted = letters.toLowerCase();
  const parts = words.flatMap((word) => word.toLowerCase().split('-')).filter((word) => word !== '');
  const fits = (at: number, part: number): boolean => {
    if (part === parts.length) return at === wanted.length;
    const word = parts[part]!;
    return (word[0] === wanted[at] && fits(at + 1, part + 1)) || (part > 0 && SMALL.has(word) && fits(at, part + 1));
  };
  return wanted.length > 1 && parts.length > 1 && fits(0, 0);
}

const undotted = (letters: string): string => letters.replaceAll('.', '');

/** Without a definition: both forms are names in one article, "the EU" and "European Union", "the Fed" and "Federal Reserve". */
function* initials({ tokens }: Tagged, names: readonly Name[]): Generator<readonly [long: string, short: string]> {
  const long = new Set<string>();
  const short = new Set<string>();
  for (const { kind, first, last } of names) {
    if (kind === 'person') continue;
    const form = textOf(tokens, { first, last }).replace(/^the /i, '');
    if (form.includes(' ')) long.add(form);
    else if (isAbbreviation(form, tokens.text.slice(tokens.start[first]! - 4, tokens.start[first]!))) short.add(form);
  }
  for (const form of short)
    for (const name of long) {
      const words = name.split(' ');
      // "The Army" is not the Army Times: a whole word stands for itself.
      const begins =
        /^\p{Lu}\p{Ll}+$/u.test(form) && words.length === 2 && words[0]!.startsWith(form) && words[0] !== form;
      if (begins || standsFor(undotted(form), words)) yield [name, undotted(form)];
    }
}

/** Three letters or more; two of them, or the beginning of a word, only as "the EU" and "the Fed". */
const isAbbreviation = (form: string, before: string): boolean =>
  /^\p{Lu}[\p{Lu}.]{1,9}$/u.test(form)
    ? undotted(form).length > 2 || /\bthe $/i.test(before)
    : /^\p{Lu}\p{Ll}{2,3}$/u.test(form) && /\bthe $/i.test(before);

// ---------------------------------------------------------------- also known as

const NAME = String.raw`(?:the )?\p{Lu}[\p{L}\p{N}’'-]*(?: (?:of the |of |for |and )?\p{Lu}[\p{L}\p{N}’'-]*){0,5}`;
/** What may follow a name that is whole; "known as the Iran nuclear deal" goes on. */
const AFTER =
  'and|or|but|by|in|on|at|to|of|for|from|with|which|who|that|as|is|was|are|were|has|have|had|will|would|after|before|because';
const CALLED = String.raw`(?:also|better|commonly|otherwise|popularly|widely|informally) (?:known|called|referred to)(?: (?:simply )?as)?|known (?:simply |commonly |popularly |informally |widely )?as|a\.k\.a\.|aka`;
/** Looked for first: most articles hold none, and the names around it take long to look for. */
const called = new RegExp(` (?:${CALLED}) `);
const known = new RegExp(
  String.raw`(${NAME}),? (?:or |is |are |was )?(?:${CALLED}) [“"]?(${NAME})(?![\p{L}\p{N}])(?! (?!(?:${AFTER})\b)\p{Ll})`,
  'gu',
);

function* knownAs(text: string): Generator<readonly [name: string, other: string]> {
  if (!called.test(text)) return;
  for (const match of text.matchAll(known)) {
    const [name, other] = [match[1]!, match[2]!].map((form) => form.replace(/^the /i, '').replace(/[’']s$/, ''));
    if (!emptyNames.has(fold(name!)) && !emptyNames.has(fold(other!))) yield [name!, other!];
  }
}

// ---------------------------------------------------------------- two words for one kind of group

/** Words for bands of people that say what they are ... */
const BANDS = new Set(
  'cartel gang mafia syndicate trafficker smuggler dealer rebel insurgent militia guerrilla militant extremist jihadist terrorist pirate hacker separatist paramilitary'.split(
    ' ',
  ),
);
/** ... and words that any of them may be called by. */
const BODIES = new Set('group organization organisation network ring outfit faction gang'.split(' '));

interface Band {
  readonly label: string;
  readonly head: string;
  readonly before: ReadonlySet<string>;
}

/** "Drug cartels" and "drug trafficking groups": plurals of one article that share what they deal in, one of them a general word. */
function* kindred(tagged: Tagged): Generator<readonly [name: string, other: string]> {
  const bands = bandsIn(tagged);
  for (const band of bands)
    for (const body of bands) {
      if (!BANDS.has(band.head) || !BODIES.has(body.head) || band.head === body.head) continue;
      const shared = [...band.before].some((word) => body.before.has(word));
      if (!shared) continue;
      yield [band.label, body.label];
      // The article that says "drug cartels" once says "the cartels" after it.
      const bare = band.label.split(' ').at(-1)!;
      if (bare !== band.label) yield [bare, body.label];
    }
}

function bandsIn({ tokens, tags }: Tagged): Band[] {
  const bands = new Map<string, Band>();
  for (let i = 0; i < tokens.count; i++) {
    if (tags[i] !== Tag.NNS) continue;
    const head = singular(tokens.words[i]!.lower);
    if (!BANDS.has(head) && !BODIES.has(head)) continue;
    let first = i;
    while (first > 0 && i - first < 2 && isTelling(tags[first - 1]!, tokens.words[first - 1]!.lower)) first--;
    if (first === i) continue;
    const words = tokens.words.slice(first, i + 1).map(({ lower }) => lower);
    const label = words.join(' ');
    bands.set(label, { label, head, before: new Set(words.slice(0, -1).flatMap((word) => word.split('-'))) });
  }
  return [...bands.values()];
}

const isTelling = (tag: number, word: string): boolean =>
  (tag === Tag.NN || tag === Tag.JJ || tag === Tag.VBG) &&
  /^\p{Ll}[\p{Ll}-]+$/u.test(word) &&
  !emptyModifiers.has(word);
