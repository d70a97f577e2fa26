/** Names of bodies: what they end in, and how they go on: "Department of Housing and Urban Development". */
import { Kind, type Tokens } from '../text/tokens.ts';
import type { Range } from '../text/types.ts';
import { Shape, type Word } from '../text/words.ts';
import { GIVEN, isGiven, Listed, listsOf } from './name-lists.ts';

/** "Marsh Ltd", "Lozano Institute", "Customs and Border Protection". */
export function endsAsBody({ words }: Tokens, { first, last }: Range): boolean {
  const word = words[last]!;
  if (first === last) return false;
  if ((listsOf(word) & (Listed.body | GIVEN)) === Listed.body || FIRMS.has(word.lower)) return true;
  return (isActivity(word) || ENDS.has(word.lower)) && !isGiven(words[first]!);
}

const isHead = (word: Word): boolean => (listsOf(word) & Listed.body) !== 0 || ENDS.has(word.lower);

/** Last words of bodies that are surnames, too: "Human Rights Watch", "Business Insider". */
const ENDS = new Set('watch insider patrol parenthood examiner presse'.split(' '));

/** What firms call themselves, whatever the name before it: "Gordon Advisors". */
const FIRMS = new Set(
  'advisors advisers associates consultants consulting securities analytics investments insurance'.split(' '),
);

/** "Patrol" alone is what is left of a body's name, and nobody's surname. */
export const isRestOfBody = ({ words }: Tokens, { first, last }: Range): boolean =>
  first === last && (FIRMS.has(words[last]!.lower) || /^(?:patrol|parenthood|presse)$/.test(words[last]!.lower));

/** What bodies are named after, and people are not: "Protection", "Affairs". */
const isActivity = (word: Word): boolean =>
  /(?:[a-z]{3}tion|[a-z]{4}ment|[a-z]{3}ity|affairs|services|fisheries|wildlife|arts|health)$/.test(word.lower) &&
  !isGiven(word);

/** Bodies that are named by what they are of or for. */
const OF = new Set(
  'university college school academy institute department ministry bureau office board bank center centers centre church museum council chamber society association federation union league'.split(
    ' ',
  ),
);
const LONGEST = 7;

/** Where the name of a body ends that the tagger saw the beginning of: its last token, or one further on. */
export function endOfBody(tokens: Tokens, name: Range): number {
  let { last } = name;
  for (let i = name.first; i <= name.last; i++) last = Math.max(last, endFrom(tokens, i));
  // "Human" of "Human Rights Watch"
  const run = endOfRun(tokens, last);
  if (run > last && run - last < 4 && isHead(tokens.words[run]!)) last = run;
  return joinedEnd(tokens, { first: name.first, last });
}

const JOINED = new Set(['national', 'federal', 'international', 'royal', 'central', 'state']);

/** "National Oceanic and Atmospheric Administration": the noun that says what it is stands behind the "and". */
function joinedEnd(tokens: Tokens, { first, last }: Range): number {
  const { words } = tokens;
  const opens = words[first]!.lower === 'the' ? first + 1 : first;
  if (!JOINED.has(words[opens]!.lower) || opens === last || listsOf(words[last]!) & Listed.body) return last;
  if (!/^(?:and|&)$/.test(words[last + 1]?.lower ?? '') || !isPart(tokens, last + 2)) return last;
  const end = endOfRun(tokens, last + 2);
  return listsOf(words[end]!) & Listed.body ? end : last;
}

/** The last token of the name that a word such as "University" begins: "University of South Carolina". Itself, where it does not go on. */
function endFrom(tokens: Tokens, at: number): number {
  const { words } = tokens;
  if (!OF.has(words[at]!.lower) || !/^(?:of|for)$/.test(words[at + 1]?.lower ?? '')) return at;
  const the = words[at + 2]?.lower === 'the' ? 1 : 0;
  let last = at;
  for (let i = at + 2 + the; i < Math.min(tokens.count, at + 2 + LONGEST); i++) {
    if (isPart(tokens, i)) last = i;
    else if (!/^(?:and|&|,)$/.test(words[i]!.lower) || !isPart(tokens, i + 1)) break;
    // "Housing and Urban Development", "Disease Control and Prevention"; not "Justice and Congress".
    else if (!isActivity(words[endOfRun(tokens, i + 1)]!)) break;
  }
  return last;
}

function endOfRun(tokens: Tokens, from: number): number {
  let last = from;
  while (isPart(tokens, last + 1)) last++;
  return last;
}

/** A word with a capital that is neither a title nor a people: "University of Norland President Ana Ruiz". */
const isPart = (tokens: Tokens, i: number): boolean => {
  const word = tokens.words[i];
  if (word === undefined || tokens.kind[i] !== Kind.word || tokens.paragraph[i] !== tokens.paragraph[i - 1])
    return false;
  return (
    (word.shape === Shape.capital || word.shape === Shape.allCapitals) &&
    (listsOf(word) & (Listed.title | Listed.people | Listed.calendar)) === 0
  );
};
