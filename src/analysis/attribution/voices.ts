/** Whether the words before a colon name somebody who may speak: "MAYOR OKAFOR:" does, "BOTTOM LINE:" and "Serves:" do not. */
import { COURTESY } from '../lexicon/people.ts';
import { Role, rolesOf, VOICES } from '../lexicon/roles.ts';
import { isGiven, Listed, listsOf } from '../names/name-lists.ts';
import { isCommonWord } from '../text/pos.ts';
import { plain } from '../text/text-of.ts';
import type { Range, Tagged } from '../text/types.ts';
import { Shape } from '../text/words.ts';

/** A voice without a name, a title, or a name: one that is no word besides, or that the text gives a first name to. */
export function isVoice(tagged: Tagged, { first, last }: Range, surnames: ReadonlySet<string>): boolean {
  const { words } = tagged.tokens;
  for (let i = first; i <= last; i++) {
    if (VOICES.has(plain(tagged.tokens, i)) || COURTESY.has(plain(tagged.tokens, i))) return true;
    if (rolesOf(words[i]!) & (Role.title | Role.person)) return true;
  }
  const name = words[last]!;
  if (first < last && (isGiven(words[first]!) || words[first]!.shape === Shape.initial)) return true;
  if (listsOf(name) & Listed.body) return false;
  if (surnames.has(name.lower)) return true;
  for (let i = first; i <= last; i++) if (isCommonWord(words[i]!) || /\d/.test(words[i]!.form)) return false;
  return (listsOf(name) & (Listed.place | Listed.calendar | Listed.people)) === 0;
}

/** The words that stand behind a first name anywhere in the text: "block" of "Melissa Block". */
export function surnamesOf({ tokens: { words, count } }: Tagged): ReadonlySet<string> {
  const found = new Set<string>();
  for (let i = 1; i < count; i++) {
    const { form, lower } = words[i]!;
    if (form !== lower && words[i - 1]!.form !== words[i - 1]!.lower && isGiven(words[i - 1]!)) found.add(lower);
  }
  return found;
}

/** "MAYOR INES OKAFOR" and "OKAFOR" are one, "Ana Brandt" and "Peter Brandt" are two. */
export function isSameVoice({ tokens: { words } }: Tagged, a: Range, b: Range): boolean {
  const shorter = Math.min(a.last - a.first, b.last - b.first);
  for (let k = 0; k <= shorter; k++) if (words[a.last - k]!.lower !== words[b.last - k]!.lower) return false;
  return true;
}
