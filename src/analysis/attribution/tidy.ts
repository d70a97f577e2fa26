/** Small repairs that the models leave to grammar: where a content begins, how far a source and a cue reach. */
import { DAY_PARTS, MONTH_NAMES, WEEKDAYS } from '../lexicon/occasions.ts';
import { Role, rolesOf } from '../lexicon/roles.ts';
import { Inside, runAt } from '../text/marks.ts';
import { isFiniteVerb, isName, isNominal, isVerb, Tag } from '../text/pos.ts';
import { textOf } from '../text/text-of.ts';
import { Kind } from '../text/tokens.ts';
import type { Range, Relation, Tagged } from '../text/types.ts';
import { subjectFrom } from './beside.ts';
import { unclear } from './strays.ts';

/** The relation with its parts tidied; `undefined` when it tells nothing of anybody: neither a source nor marks. */
export function tidied(tagged: Tagged, found: Relation): Relation | undefined {
  const relation = withQuoted(
    tagged,
    withWholeName(
      tagged,
      withoutSufferer(tagged, withSubject(tagged, withTeller(tagged, withWholeSource(tagged, found)))),
    ),
  );
  const { cue, source } = relation;
  if (source === undefined && !relation.content.some((piece) => holdsMarks(tagged, piece))) return undefined;
  // "did not return a call seeking comment"
  if (relation.content.every((piece) => ONLY_COMMENT.test(textOf(tagged.tokens, piece)))) return undefined;
  if (cue !== undefined && source === undefined && commands(tagged, cue)) return undefined;
  if (cue !== undefined && relation.content.every((piece) => isRemark(tagged, piece, cue))) return undefined;
  if (cue !== undefined && (NAMES.test(textOf(tagged.tokens, cue)) || isDubbed(tagged, cue))) return undefined;
  const content = withoutOthers(tagged, relation).map((found, k) => {
    const piece = withinSentence(tagged, saidBefore(tagged, relation, found), cue);
    const said = afterIntroduction(tagged, afterAddressee(tagged, piece, cue));
    const run = wholeRun(tagged, onlyRun(tagged, said, k > 0, cue));
    return k > 0 ? run : withVerb(tagged, cue, wholeClause(tagged, relation, run));
  });
  return {
    ...(cue !== undefined && readsOut(tagged, cue) ? unclear(relation) : relation),
    ...(cue === undefined ? {} : { cue: withoutDay(tagged, before(cue, content[0]!)) }),
    ...(source === undefined ? {} : { source: wholePhrase(tagged, source) }),
    content,
  };
}

/** Without the word that the content took back. */
const before = (cue: Range, content: Range): Range =>
  cue.first < content.first && cue.last >= content.first ? { ...cue, last: content.first - 1 } : cue;

/** "Nobody wants “a wall around the harbour,” she said": the marks hold the end of a clause that is all hers. */
function wholeClause(tagged: Tagged, { cue, source }: Relation, { first, last }: Range): Range {
  const { tokens, tags, marks, sentences } = tagged;
  const run = runAt(marks, first);
  const s = sentences.of[first]!;
  const floor = sentences.first[s]!;
  if (
    run === undefined ||
    run.open !== first ||
    first === floor ||
    cue === undefined ||
    cue.first <= last ||
    sentences.of[cue.first] !== s
  )
    return { first, last };
  if (source !== undefined && source.first < last) return { first, last };
  let verb = false;
  for (let i = floor; i < first; i++) {
    if (marks.inside[i] !== Inside.no || tokens.kind[i] !== Kind.word) return { first, last };
    verb ||= isFiniteVerb(tags[i]!);
  }
  return verb ? { first: floor, last } : { first, last };
}

/** "Weak rules allowed boats to slip through, they added": the models took "allowed" for a word that reports. */
function withVerb(tagged: Tagged, cue: Range | undefined, { first, last }: Range): Range {
  const { tokens, tags, marks, sentences } = tagged;
  const floor = sentences.first[sentences.of[first]!]!;
  const trails =
    cue !== undefined &&
    cue.first > last &&
    sentences.of[cue.first] === sentences.of[first] &&
    isFiniteVerb(tags[cue.last]!) &&
    (rolesOf(tokens.words[cue.last]!) & Role.plainCue) !== 0;
  if (!trails || first === floor || first - floor > LONGEST_LEAD || hasVerb(tagged, { first, last }))
    return { first, last };
  for (let i = floor; i < first; i++)
    if (marks.inside[i] !== Inside.no || tokens.kind[i] !== Kind.word || tags[i] === Tag.CC || tags[i] === Tag.IN)
      return { first, last };
  return hasVerb(tagged, { first: floor, last: first - 1 }) ? { first: floor, last } : { first, last };
}

const LONGEST_LEAD = 8;

function hasVerb({ tags }: Tagged, { first, last }: Range): boolean {
  for (let i = first; i <= last; i++) if (isFiniteVerb(tags[i]!)) return true;
  return false;
}

const ONLY_COMMENT = /^(?:(?:to|for|a|any|further|on|request(?:s|ed)?|call|message|seeking|questions?)\s+)*comments?$/i;

/** "Stokes, known as “The Gaffer,” has won": nobody speaks. */
const NAMES =
  /^(?:(?:better|also|well|widely|once|formerly) )?(?:known|nicknamed|titled|entitled|named|billed)(?: as)?$/i;

/** "The group, dubbed “Battleground,” plans": nor here. */
const isDubbed = ({ tokens: { words } }: Tagged, { first, last }: Range): boolean =>
  first === last && words[first]!.lower === 'dubbed' && words[first - 1]?.form === ',';

/** "Say “yes” to the bridge", "Don't say “we knew”": the reader is told to. */
function commands({ tokens, sentences }: Tagged, { first, last }: Range): boolean {
  if (first !== sentences.first[sentences.of[first]!]) return false;
  for (let i = first; i < last; i++)
    if (!/^(?:please|never|not|do|don['’]t|just)$/.test(tokens.words[i]!.lower)) return false;
  return /^(?:say|tell|ask|imagine|remember|repeat|shout)$/.test(tokens.words[last]!.lower);
}

/** "Emissions rose, the office said on Tuesday, the third year in a row": what was said stands before, not behind. */
function saidBefore({ tokens, tags, marks, sentences }: Tagged, { cue, source }: Relation, piece: Range): Range {
  const { words } = tokens;
  if (cue === undefined || source === undefined || source.first > cue.first || piece.first !== cue.last + 1)
    return piece;
  const day = words[piece.first]!.lower === 'on' ? piece.first + 1 : piece.first;
  const floor = sentences.first[sentences.of[cue.first]!]!;
  const end = source.first - 2;
  const isTrailing = WEEKDAYS.has(words[day]!.lower) && words[day + 1]?.form === ',' && words[end + 1]?.form === ',';
  if (!isTrailing || end - floor < 3) return piece;
  let verb = false;
  for (let i = floor; i <= end; i++) {
    if (marks.inside[i] !== Inside.no) return piece;
    verb ||= isFiniteVerb(tags[i]!);
  }
  return verb ? { first: floor, last: end } : piece;
}

/** "read aloud a message", "read from a diary": the words are somebody else's. */
function readsOut({ tokens }: Tagged, { first, last }: Range): boolean {
  for (let i = first; i <= last; i++)
    if (/^read(?:s|ing)?$/.test(tokens.words[i]!.lower))
      return /^(?:aloud|out|from|an?)$/.test(tokens.words[i + 1]?.lower ?? '');
  return false;
}

/** "told lawmakers on a call that ...", "said on Monday the ...": whom it was told to, and when, are no part of it. */
function afterAddressee(
  { tokens, tags, marks, sentences }: Tagged,
  { first, last }: Range,
  cue: Range | undefined,
): Range {
  if (cue === undefined || first !== cue.last + 1 || marks.inside[first] !== Inside.no) return { first, last };
  const { words } = tokens;
  const day = words[first]!.lower === 'on' ? first + 1 : first;
  if (WEEKDAYS.has(words[day]!.lower)) {
    let next = day + 1;
    while (next < last && DAY_PARTS.has(words[next]!.lower)) next++;
    // "said Tuesday's vote was a farce"
    if (/^['’]s?$/.test(words[next]!.form)) return { first, last };
    return next < last && words[next]!.form !== ',' ? { first: next, last } : { first, last };
  }
  // "predicted up to 100 million": "up" is no part of the verb.
  if (words[first]!.lower === 'to' && words[cue.last]!.lower === 'up' && tokens.kind[first + 1] === Kind.number)
    return { first: cue.last, last };
  // "told investors of the firm, its parent, on Friday that": the cue may hold some of those told.
  let tells = false;
  for (let i = cue.first; i <= cue.last; i++) tells ||= TELLS.test(words[i]!.lower);
  if (!tells) return { first, last };
  const stop = Math.min(last, first + INTRODUCTION, sentences.first[sentences.of[first]! + 1]! - 1);
  for (let i = first; i < stop && marks.inside[i] === Inside.no && !isFiniteVerb(tags[i]!); i++)
    if (words[i]!.lower === 'that' && i > first && tags[i] !== Tag.DT) return { first: i, last };
  if (!TELLS.test(words[cue.last]!.lower)) return { first, last };
  // "told the judge he was sorry": a pronoun after the noun begins the clause.
  let head = first;
  while (head < stop && [Tag.DT, Tag.JJ, Tag.PRP$, Tag.CD].includes(tags[head]!)) head++;
  const isObject = /^(?:me|him|her|us|them)$/.test(words[first]!.lower) && head === first;
  if (!isObject && !isNominal(tags[head]!)) return { first, last };
  while (!isObject && head < stop && isNominal(tags[head + 1]!)) head++;
  const begins = tags[head + 1] === Tag.PRP || (isObject && tags[head + 1] === Tag.DT);
  return begins && head + 1 < last ? { first: head + 1, last } : { first, last };
}

const TELLS =
  /^(?:tell|tells|told|telling|inform(?:s|ed|ing)?|remind(?:s|ed|ing)?|assur(?:e|es|ed|ing)|warn(?:s|ed|ing)?|notif(?:y|ies|ied))$/;

/**
 * A quotation alone, where the article's own words cling to it: "“Sit,” he said, pausing, “we lose”", and “Good sad.” I
 * think so.
 */
function onlyRun(tagged: Tagged, { first, last }: Range, goesOn: boolean, cue: Range | undefined): Range {
  const { marks, tokens, tags } = tagged;
  const opening = runAt(marks, first);
  if (opening?.closed && opening.open === first && last > opening.close) {
    const sentenceEnds = /^[.!?…]+$/.test(tokens.words[opening.last]!.form);
    const next = opening.close + 1;
    const isOther = tagged.sentences.of[next] !== tagged.sentences.of[first] || tokens.kind[next] === Kind.link;
    if (sentenceEnds && (isOther || !holdsMarks(tagged, { first: next, last }))) return { first, last: opening.close };
  }
  // "She said “we will close,” but nobody heard", "“We close,” the firm's head, Ana López, said": behind a comma
  // within the marks the article goes on.
  const follows =
    cue !== undefined &&
    (cue.last < first || (cue.first > last && opening !== undefined && tags[opening.close + 1] !== Tag.CC));
  if (
    opening?.closed &&
    opening.open === first &&
    last > opening.close &&
    tokens.words[opening.last]!.form === ',' &&
    follows
  )
    if (!holdsMarks(tagged, { first: opening.close + 1, last })) return { first, last: opening.close };
  const closing = runAt(marks, last);
  if (!goesOn || closing === undefined || opening !== undefined || last < closing.last) return { first, last };
  for (let i = first; i < closing.open; i++)
    if (isFiniteVerb(tags[i]!) || marks.inside[i] !== Inside.no) return { first, last };
  return tokens.words[closing.open - 1]!.form === ',' ? { first: closing.open, last } : { first, last };
}

/** "The board, which met on Friday, rejected the bid": what tells of the source before its verb is no part of what it said. */
function withoutAside(tagged: Tagged, { cue, content }: Relation): readonly Range[] {
  const { tokens, marks } = tagged;
  if (cue === undefined || content.length < 2) return content;
  const isAside = ({ first, last }: Range): boolean =>
    last < cue.first && marks.inside[first] === Inside.no && /^(?:who|which|whose)$/.test(tokens.words[first]!.lower);
  const rest = content.filter((piece) => !isAside(piece));
  return rest.length > 0 ? rest : content;
}

/** "He could have vetoed it, residents said, but he did not": the article tells that itself, as far as anybody can say. */
const isRemark = ({ tokens, marks }: Tagged, { first, last }: Range, cue: Range): boolean =>
  first > cue.last &&
  first - cue.last <= 2 &&
  last - first < 6 &&
  marks.inside[first] === Inside.no &&
  tokens.words[first - 1]!.form === ',' &&
  /^(?:but|and|though|although)$/.test(tokens.words[first]!.lower);

/** A sentence with a verb of saying of its own is another statement: "... in June. Rusk told police, “I forget.”" */
function withoutOthers(tagged: Tagged, relation: Relation): readonly Range[] {
  const { tokens, tags, marks, sentences } = tagged;
  const { cue } = relation;
  const content = withoutAside(tagged, relation);
  if (cue === undefined || content.length < 2) return content;
  const isOther = ({ first, last }: Range): boolean => {
    if (marks.inside[first] !== Inside.no || sentences.of[first] === sentences.of[cue.first]) return false;
    for (let i = first; i <= last; i++)
      if (marks.inside[i] === Inside.no && isVerb(tags[i]!) && rolesOf(tokens.words[i]!) & Role.plainCue) return true;
    return false;
  };
  const rest = content.filter((piece) => !isOther(piece) && !isRemark(tagged, piece, cue));
  return rest.length > 0 ? rest : content;
}

/** “...the street.” A sign reads “Stop.”: a sentence that begins outside marks is the article's again. */
function withinSentence({ sentences, marks }: Tagged, { first, last }: Range, cue: Range | undefined): Range {
  let from = first;
  for (let s = sentences.of[first]! + 1; s <= sentences.of[last]!; s++) {
    const begins = sentences.first[s]!;
    if (marks.inside[begins] !== Inside.no || marks.inside[begins - 1] !== Inside.closing) continue;
    if (cue === undefined || cue.last < first) return { first: from, last: begins - 1 };
    from = begins;
  }
  return { first: from, last };
}

/** "The plan has been described as “bold”": the plan says nothing. */
function withoutSufferer({ tokens }: Tagged, relation: Relation): Relation {
  const { cue, source } = relation;
  if (cue === undefined || source === undefined || source.first > cue.last) return relation;
  const verb = tokens.words[cue.last]!.lower;
  if (!SUFFERED.test(verb) && !(verb === 'as' && SUFFERED.test(tokens.words[cue.last - 1]!.lower))) return relation;
  for (let i = Math.max(source.last + 1, cue.last - 4); i <= cue.last; i++)
    if (/^(?:is|are|was|were|been|being)$/.test(tokens.words[i]!.lower)) {
      const { source: _, ...rest } = relation;
      return { ...rest, origin: 'none' };
    }
  return relation;
}

const SUFFERED =
  /^(?:described|called|labell?ed|branded|dubbed|hailed|critici[sz]ed|condemned|praised|denounced|slammed|blasted|welcomed|mocked|derided|touted)$/;

/** How sure a subject is that grammar alone finds. */
const BY_GRAMMAR = 0.75;

/** "The trust, which looks after the beaches, welcomed the vote": not the beaches, and surer than a guess. */
function withSubject(tagged: Tagged, relation: Relation): Relation {
  const { cue, source, confidence } = relation;
  if (cue === undefined) return relation;
  const pronoun = pronounBefore(tagged, cue);
  // "López praised it, though she said": the models may look past the pronoun to the name.
  const isNamed = pronoun !== undefined && source !== undefined && source.last < pronoun.first - 2;
  if (pronoun !== undefined)
    return source?.first === pronoun.first || isNamed
      ? relation
      : { ...relation, source: pronoun, origin: 'near', confidence: Math.max(confidence, BY_GRAMMAR) };
  if (source !== undefined && (source.first > cue.first || tagged.marks.inside[source.first] !== Inside.no))
    return relation;
  const doer = source && subjectOfParticiple(tagged, cue, source);
  if (doer !== undefined) return { ...relation, source: doer, origin: 'near', confidence: BY_GRAMMAR };
  const subject = subjectAcrossClause(tagged, cue);
  if (subject === undefined || (source !== undefined && source.last < subject.first)) return relation;
  const isOther = source === undefined || source.first > subject.last;
  if (!isOther && confidence >= BY_GRAMMAR) return relation;
  return { ...relation, source: subject, origin: 'near', confidence: Math.max(confidence, BY_GRAMMAR) };
}

/** "Operation Clean Sea, she claimed, “failed”": she says it, whatever stands further off. */
function pronounBefore({ tokens, tags, marks }: Tagged, cue: Range): Range | undefined {
  const at = cue.first - 1;
  const says = (rolesOf(tokens.words[cue.first]!) & Role.plainCue) !== 0 && isFiniteVerb(tags[cue.first]!);
  if (at < 0 || !says || marks.inside[at] !== Inside.no || marks.inside[cue.first] !== Inside.no) return undefined;
  return /^(?:he|she)$/.test(tokens.words[at]!.lower) ? { first: at, last: at } : undefined;
}

/** "Aviation analysts called": the models took the noun for a part of the verb, and a name for its adjective. */
function withWholeSource({ tokens }: Tagged, relation: Relation): Relation {
  const { cue, source } = relation;
  if (cue === undefined || source === undefined || source.last + 1 !== cue.first || cue.first === cue.last)
    return relation;
  return rolesOf(tokens.words[cue.first]!) & Role.people
    ? { ...relation, source: { ...source, last: cue.first }, cue: { ...cue, first: cue.first + 1 } }
    : relation;
}

/** "“...,” the Echo quoted Ana López as saying": it is she who says it. */
function withQuoted(tagged: Tagged, relation: Relation): Relation {
  const { tokens, marks } = tagged;
  const { cue, source } = relation;
  if (cue === undefined || source === undefined) return relation;
  for (let verb = cue.first; verb <= cue.last; verb++) {
    if (!/^(?:quot(?:es|ed|ing)|cit(?:es|ed|ing))$/.test(tokens.words[verb]!.lower)) continue;
    const quoted = subjectFrom(tagged, verb + 1);
    const isSaying =
      quoted !== undefined &&
      marks.inside[quoted.last] === Inside.no &&
      tokens.words[quoted.last + 1]?.lower === 'as' &&
      /^(?:saying|telling|writing)$/.test(tokens.words[quoted.last + 2]?.lower ?? '');
    if (!isSaying) return relation;
    const said = quoted.last + 3;
    const content = relation.content
      .map(({ first, last }) => ({ first: first < quoted.first || first >= said ? first : said, last }))
      .filter(({ first, last }) => first <= last && tokens.words[first]!.form !== '.');
    return content.length === 0
      ? relation
      : { ...relation, content, source: quoted, origin: 'near', confidence: Math.max(relation.confidence, BY_GRAMMAR) };
  }
  return relation;
}

/** "a survey by Ana López of the University, the firm ...": the models cut the name in two, and what tells of her follows it. */
function withWholeName({ tokens, tags, marks }: Tagged, relation: Relation): Relation {
  const { source, content } = relation;
  const [{ first, last }, ...rest] = content as [Range, ...Range[]];
  if (source === undefined || source.last + 1 !== first || !isName(tags[source.last]!) || !isName(tags[first]!))
    return relation;
  let end = first;
  while (end < last && isName(tags[end + 1]!)) end++;
  let begin = end + 1;
  if (/^(?:of|at|from)$/.test(tokens.words[begin]?.lower ?? ''))
    for (let i = begin; i < last && marks.inside[i] === Inside.no && !isFiniteVerb(tags[i]!); i++)
      if (tokens.words[i]!.form === ',') {
        begin = i + 1;
        break;
      }
  return begin > last || marks.inside[first] !== Inside.no
    ? relation
    : { ...relation, source: { ...source, last: end }, content: [{ first: begin, last }, ...rest] };
}

/** "Jens Brandt told the Echo that “we may” under international law": who tells it before the marks goes before an "according to". */
function withTeller(tagged: Tagged, relation: Relation): Relation {
  const { tokens, marks, sentences } = tagged;
  const { cue, content } = relation;
  const [{ first, last }] = content as [Range];
  if (cue === undefined || cue.first < last || tokens.words[cue.first]!.lower !== 'according') return relation;
  const floor = sentences.first[sentences.of[cue.first]!]!;
  for (let i = floor + 1; i <= last && marks.inside[i] === Inside.no; i++) {
    if (!SAYS_THAT.test(tokens.words[i]!.lower)) continue;
    const subject = subjectFrom(tagged, floor);
    if (subject === undefined || subject.last !== i - 1) return relation;
    const told = afterAddressee(tagged, { first: i + 1, last }, { first: i, last: i });
    return {
      ...relation,
      cue: { first: i, last: i },
      cueClass: 'say',
      source: subject,
      origin: 'near',
      confidence: BY_GRAMMAR,
      content: [{ first: Math.max(first, told.first), last }, ...content.slice(1)],
    };
  }
  return relation;
}

const SAYS_THAT = /^(?:said|says|told|tells)$/;

const LONGEST_SUBJECT = 15;

/** The words that open a sentence, where a relative clause between commas parts them from their verb. */
function subjectAcrossClause({ tokens, tags, marks, sentences }: Tagged, cue: Range): Range | undefined {
  const first = sentences.first[sentences.of[cue.first]!]!;
  if (tokens.words[cue.first - 1]?.form !== ',' || marks.inside[cue.first] !== Inside.no) return undefined;
  if (!isFiniteVerb(tags[cue.first]!) && tags[cue.first] !== Tag.MD) return undefined;
  for (let i = first; i < Math.min(cue.first - 3, first + LONGEST_SUBJECT); i++) {
    const { form } = tokens.words[i]!;
    if (form === ',') {
      const relative = /^(?:who|which|whose)$/.test(tokens.words[i + 1]!.lower);
      return relative && i > first && isNominal(tags[i - 1]!) ? { first, last: i - 1 } : undefined;
    }
    const opensOther =
      i === first && (tags[i] === Tag.IN || tags[i] === Tag.RB || tags[i] === Tag.WRB || tags[i] === Tag.CC);
    if (opensOther || isFiniteVerb(tags[i]!) || marks.inside[i] !== Inside.no) return undefined;
  }
  return undefined;
}

/** "López wrote to the chairman, Peter Brandt, asking for": she asks, to whom she wrote does not. */
function subjectOfParticiple(tagged: Tagged, cue: Range, source: Range): Range | undefined {
  const { tokens, tags, marks, sentences } = tagged;
  if (tags[cue.first] !== Tag.VBG || tokens.words[cue.first - 1]?.form !== ',' || source.last !== cue.first - 2)
    return undefined;
  const first = sentences.first[sentences.of[cue.first]!]!;
  if (source.first < first) return undefined;
  for (let i = first; i < source.first; i++) {
    if (marks.inside[i] !== Inside.no || tags[i] === Tag.WP || tags[i] === Tag.WDT) return undefined;
    if (!isFiniteVerb(tags[i]!)) continue;
    const subject = subjectFrom(tagged, first);
    return subject && subject.last < i ? subject : undefined;
  }
  return undefined;
}

const holdsMarks = ({ marks }: Tagged, { first, last }: Range): boolean => {
  for (let i = first; i <= last; i++) if (marks.inside[i] !== Inside.no) return true;
  return false;
};

/** "said Thursday" reports with "said"; the day is told apart. */
function withoutDay({ tokens }: Tagged, { first, last }: Range): Range {
  for (let i = first + 1; i <= last; i++) {
    const { lower } = tokens.words[i]!;
    if (WEEKDAYS.has(lower) || MONTH_NAMES.has(lower.replace(/\.$/, ''))) return { first, last: i - 1 };
  }
  return { first, last };
}

/** "House Democrats" is "72 House Democrats": a number or determiner before the words belongs to them. */
function wholePhrase({ tokens, tags, sentences }: Tagged, { first, last }: Range): Range {
  let from = first;
  while (
    from > sentences.first[sentences.of[first]!]! &&
    isNominal(tags[from]!) &&
    [Tag.CD, Tag.DT, Tag.JJ, Tag.PRP$].includes(tags[from - 1]!) &&
    tokens.kind[from - 1] !== Kind.punctuation
  )
    from--;
  return { first: from, last };
}

const INTRODUCTION = 14;

/** "... wrote to the minister saying the plan was wrong": what was said begins after "saying". A leading "that" goes too. */
function afterIntroduction(tagged: Tagged, { first, last }: Range): Range {
  const { tokens, tags, marks } = tagged;
  let from = first;
  for (let i = first; i < Math.min(last - 1, first + INTRODUCTION); i++) {
    if (marks.inside[i] !== Inside.no || isFiniteVerb(tags[i]!)) break;
    if (tags[i] === Tag.VBG && rolesOf(tokens.words[i]!) & Role.plainCue && i > first) {
      from = i + 1;
      break;
    }
  }
  // "that" before a clause; "that plan" and "that was wrong" keep theirs.
  const joins = (tags[from] === Tag.IN || tags[from] === Tag.WDT) && !isFiniteVerb(tags[from + 1]!);
  if (from < last && joins && tokens.words[from]!.lower === 'that' && marks.inside[from] === Inside.no) from++;
  return { first: from, last };
}

/** Words inside marks are quoted whole: a piece that covers most of one run covers all of it. */
function wholeRun({ marks }: Tagged, { first, last }: Range): Range {
  const run = runAt(marks, first);
  if (run === undefined || marks.runOf[last] !== marks.runOf[first]) return { first, last };
  return (last - first + 1) / (run.close - run.open + 1) > 0.6 ? { first: run.open, last: run.close } : { first, last };
}
