/** Attributions that grammar alone shows: “...,” said X and “...,” X said, right after the closing mark. */
import { CUES, inflections } from '../lexicon/cues.ts';
import { WEEKDAYS } from '../lexicon/occasions.ts';
import { Role, rolesOf } from '../lexicon/roles.ts';
import { Inside, type MarkedRun } from '../text/marks.ts';
import { PHRASE_TAGS } from '../text/phrases.ts';
import { isName, isNominal, isVerb, Tag } from '../text/pos.ts';
import { Kind } from '../text/tokens.ts';
import type { Range, Relation, Tagged } from '../text/types.ts';

/** The words after a quotation that say whose it is. */
interface Beside {
  readonly cue: Range;
  readonly source: Range;
}

/** How sure an attribution is that stands right beside the marks. */
const SURE = 0.9;

/**
 * The relations with what stands right beside each quotation: it outweighs what a model chose from further away, and
 * attributes quotations that the models passed over. `taken` runs belong to the layout.
 */
export function withBeside(tagged: Tagged, relations: readonly Relation[], taken: Uint8Array): Relation[] {
  const { runOf, runs } = tagged.marks;
  const besideOf = runs.map((run, r) => (taken[r] ? undefined : besideRun(tagged, run)));
  const beforeOf = runs.map((run, r) => (taken[r] ? undefined : beforeRun(tagged, run)));
  const answer: Relation[] = [];
  const used = new Uint8Array(runs.length);
  for (const relation of relations.map((one) => asTold(tagged, one))) {
    const kept: Range[] = [];
    /** What stands beside the marks and has this very cue: its source is that of all that the cue reports. */
    let same: Beside | undefined;
    for (const piece of relation.content) {
      const r = firstRun(runOf, piece);
      if (r < 0) {
        kept.push(piece);
        continue;
      }
      for (let i = r; i < runs.length && runs[i]!.open <= piece.last; i++) used[i] = 1;
      const led = beforeOf[r];
      if (led !== undefined && isSame(relation, led) && tagged.tokens.words[runs[r]!.open - 1]!.form === ':') {
        kept.push(piece);
        continue;
      }
      if (led !== undefined && leads(tagged, relation, piece, runs[r]!, led)) {
        answer.push({ ...stated(led), content: [{ first: runs[r]!.open, last: runs[r]!.close }] });
        continue;
      }
      // "It will rise “toward 13,000”, predicted Ana López": what stands behind the marks that end a clause.
      const isEnding =
        runOf[piece.first]! < 0 && runOf[piece.last]! >= 0 && (relation.cue?.first ?? tagged.tokens.count) > piece.last;
      const at = runOf[isEnding ? piece.last : piece.first]!;
      const beside = besideOf[at];
      if (beside === undefined) {
        kept.push(piece);
        continue;
      }
      const { close } = runs[at]!;
      const own =
        isEnding || Math.min(beside.cue.first, beside.source.first) <= piece.last ? { ...piece, last: close } : piece;
      if (isSame(relation, beside)) kept.push(own);
      else {
        answer.push({ ...stated(beside), content: [own] });
        if (relation.cue !== undefined && overlaps(relation.cue, beside.cue)) same = beside;
      }
    }
    const source = same?.source;
    const rest = source === undefined ? kept : kept.filter((piece) => !overlaps(piece, source));
    if (rest.length > 0) answer.push({ ...relation, ...(source !== undefined && { source }), content: rest });
  }
  besideOf.forEach((beside, r) => {
    const { open, close } = runs[r]!;
    if (beside !== undefined && used[r] === 0 && opensSentence(tagged, open))
      answer.push({ ...stated(beside), content: [{ first: open, last: close }] });
  });
  answer.sort((a, b) => a.content[0]!.first - b.content[0]!.first);
  return answer.map((relation, k) => goingOn(tagged, relation, answer[k - 1]));
}

/** The first run that a piece holds, or -1. */
function firstRun(runOf: Int32Array, { first, last }: Range): number {
  for (let i = first; i <= last; i++) if (runOf[i]! >= 0) return runOf[i]!;
  return -1;
}

/** "X said: “...”": it stands inside what was taken for the content, or the models looked past a whole sentence in marks. */
function leads({ tokens }: Tagged, relation: Relation, piece: Range, run: MarkedRun, led: Beside): boolean {
  if (piece.first <= led.cue.first) return piece.first < run.open && piece.last <= run.close;
  if (piece.first !== run.open || isSame(relation, led)) return false;
  // “...”, the agency reported: it passes on what X said.
  const isWhole = /^[.!?]$/.test(tokens.words[run.last]!.form) || tokens.words[run.open - 1]!.form === ':';
  const isElsewhere =
    relation.source === undefined || relation.source.first > run.close || relation.origin === 'continued';
  return isWhole && isElsewhere;
}

/** The models read the same attribution, perhaps with longer or shorter words. */
const isSame = ({ cue, source, origin }: Relation, beside: Beside): boolean =>
  source !== undefined &&
  (overlaps(source, beside.source) ||
    (cue !== undefined &&
      origin !== 'continued' &&
      overlaps(cue, beside.cue) &&
      // Not with somebody of the next sentence.
      span(source, cue).last - span(source, cue).first < APPOSITION &&
      overlaps(span(source, cue), beside.source)));

const overlaps = (a: Range, b: Range): boolean => a.first <= b.last && b.first <= a.last;
const span = (a: Range, b: Range): Range => ({ first: Math.min(a.first, b.first), last: Math.max(a.last, b.last) });

const stated = ({ cue, source }: Beside): Omit<Relation, 'content'> => ({
  cue,
  cueClass: 'say',
  source,
  origin: 'near',
  confidence: SURE,
  rule: 'beside',
});

/** What only goes on from the statement before goes on from the one that grammar found there. */
function goingOn({ tokens }: Tagged, relation: Relation, before: Relation | undefined): Relation {
  if (before?.rule !== 'beside' || relation.rule === 'beside' || relation.cue !== undefined) return relation;
  const near = tokens.paragraph[relation.content[0]!.first] === tokens.paragraph[before.content[0]!.first];
  return near && before.source ? { ...relation, source: before.source, origin: 'continued' } : relation;
}

/** Nothing stands before the marks in their sentence. */
const opensSentence = ({ sentences, marks }: Tagged, open: number): boolean =>
  open === sentences.first[sentences.of[open]!] || (open > 0 && marks.inside[open - 1] === Inside.closing);

const APPOSITION = 14;
const FINITE = new Set<number>([Tag.VBD, Tag.VBZ, Tag.VBP, Tag.VBN]);

/** Verbs that take a person after them: “...,” told the mayor. */
const TAKES_OBJECT = new Set(
  'tell call describe inform notify address remind assure refer quote cite compare brief'
    .split(' ')
    .flatMap(inflections),
);
/** These report only beside marks. */
const MANNER = new Set(
  'go shrug fume thunder grin groan chuckle chirp bark growl deadpan reckon muse sob wail beam'
    .split(' ')
    .flatMap(inflections)
    .concat('went', 'shrugged'),
);

function besideRun(tagged: Tagged, { close, last, closed }: MarkedRun): Beside | undefined {
  const { tokens, tags } = tagged;
  const { words } = tokens;
  if (!closed && !/^[,?!]$/.test(words[last]!.form)) return undefined;
  const ending = words[last]!.form;
  const comma = words[close + 1]?.form === ',';
  if (!comma && !/^(?:[,?!…—–-]|--)$/.test(ending)) return undefined;
  // “...,” as Gaiman put it.
  const at = close + (comma ? 2 : 1) + (words[close + (comma ? 2 : 1)]?.lower === 'as' ? 1 : 0);
  if (at >= tokens.count || tokens.paragraph[at] !== tokens.paragraph[close]) return undefined;
  if (reports(tagged, at) && !TAKES_OBJECT.has(words[at]!.lower)) {
    const source = subjectFrom(tagged, at + 1, true);
    return source && { cue: { first: at, last: at }, source };
  }
  const source = subjectFrom(tagged, at);
  if (source === undefined) return undefined;
  let i = afterAside(tagged, source.last + 1);
  const first = i;
  while (tags[i] === Tag.RB || /^(?:has|have|had|then|later)$/.test(words[i]?.lower ?? '')) i++;
  if (i >= tokens.count || !reports(tagged, i)) return undefined;
  // “Who pays?” Engineers said nobody knew: there begins a new sentence.
  const end = putsIt(tagged, i) ? i + 1 : i;
  if (!comma && ending !== ',' && !endsClause(tagged, end + 1) && !(ending === '?' && asksWhom(tagged, end)))
    return undefined;
  return { cue: { first, last: end }, source };
}

/** “Who pays?” Ana López asked the mayor. Not “Who pays?” Ana López asked the mayor to explain. */
function asksWhom(tagged: Tagged, verb: number): boolean {
  const { tokens, marks } = tagged;
  if (CUES.get(tokens.words[verb]!.lower) !== 'ask') return false;
  const object = subjectFrom(tagged, verb + 1);
  if (object === undefined) return false;
  const after = object.last + 1;
  return after >= tokens.count || (marks.inside[after] === Inside.no && /^[.(]$/.test(tokens.words[after]!.form));
}

/** Tokens between a verb of saying and the colon after it: "told The Echo on Friday:". */
const LONGEST_OBJECT = 6;

/** "X said: “...”" and "X replied, “...”". */
function beforeRun(tagged: Tagged, { open }: MarkedRun): Beside | undefined {
  const { tokens, marks, sentences } = tagged;
  const { words } = tokens;
  if (open < 2 || !/^[:,]$/.test(words[open - 1]!.form)) return undefined;
  const floor = Math.max(sentences.first[sentences.of[open - 1]!]!, open - 2 - LONGEST_OBJECT);
  let verb = open - 2;
  while (verb > floor && !reports(tagged, verb) && marks.inside[verb] === Inside.no && words[verb]!.form !== ',')
    verb--;
  if (verb <= floor || !reports(tagged, verb)) return undefined;
  const source = sourceBefore(tagged, verb);
  return source && { cue: { first: verb, last: verb }, source };
}

/** "X said (that) ..., according to Y": what Y passes on is what X said. */
function asTold(tagged: Tagged, relation: Relation): Relation {
  const { tokens, marks } = tagged;
  const [piece] = relation.content;
  const { source } = relation;
  if (source === undefined || piece === undefined || relation.content.length > 1) return relation;
  if (source.first <= piece.last || tokens.words[source.first - 2]?.lower !== 'according') return relation;
  const verb = piece.first - (tokens.words[piece.first - 1]?.lower === 'that' ? 2 : 1);
  if (verb < 1 || marks.inside[verb] !== Inside.no || !reports(tagged, verb)) return relation;
  const teller = sourceBefore(tagged, verb);
  return teller === undefined
    ? relation
    : { ...stated({ cue: { first: verb, last: verb }, source: teller }), content: [piece] };
}

/** The noun phrase or pronoun right before a verb of saying. */
function sourceBefore({ tokens, tags, marks, sentences }: Tagged, verb: number): Range | undefined {
  const { words } = tokens;
  const least = Math.max(sentences.first[sentences.of[verb]!]!, verb - APPOSITION);
  let last = verb - 1;
  while (last > least && (tags[last] === Tag.RB || /^(?:has|have|had|then|later)$/.test(words[last]!.lower))) last--;
  // "Mayor Ines Okafor (@InesOkafor) tweeted:"
  if (words[last]!.form === ')') while (last > least && words[last]!.form !== '(') last--;
  if (words[last]!.form === '(') last--;
  if (SUBJECTS.test(words[last]?.lower ?? '')) return { first: last, last };
  let first = last + 1;
  while (
    first > least &&
    marks.inside[first - 1] === Inside.no &&
    (IN_PHRASE.has(tags[first - 1]!) || tokens.kind[first - 1] === Kind.link)
  )
    first--;
  return first <= last && (isNominal(tags[last]!) || tokens.kind[last] === Kind.link) ? { first, last } : undefined;
}

/** A finite verb of saying outside marks. */
function reports({ tokens, tags, marks }: Tagged, i: number): boolean {
  if (marks.inside[i] !== Inside.no || tokens.kind[i] !== Kind.word) return false;
  const { lower } = tokens.words[i]!;
  if (lower === 'said' || lower === 'says' || putsIt({ tokens }, i)) return true;
  const cueClass = CUES.get(lower);
  const isCue = cueClass === 'say' || cueClass === 'write' || cueClass === 'ask' || MANNER.has(lower);
  return isCue && (FINITE.has(tags[i]!) || (tags[i] === Tag.NNS && ALSO_NOUNS.test(lower))) && !DOES_MORE.has(lower);
}

/** "As Gaiman put it, “...”" */
const putsIt = ({ tokens: { words } }: Pick<Tagged, 'tokens'>, i: number): boolean =>
  /^puts?$/.test(words[i]?.lower ?? '') && words[i + 1]?.lower === 'it';

/** The tagger takes these for nouns: "the older one replies". */
const ALSO_NOUNS = /^(?:replies|answers|shouts|cries|whispers|jokes|quips|remarks|laughs)$/;

/** Verbs that report elsewhere; after “Operation Clean Sea,” a patrol that found three ships says nothing. */
const DOES_MORE = new Set(
  'find hold rule shoot rate bill spell project cross call cite'.split(' ').flatMap(inflections),
);

const SUBJECTS = /^(?:he|she|they|i|we|it)$/;
const SOMEBODY = /^(?:another|others|some|many|someone|somebody|everyone)$/;
const IN_PHRASE = new Set(PHRASE_TAGS);

/**
 * The noun phrase that begins at `from`: a pronoun, or words with a noun or a name among them.
 *
 * @param inverted Behind its verb no other verb follows: "said awards pundit Tom Dorn", whatever the tagger takes "pundit" for.
 */
export function subjectFrom(tagged: Tagged, from: number, inverted = false): Range | undefined {
  const { tokens, tags, marks, sentences } = tagged;
  if (from >= tokens.count || marks.inside[from] !== Inside.no) return undefined;
  const { words } = tokens;
  if (SUBJECTS.test(words[from]!.lower)) return { first: from, last: from };
  // “...,” wrote another, @limagirl.
  if (SOMEBODY.test(words[from]!.lower) && !isNominal(tags[from + 1] ?? Tag['.'])) {
    const isNamed = words[from + 1]?.form === ',' && tokens.kind[from + 2] === Kind.link;
    return isNamed ? { first: from + 2, last: from + 2 } : { first: from, last: from };
  }
  const stop = sentences.first[sentences.of[from]! + 1]!;
  let head = -1;
  for (let i = from; i < Math.min(stop, from + APPOSITION) && marks.inside[i] === Inside.no; i++) {
    const tag = tags[i]!;
    if (head >= from && tag === Tag.NNS && ALSO_NOUNS.test(words[i]!.lower)) break;
    const isOne = i > from && /^ones?$/.test(words[i]!.lower);
    // "chairman, CEO and president Craig Menear"
    if (head === i - 1 && /^(?:,|and)$/.test(words[i]!.lower) && isPost(tagged, head) && isPost(tagged, i + 1))
      continue;
    if (isNominal(tag) || isName(tag) || tokens.kind[i] === Kind.link || isOne) head = i;
    else if (head === i - 1 && /^(?:of|for|at|from|and|with)$/.test(words[i]!.lower)) continue;
    else if (inverted && i > from && isVerb(tag) && isName(tags[i + 1] ?? Tag['.'])) continue;
    else if (!IN_PHRASE.has(tag)) break;
  }
  while (head >= from && WEEKDAYS.has(words[head]!.lower)) head--;
  if (head < from || isVerb(tags[head]!)) return undefined;
  return { first: from, last: isName(tags[head]!) ? head : apposedName(tagged, head) };
}

/** "chairman", "CEO": a noun for what somebody is, without a name. */
const isPost = ({ tokens }: Tagged, i: number): boolean =>
  i < tokens.count && (rolesOf(tokens.words[i]!) & (Role.title | Role.person)) !== 0;

/** "her sister, Ana López": the name belongs to the words before the comma. */
function apposedName({ tokens, tags, marks }: Tagged, head: number): number {
  let last = head + 1;
  if (tokens.words[last]?.form !== ',') return head;
  while (last + 1 < tokens.count && isName(tags[last + 1]!) && marks.inside[last + 1] === Inside.no) last++;
  return last === head + 1 || last - head > 5 ? head : last;
}

/** Past ", who owns the boat," and ", her husband,". */
function afterAside(tagged: Tagged, from: number): number {
  const { tokens, marks } = tagged;
  if (tokens.words[from]?.form !== ',') return from;
  if (reports(tagged, from + 1)) return from + 1;
  for (let i = from + 1; i < Math.min(tokens.count, from + APPOSITION) && marks.inside[i] === Inside.no; i++) {
    if (tokens.words[i]!.form === ',' && !(tokens.kind[i - 1] === Kind.number && tokens.words[i + 1]?.lower === 'of'))
      return i + 1;
    if (tokens.words[i]!.form === '.') break;
  }
  return from;
}

const endsClause = ({ tokens, tags }: Tagged, i: number): boolean =>
  i >= tokens.count ||
  tokens.kind[i] === Kind.punctuation ||
  tokens.kind[i] === Kind.mark ||
  tags[i] === Tag.IN ||
  tags[i] === Tag.RB ||
  WEEKDAYS.has(tokens.words[i]!.lower);
