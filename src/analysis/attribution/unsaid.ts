/** Whether an attribution states that something was said: "never said", "if she says" and "denied" do not. */
import { Role, rolesOf } from '../lexicon/roles.ts';
import { Inside, runAt } from '../text/marks.ts';
import { isNominal, isVerb, Tag } from '../text/pos.ts';
import { textOf } from '../text/text-of.ts';
import type { Range, Relation, Tagged, Unsaid } from '../text/types.ts';

/** The relation, marked where its content is not told as the source's words. */
export function withUnsaid(tagged: Tagged, relation: Relation): Relation {
  const unsaid = unsaidOf(tagged, relation);
  if (unsaid !== undefined) return { ...relation, unsaid };
  return isHearsay(tagged, relation) ? { ...relation, confidence: Math.min(relation.confidence, HEARSAY) } : relation;
}

/** Not sure enough to be named: the article itself does not vouch for it. */
const HEARSAY = 0.4;

function unsaidOf(tagged: Tagged, relation: Relation): Unsaid | undefined {
  const { cue, source } = relation;
  if (cue === undefined || relation.origin === 'transcript') return undefined;
  const head = verbOf(tagged, cue);
  const subject = source !== undefined && isBeside(tagged, source, cue) ? source : undefined;
  if (subject !== undefined && (isNobody(tagged, subject) || isSupposed(tagged, subject, cue))) return 'not said';
  if (source !== undefined && /\b(?:claim|purport)\w* to (?:show|quote|have)\b/i.test(textOf(tagged.tokens, source)))
    return 'not said';
  if (head === undefined) return undefined;
  const group = verbGroup(tagged, head);
  // "She didn't hold back: “...”": what stands behind the colon is hers, unless she "never said: “...”".
  if (isLedByColon(tagged, relation) && !SAYS.test(wordAt(tagged, head))) return undefined;
  if (group.startsWith('to ') && isUrged(tagged, head)) return 'not said';
  const negated = NEGATED.test(group) && !AFFIRMED.test(group);
  if (/\bnor (?:den|rejec|disput)/.test(group)) return 'withheld';
  if (DENIES.test(wordAt(tagged, head)) && !isOwnWord(tagged, relation)) return negated ? 'not said' : 'denied';
  // "declined to comment on the plan", "would not say whether": a refusal is an answer.
  if (WITHHELD.test(group)) return 'withheld';
  if (negated || AVOIDED.test(group)) return 'not said';
  const asWriter = source !== undefined && /^(?:i|we)$/.test(wordAt(tagged, source.last));
  return SUPPOSED.test(group) && !/\bonly\b/.test(group) && !asWriter ? 'not said' : undefined;
}

/** Marks right behind a colon. */
const isLedByColon = ({ tokens, marks }: Tagged, { content }: Relation): boolean =>
  content.some(({ first }) => marks.inside[first] !== Inside.no && tokens.words[first - 1]?.form === ':');

/** "Urged him to say", "wants the mayor to admit": somebody stands between the verb of wanting and the "to". */
function isUrged(tagged: Tagged, head: number): boolean {
  const { tags, sentences, marks } = tagged;
  let to = head - 1;
  while (to > 0 && wordAt(tagged, to) !== 'to') to--;
  if (!isNominal(tags[to - 1] ?? Tag['.']) && tags[to - 1] !== Tag.PRP) return false;
  const floor = Math.max(sentences.first[sentences.of[head]!]!, to - URGING);
  for (let i = to - 2; i >= floor && marks.inside[i] === Inside.no; i--) if (URGES.test(wordAt(tagged, i))) return true;
  return false;
}

const URGING = 7;
const URGES =
  /^(?:urg(?:e|es|ed|ing)|want(?:s|ed|ing)?|ask(?:s|ed|ing)?|t(?:ell|ells|old)|call(?:s|ed|ing)|press(?:es|ed|ing)?|expect(?:s|ed|ing)?|need(?:s|ed)?|invit(?:e|es|ed|ing)|beg(?:s|ged)?|order(?:s|ed)?|challeng(?:e|es|ed)|implor(?:e|es|ed)|encourag(?:e|es|ed))$/;

const wordAt = ({ tokens }: Tagged, i: number): string => tokens.words[i]?.lower.replaceAll('’', "'") ?? '';

/** The last verb of a cue: "said", "respond" of "did not respond to"; "said" of "said, without referring to anyone". */
function verbOf({ tags, tokens }: Tagged, { first, last: end }: Range): number | undefined {
  let last = end;
  for (let i = first + 1; i <= end; i++) if (tokens.words[i]!.lower === 'without') last = i - 1;
  for (let i = last; i >= first; i--) if (isVerb(tags[i]!) && !AUXILIARY.test(tokens.words[i]!.lower)) return i;
  for (let i = last; i >= first; i--) if (SAYS.test(tokens.words[i]!.lower)) return i;
  return undefined;
}

const SAYS = /^(?:say|says|said|saying|tell|tells|told|telling)$/;

/** The source stands in the sentence of its cue, outside marks. */
const isBeside = ({ sentences, marks }: Tagged, source: Range, cue: Range): boolean =>
  sentences.of[source.first] === sentences.of[cue.first] && marks.inside[source.first] === Inside.no;

// ---------------------------------------------------------------- the verb and what governs it

const AUXILIARY =
  /^(?:am|is|are|was|were|be|been|being|has|have|had|having|do|does|did|will|would|shall|should|can|could|may|might|must|cannot|['’](?:s|d|ve|re|ll|m)|.+n['’]t)$/;
const ADVERB =
  /^(?:not|never|ever|even|just|only|as|well|also|still|yet|once|simply|merely|neither|nor|publicly|openly|explicitly|immediately|either)$/;

/** Words of a group at most: longer chains are other clauses. */
const LONGEST_GROUP = 12;

/** The verb with its auxiliaries and the verbs it hangs on: "has never been heard to say", "stopped short of saying". */
function verbGroup(tagged: Tagged, head: number): string {
  const { tags, sentences, marks, tokens } = tagged;
  const floor = Math.max(sentences.first[sentences.of[head]!]!, head - LONGEST_GROUP);
  let first = head;
  for (let i = head - 1; i >= floor && marks.inside[i] === Inside.no; i = first - 1) {
    const word = tokens.words[i]!.lower;
    const next = tokens.words[first]!.lower;
    // "Theresa May said"
    const isName = tokens.words[i]!.form !== word && i > floor;
    if (isName && !/['’]d$/.test(word)) break;
    if (AUXILIARY.test(word) || ADVERB.test(word) || tags[i] === Tag.RB || word === 'to') first = i;
    // The verb or adjective that an infinitive hangs on: "refused to say", "unable to say".
    else if (next === 'to' && (isVerb(tags[i]!) || tags[i] === Tag.JJ)) first = i;
    else if (next.endsWith('ing') && GOVERNS.test(word)) first = i;
    else if (GOVERNS.test(next) && HANGS_ON.test(word)) first = i;
    else {
      // "She'd have said" is one word with its subject.
      if (/['’]d$/.test(word)) first = i;
      break;
    }
  }
  let group = '';
  for (let i = first; i <= head; i++) group += `${group && ' '}${wordAt(tagged, i)}`;
  return group;
}

const GOVERNS = /^(?:of|from|without|short|avoid(?:s|ed|ing)?|stop(?:s|ped)|resist(?:s|ed)?)$/;
const HANGS_ON =
  /^(?:stop(?:s|ped|ping)?|fell|falls?|short|refrain(?:s|ed|ing)?|shied|backed|away|accus(?:es|ed|ing)|suspected)$/;

const NEGATED = /\b(?:not|never|cannot|nor)\b|n't\b/;
/** Two negations, or one that stops short of the saying: "did not hesitate to say", "did not just say". */
const AFFIRMED =
  /(?:\b(?:not|never|cannot)|n't) (?:\w+ly )?(?:just|only|simply|merely|hesitat\w+|afraid|ashamed|shy|shied|fail\w*|stop\w*|refrain\w*|tir\w+|ceas\w+|miss\w*|den\w+(?= )|help|resist)\b/;
/** Nothing was said, in so many words. */
const AVOIDED =
  /\b(?:avoid\w*|short of|fail(?:s|ed|ing)? to|neglect\w* to|forg[eo]t\w* to|omit\w* to|refrain\w* from|resist(?:s|ed)? saying|without|yet to|unable to|(?:too )?afraid to|hesitant to|about to|tempted to|likely to|unlikely to|shied away from)\b/;
const WITHHELD =
  /\b(?:refus\w+|declin\w+|unwilling|reluctant|loath)(?: to \w+)*$|\b(?:refus\w+|declin\w+|unwilling|reluctant|loath) to\b|\b(?:will|would) not (?:\w+ly )?(?:say|tell|discuss|confirm|comment|reveal|disclose|specify|elaborate|answer|speculate)$|\bw(?:on't|ouldn't) (?:\w+ly )?(?:say|tell|discuss|confirm|comment|reveal|disclose|specify|elaborate|answer|speculate)$/;
/** Might be said, or might have been: nobody tells that it was. */
const SUPPOSED =
  /\b(?:would|could|should|might|must|may|'d)(?: \w+)*? have \w+$|'d have \w+$|\b(?:could|should|might|may|must|ought to)(?: \w+)* \w+$/;

const DENIES =
  /^(?:den(?:y|ies|ied|ying)|refut(?:e|es|ed|ing)|rebut(?:s|ted|ting)?|disput(?:e|es|ed|ing)|reject(?:s|ed|ing)?|dismiss(?:es|ed|ing)?|disavow(?:s|ed)?|contradict(?:s|ed|ing)?)$/;

/** “It is false,” he denied; "rejected it: “...”"; "dismissed it as “nonsense”"; "denied it, saying “...”": these words are the denier's own. */
function isOwnWord({ marks, tokens, tags }: Tagged, { cue, content }: Relation): boolean {
  return content.some(({ first, last }) => {
    if (last < cue!.first) return marks.inside[first] !== Inside.no;
    for (let i = cue!.last; i <= last; i++) {
      const word = tokens.words[i]!;
      if (
        word.lower === 'as' ||
        (i > cue!.last && rolesOf(word) & Role.plainCue && isVerb(tags[i]!) && marks.inside[i] === Inside.no)
      )
        return true;
      if (i < first || marks.runOf[i]! < 0) continue;
      return /^[:,]$/.test(tokens.words[runAt(marks, i)!.open - 1]?.lower ?? '');
    }
    return false;
  });
}

// ---------------------------------------------------------------- the subject and what stands before it

/** "No one said", "neither side said", "not one of them said". */
function isNobody(tagged: Tagged, { first, last }: Range): boolean {
  const at = (i: number): string => wordAt(tagged, i);
  if (/^(?:no-one|nobody|none|neither|nor|anyone|anybody|whoever)$/.test(at(first))) return true;
  if (/^(?:nor|neither)$/.test(at(first - 1))) return true;
  const counted = at(first) === 'not' ? first + 1 : at(first - 1) === 'not' ? first : -1;
  if (counted >= 0 && /^(?:one|an?|any)$/.test(at(counted))) return true;
  // "It was not she who said"
  if (/^(?:not|(?:was|is)n't)$/.test(at(first - 1)) && at(last + 1) === 'who') return true;
  const no = at(first) === 'no' ? first : at(first - 1) === 'no' ? first - 1 : -1;
  // "No 10 said": the British prime minister's office.
  return no >= 0 && no < last && !/^\d/.test(at(no + 1));
}

/** "If she says", "had she said", "did she say ...?", "no evidence that she said", "denied that she said". */
function isSupposed(tagged: Tagged, source: Range, cue: Range): boolean {
  const { sentences, marks } = tagged;
  const floor = sentences.first[sentences.of[source.first]!]!;
  const at = (i: number): string => (i >= floor && marks.inside[i] === Inside.no ? wordAt(tagged, i) : '');
  if (source.first > cue.last) return INVERTS.test(at(cue.first)) && NEVER.test(at(cue.first - 1));
  const opens = source.last > source.first && LEADS.test(at(source.first));
  let i = opens ? source.first : source.first - 1;
  while (/^(?:ever|even|only|just|the|then)$/.test(at(i))) i--;
  const lead = at(i);
  if (/^(?:if|unless|whether|suppose|supposing|imagine|lest)$/.test(lead)) return true;
  if (lead === 'though' && at(i - 1) === 'as') return true;
  if (INVERTS.test(lead)) {
    const before = at(i - 1);
    if (NEVER.test(before) || /^(?:point|time|once|circumstances)$/.test(before))
      return /^(?:at|not|under|nowhere)$/.test(at(i - 3)) || /^(?:not|no)$/.test(at(i - 2)) || NEVER.test(before);
    const begins = i === floor || /^(?:[,;:—–-]|and|but|or|what)$/.test(before);
    return begins && (/^(?:had|should|were)$/.test(lead) || isQuestion(tagged, cue));
  }
  if (/^(?:who|which)$/.test(at(source.first)) && isQuestion(tagged, cue) && source.first === floor) return true;
  const noun = lead === 'that' ? i - 1 : i;
  return (
    DOUBTS.test(at(noun)) ||
    (/^(?:evidence|record|proof|sign|indication|suggestion|chance)$/.test(at(noun)) &&
      /^(?:no|little|without)$/.test(at(noun - 1)))
  );
}

const LEADS = /^(?:if|unless|whether|suppose|imagine|had|has|have|did|does|do|was|is|would|will|could|should|can)$/;
const INVERTS = /^(?:did|does|do|has|have|had|is|was|were|will|would|could|should|can|might)$/;
const NEVER = /^(?:never|nowhere|nor|neither)$/;
/** What somebody does not take for true. */
const DOUBTS =
  /^(?:rumou?rs?|myths?|hoax|lies?|falsehoods?|den(?:y|ies|ied|ying)|doubt(?:s|ed)?|disput(?:e|es|ed)|false|untrue|pretend(?:s|ed)?|wish(?:es|ed)?|claims?|allegations?|suggestions?|speculation)$/;

/** A question mark outside marks ends the sentence of the cue. */
function isQuestion({ sentences, tokens, marks }: Tagged, cue: Range): boolean {
  const after = sentences.first[sentences.of[cue.last]! + 1]!;
  for (let i = after - 1; i > cue.last && i > after - 3; i--)
    if (tokens.words[i]!.form === '?') return marks.inside[i] === Inside.no;
  return false;
}

// ---------------------------------------------------------------- hearsay

/** "allegedly told", "is said to have told", "was accused of saying", and what he "would say": the article does not vouch for it. */
function isHearsay(tagged: Tagged, { cue, source }: Relation): boolean {
  const head = cue && verbOf(tagged, cue);
  if (head === undefined || (source !== undefined && /^(?:i|we)$/.test(wordAt(tagged, source.last)))) return false;
  return DOUBTED.test(verbGroup(tagged, head));
}

const DOUBTED =
  /\b(?:alleged(?:ly)?|reportedly|supposed(?:ly)?|purported(?:ly)?|rumou?red|(?:said|believed|thought|claimed|understood) to|accused of|suspected of)\b|\b(?:would|'d) (?:say|tell|argue|call)$/;
