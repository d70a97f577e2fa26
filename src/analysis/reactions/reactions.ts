/** Who takes which side about what: read from the words that report a statement, and from the statement's own words. */
import type { FoundQuote, FoundReaction, FoundSpeaker, QuoteKind, Span, Stance } from '../../model.ts';
import { UNSURE } from '../../model.ts';
import { Role, rolesOf } from '../lexicon/roles.ts';
import { NEGATORS, STANCE_BITS, stanceBits } from '../lexicon/stance.ts';
import { circumstancesOf } from '../quotes/circumstances.ts';
import { sentenceAround } from '../quotes/quotes.ts';
import { Inside, runAt } from '../text/marks.ts';
import { isFiniteVerb, isName, isNominal, isVerb, Tag } from '../text/pos.ts';
import { spanOf, textOf } from '../text/text-of.ts';
import { Kind } from '../text/tokens.ts';
import type { Range, Relation, Tagged } from '../text/types.ts';
import { stanceBetween, stanceOf, stemOf } from './stance.ts';

/** What reactions are read from: the steps before, with the index of each quote's relation. */
export interface ReactionInput {
  readonly tagged: Tagged;
  readonly relations: readonly Relation[];
  readonly quotes: readonly FoundQuote[];
  readonly relationOf: readonly number[];
  readonly speakers: readonly FoundSpeaker[];
  /** The speaker of each relation, as far as it is clear: those that make no quote may still be a reaction. */
  readonly speakerOf: (relation: number) => number | undefined;
}

/** How a statement was made, and the quotes that carry it. */
type Carried = Pick<FoundReaction, 'sentence' | 'kind' | 'medium' | 'quotes' | 'confidence'>;

/** What the document is about. */
interface Story {
  /** Index of the speaker to whom the others react. */
  readonly main: number | undefined;
  /** Stems of the nouns of its opening. */
  readonly words: ReadonlySet<string>;
  readonly named: readonly NamedAt[];
}

/** One sign of a side: the words, what they say, and how much. */
interface Evidence extends Range {
  readonly stance: Stance;
  readonly weight: number;
  /** What the words are about, where they say it themselves. */
  readonly target?: Range;
}

/**
 * The reactions of an article, in reading order.
 *
 * The one whose words the story is about states, and others react: of that speaker only open stances about somebody
 * else are given. Nothing is given where no words take a side, but for those who speak of the main speaker (neutral).
 */
export function findReactions(input: ReactionInput): FoundReaction[] {
  const { relations, quotes, relationOf } = input;
  const pieces = new Map<number, number[]>();
  for (const [quote, relation] of relationOf.entries()) {
    const list = pieces.get(relation);
    if (list === undefined) pieces.set(relation, [quote]);
    else list.push(quote);
  }
  const main = mainSpeaker(input);
  const story = { main, words: storyWords(input.tagged), named: namedAt(input.speakers) };
  const found: FoundReaction[] = [];
  for (const [relation, own] of pieces) {
    const speaker = quotes[own[0]!]!.speaker;
    if (speaker === undefined || relations[relation] === undefined) continue;
    const first = quotes[own[0]!]!;
    const reaction = reactionOf(input, relations[relation], speaker, story, {
      sentence: first.sentence,
      kind: kindOf(own.map((quote) => quotes[quote]!.kind)),
      medium: first.medium,
      quotes: own,
      confidence: first.confidence,
    });
    if (reaction !== undefined) found.push(reaction);
  }
  for (const [index, relation] of relations.entries()) {
    const speaker = relation.unsaid === undefined ? undefined : input.speakerOf(index);
    if (speaker === undefined) continue;
    const { confidence } = relation;
    const sentence = sentenceAround(input.tagged, relation, relation.content[0]!);
    const { medium } = circumstancesOf(input.tagged, relation);
    const carried = { sentence, kind: 'indirect', medium, quotes: [], confidence } as const;
    const reaction = reactionOf(input, relation, speaker, story, carried);
    if (reaction !== undefined) found.push(reaction);
  }
  return found.sort((a, b) => a.clause.start - b.clause.start);
}

/** Whose statement the others react to: named early, quoted or named most. */
function mainSpeaker({ speakers, quotes, tagged }: ReactionInput): number | undefined {
  const early = tagged.tokens.start[Math.min(tagged.tokens.count - 1, 90)] ?? 0;
  const weight = speakers.map(({ mentions, kind }) =>
    (mentions[0]?.start ?? Infinity) <= early && kind === 'person' ? mentions.length : 0,
  );
  for (const { speaker } of quotes) if (speaker !== undefined && weight[speaker]! > 0) weight[speaker]!++;
  const top = weight.reduce((most, each) => Math.max(most, each), 0);
  return top >= 4 ? weight.indexOf(top) : undefined;
}

function reactionOf(
  input: ReactionInput,
  relation: Relation,
  speaker: number,
  story: Story,
  carried: Carried,
): FoundReaction | undefined {
  const { tagged } = input;
  const { unsaid } = relation;
  const fromCue =
    relation.cue === undefined
      ? undefined
      : (answerWithout(tagged, relation, relation.cue) ??
        cueEvidence(tagged, relation.cue) ??
        refusal(tagged, relation.cue, relation.content[0]!));
  if (unsaid !== undefined && fromCue === undefined) return undefined;
  const about = targetOf(tagged, said(tagged, relation.content[0]!));
  // What a source did not say says nothing of its side.
  const fromWords =
    speaker === story.main || unsaid !== undefined
      ? []
      : relation.content.flatMap((content) => contentEvidence(tagged, content, story.words, prefers(tagged, relation)));
  const read =
    strongest([...(fromCue === undefined ? [] : [fromCue]), ...fromWords]) ??
    fromModel(tagged, relation, about, speaker, story);
  if (read === undefined) return undefined;
  const target = read.target ?? about;
  const targetSpeaker = target === undefined ? undefined : speakerIn(tagged, story.named, target, speaker);
  const confidence = Math.min(carried.confidence, 0.45 + read.weight * 0.13);
  if (confidence < UNSURE) return undefined;
  return {
    speaker,
    stance: read.stance,
    ...(target === undefined ? {} : { target: spanOf(tagged.tokens, target) }),
    ...(targetSpeaker === undefined ? {} : { targetSpeaker }),
    evidence: spanOf(tagged.tokens, read),
    clause: clauseOf(tagged, relation, read),
    ...carried,
    confidence,
  };
}

const kindOf = (kinds: readonly QuoteKind[]): QuoteKind =>
  kinds.includes('direct') ? 'direct' : kinds.includes('partial') ? 'partial' : 'indirect';

function strongest(all: readonly Evidence[]): Evidence | undefined {
  const sums = new Map<Stance, number>();
  for (const { stance, weight } of all) sums.set(stance, (sums.get(stance) ?? 0) + weight);
  let best: Stance | undefined;
  for (const [stance, sum] of sums) if (best === undefined || sum > sums.get(best)!) best = stance;
  if (best === undefined) return undefined;
  const [against, pro] = [(sums.get('oppose') ?? 0) + (sums.get('concern') ?? 0), sums.get('support') ?? 0];
  // Praise and blame in one breath: no side that we could show.
  if (best !== 'neutral' && Math.min(against, pro) > 0.75 * Math.max(against, pro)) return undefined;
  // A warning that calls the thing a disaster is no mere concern.
  if (best === 'concern' && (sums.get('oppose') ?? 0) >= JUDGEMENT) best = 'oppose';
  const own = all.filter(({ stance }) => stance === best);
  const top = own.reduce((a, b) => (b.weight > a.weight ? b : a));
  return { ...top, weight: Math.min(4, sums.get(best)!) };
}

// ---------------------------------------------------------------- the reporting words

const CUE_WEIGHT = 3;
const JUDGEMENT = 1.8;
/** Kind words are cheap: alone they make no reaction. */
const PRAISE = 0.3;
/** "condemned", "has warned", "declined to endorse". */
function cueEvidence(tagged: Tagged, cue: Range): Evidence | undefined {
  const { tokens, tags, sentences } = tagged;
  const turn = turnAgainst(tagged, cue);
  if (turn !== undefined) return turn;
  for (let i = cue.first; i <= cue.last; i++) {
    const stance = sideOf(stanceOf(tokens.words[i]!));
    if (!isVerb(tags[i]!) && meetsWith(tagged, cue.first, i)) continue;
    if (!isVerb(tags[i]!) && ONLY_AS_VERB.test(tokens.words[i]!.lower)) continue;
    if (stance === undefined || tokens.kind[i] !== Kind.word || isPassive(tagged, i) || backsAway(tagged, i)) continue;
    const floor = Math.max(sentences.first[sentences.of[i]!]!, i - 3);
    const negator = lastNegator(tagged, floor, i);
    // "Declined to endorse" is not support, and "did not condemn" is not either.
    if (negator !== undefined) return { first: negator, last: i, stance: 'neutral', weight: 1.5 };
    return { first: i, last: i, stance, weight: CUE_WEIGHT };
  }
  return undefined;
}

/** "backed out of the debate", "backs down": no support. */
const backsAway = ({ tokens: { words } }: Tagged, i: number): boolean =>
  /^back(?:s|ed|ing)?$/.test(words[i]!.lower) &&
  /^(?:out|off|away|down|into|onto|from|in)$/.test(words[i + 1]?.lower ?? '');

/** "hit back at", "lashed out at", "came out against": verbs that take a side only with the word after them. */
function turnAgainst({ tokens }: Tagged, cue: Range): Evidence | undefined {
  for (let i = cue.first; i <= cue.last; i++) {
    if (AGAINST.test(`${tokens.words[i]!.lower} ${tokens.words[i + 1]?.lower ?? ''}`))
      return { first: i, last: i + 1, stance: 'oppose', weight: CUE_WEIGHT };
  }
  return undefined;
}

/** "faced criticism", "came under attack": its subject suffers it. */
function meetsWith({ tokens }: Tagged, first: number, at: number): boolean {
  for (let i = at - 1; i >= Math.max(first, at - 4); i--)
    if (
      /^(?:fac(?:es?|ed|ing)|dr(?:aws?|ew|awing)|receiv(?:es?|ed|ing)|suffer(?:s|ed)?|me(?:ets?|t)|spark(?:s|ed)?|attract(?:s|ed)?|provok(?:es?|ed)|under|amid|despite)$/.test(
        tokens.words[i]!.lower,
      )
    )
      return true;
  return false;
}

/** "A challenge to defend" and "a ban" take no side. */
const ONLY_AS_VERB =
  /^(?:backs?|challenges?|objects?|contests?|blocks?|bans?|pans?|rips?|trash|fights?|disputes?|boycotts?|vetoe?s?|appeals?|ally|allies|promotes?|sponsors?|faults?|hails?|blasts?)$/;

const AGAINST =
  /^(?:(?:hits?|push(?:es|ed)?|fights?|fought|str(?:ikes?|uck)|clap(?:s|ped)?) back|(?:hits?|lash(?:es|ed)) out|(?:speaks?|spoke|comes?|came) (?:out )?against|(?:take|takes|took) (?:aim|issue))$/;

/** "denied that ...", "would not say whether ...": an answer that quotes nothing. A bare "declined to comment" is none. */
function answerWithout(tagged: Tagged, { unsaid, content }: Relation, cue: Range): Evidence | undefined {
  if (unsaid === 'denied') return { ...cue, stance: 'oppose', weight: CUE_WEIGHT };
  const neither = /^(?:neither|not|never)$/.test(tagged.tokens.words[cue.first - 1]?.lower ?? '');
  const bare = /^(?:to )?(?:comment|be (?:named|identified|interviewed|quoted))\b/i.test(
    textOf(tagged.tokens, content[0]!),
  );
  return unsaid === 'withheld' && !bare
    ? { first: neither ? cue.first - 1 : cue.first, last: cue.last, stance: 'neutral', weight: 1.5 }
    : undefined;
}

/** "declined" with "to endorse" in the content. */
function refusal(tagged: Tagged, cue: Range, content: Range): Evidence | undefined {
  const { tokens } = tagged;
  if (!NEGATORS.has(tokens.words[cue.last]!.lower) || content.first - cue.last > 1) return undefined;
  for (let i = content.first; i <= Math.min(content.last, content.first + 2); i++) {
    const stance = sideOf(stanceOf(tokens.words[i]!));
    if (stance !== undefined) return { first: cue.last, last: i, stance: 'neutral', weight: 1.5 };
  }
  return undefined;
}

/** "was accused", "accused of", "criticized by": its subject suffers it. */
function isPassive({ tokens, tags }: Tagged, i: number): boolean {
  if (tags[i] !== Tag.VBN && tags[i] !== Tag.VBD) return false;
  const next = tokens.words[i + 1]?.lower;
  for (let k = i - 1; k >= Math.max(0, i - 3); k--) {
    const lower = tokens.words[k]!.lower;
    if (lower === 'have' || lower === 'has' || lower === 'had') return false;
    if (BE_FORMS.has(lower))
      return (
        tokens.words[i]!.lower !== 'concerned' &&
        tokens.words[i]!.lower !== 'worried' &&
        tokens.words[i]!.lower !== 'opposed'
      );
  }
  return tags[i] === Tag.VBN && (next === 'by' || next === 'of');
}

const BE_FORMS = new Set('is are was were be been being'.split(' '));

function sideOf(bits: number): 'support' | 'oppose' | 'concern' | undefined {
  if (bits & STANCE_BITS.concern) return 'concern';
  if (bits & STANCE_BITS.oppose) return 'oppose';
  if (bits & STANCE_BITS.support) return 'support';
  return undefined;
}

function lastNegator({ tokens }: Tagged, from: number, to: number): number | undefined {
  for (let i = to - 1; i >= from; i--) {
    if (NEGATORS.has(tokens.words[i]!.lower)) return i;
    if (tokens.words[i]!.form === ',' || tokens.words[i]!.form === ';') return undefined;
  }
  return undefined;
}

// ---------------------------------------------------------------- the statement's own words

const BE = new Set([
  "'s",
  ...'is are was were be been being am seem seems look looks sounds remains remain became becomes ’s called call considers consider'.split(
    ' ',
  ),
]);
const MODAL = new Set('would will must should shall can could may might cannot'.split(' '));
const SELF = new Set('i we he she they it'.split(' '));

/** Every sign of a side in a statement: at most one a predicate. */
function contentEvidence(tagged: Tagged, content: Range, story: ReadonlySet<string>, choosing: boolean): Evidence[] {
  const { tokens } = tagged;
  const found: Evidence[] = [];
  for (let i = content.first; i <= content.last; i++) {
    const word = tokens.words[i]!;
    if (tokens.kind[i] !== Kind.word && word.form !== ',') continue;
    const bits = stanceOf(word);
    const sign =
      rejection(tagged, content, i, bits) ??
      judgement(tagged, content, i, bits, story) ??
      ownStance(tagged, content, i, bits) ??
      (choosing ? preference(tagged, content, i) : undefined) ??
      worry(tagged, content, i, bits);
    if (sign === undefined) continue;
    found.push(sign);
    i = Math.max(i, sign.last);
  }
  return found;
}

/** "would be rejected", "must be stopped". */
function rejection(tagged: Tagged, content: Range, i: number, bits: number): Evidence | undefined {
  const { tokens, tags } = tagged;
  if (tags[i] !== Tag.VBN || (bits & (STANCE_BITS.oppose | STANCE_BITS.support)) === 0) return undefined;
  const be = back(tagged, content.first, i - 1);
  if (be < content.first || tokens.words[be]!.lower !== 'be') return undefined;
  const modal = back(tagged, content.first, be - 1);
  if (modal < content.first || !MODAL.has(tokens.words[modal]!.lower)) return undefined;
  const turned = lastNegator(tagged, modal, i) !== undefined;
  const against = (bits & STANCE_BITS.oppose) !== 0;
  return { first: modal, last: i, stance: against === turned ? 'support' : 'oppose', weight: 2 };
}

/** "is a mistake", "would be “disastrous”". */
function judgement(
  tagged: Tagged,
  content: Range,
  i: number,
  bits: number,
  story: ReadonlySet<string>,
): Evidence | undefined {
  const { tokens, tags } = tagged;
  if ((bits & (STANCE_BITS.positive | STANCE_BITS.negative)) === 0) return undefined;
  if (
    !isNominal(tags[i]!) &&
    tags[i] !== Tag.JJ &&
    tags[i] !== Tag.JJR &&
    tags[i] !== Tag.JJS &&
    tags[i] !== Tag.VBN &&
    tags[i] !== Tag.VBG
  )
    return undefined;
  let be = i - 1;
  if (isNested(tagged, content, i)) return undefined;
  for (let steps = 0; be >= content.first && steps < 5; be--, steps++) {
    if (isCopula(tagged, be)) break;
    if (isFiniteVerb(tags[be]!) || tokens.words[be]!.form === ',' || tags[be] === Tag.IN) return undefined;
  }
  if (be < content.first || !isCopula(tagged, be)) return undefined;
  // "Forty people were hurt" counts, and judges nothing.
  if (/^(?:hurt|harmed)$/.test(tokens.words[i]!.lower)) return undefined;
  // "The cause was heart failure" judges nothing; "is a campaign failure" does.
  if (i - 1 > be && tags[i - 1] === Tag.NN && tags[be + 1] !== Tag.DT) return undefined;
  if (isOwnStory(tagged, content, be, i) || isSupposed(tagged, content, be)) return undefined;
  const modal = be - 1 >= content.first && MODAL.has(tokens.words[be - 1]!.lower) ? be - 1 : be;
  const negator = lastNegator(tagged, modal, i);
  // "There was no illegal act" judges nothing.
  if (negator !== undefined && tokens.words[negator]!.lower === 'no' && isNominal(tags[i + 1] ?? Tag.RB))
    return undefined;
  if (!isAboutStory(tagged, content, modal - 1, story)) return undefined;
  const turned = negator !== undefined;
  const good = (bits & STANCE_BITS.positive) !== 0 && (bits & STANCE_BITS.negative) === 0;
  return {
    first: modal,
    last: closing(tagged, i),
    ...(good === turned
      ? { stance: 'oppose' as const, weight: JUDGEMENT }
      : { stance: 'support' as const, weight: PRAISE }),
  };
}

/** "They were ruined", "I was wrong", "It was terrible": a speaker tells what happened to him; he takes no side. */
function isOwnStory({ tokens, marks }: Tagged, content: Range, be: number, at: number): boolean {
  const subject = tokens.words[be - 1]?.lower ?? '';
  if (be - 1 < content.first) return false;
  if (/^(?:i|we)$/.test(subject)) return true;
  if (marks.inside[be] === Inside.no && /^(?:he|she|they)$/.test(subject)) return true;
  return (
    /^(?:it|that|this)$/.test(subject) &&
    /^(?:was|were)$/.test(tokens.words[be]!.lower) &&
    /^(?:terrible|horrible|awful|bad|sad|crazy|insane|worst|brutal|scary)$/.test(tokens.words[at]!.lower)
  );
}

/** "I am not saying it is good", "as long as he can be good", "something is wrong": nothing is judged. */
function isSupposed({ tokens, sentences }: Tagged, { first }: Range, be: number): boolean {
  const floor = Math.max(first, sentences.first[sentences.of[be]!]!, be - 9);
  if (/^(?:something|anything|nothing|what|whatever)$/.test(tokens.words[be - 1]?.lower ?? '')) return true;
  for (let i = be - 1; i >= floor; i--) {
    const { lower, form } = tokens.words[i]!;
    if (form === ';' || form === '.') return false;
    if (/^(?:if|whether|unless)$/.test(lower)) return true;
    if (lower === 'long' && tokens.words[i - 1]?.lower === 'as') return true;
    if (/^(?:say|saying|said|think|thinking|believe|mean|know|sure)$/.test(lower) && i > first)
      return lastNegator({ tokens } as Tagged, Math.max(floor, i - 3), i) !== undefined;
  }
  return false;
}

/** Words of somebody else, quoted within the quotation. */
function isNested({ tokens, marks }: Tagged, content: Range, at: number): boolean {
  let open = 0;
  for (let i = content.first; i < at; i++) if (tokens.kind[i] === Kind.mark && marks.inside[i] === Inside.yes) open++;
  return open % 2 === 1;
}

/** What is judged is what the story is about: "this", "it", somebody's name, or a word of its opening. */
function isAboutStory(
  { tokens, tags, sentences }: Tagged,
  content: Range,
  last: number,
  story: ReadonlySet<string>,
): boolean {
  const floor = Math.max(content.first, sentences.first[sentences.of[last + 1]!]!, last - 9);
  for (let i = last; i >= floor; i--) {
    const { lower, form } = tokens.words[i]!;
    // "a sign that something is wrong" speaks of no "that".
    if (DEMONSTRATIVES.has(lower) && (lower !== 'that' || i === last || tags[i] === Tag.DT)) return true;
    if (form === ',' || form === ';') return false;
    if (isNominal(tags[i]!) && story.has(stemOf(tokens.words[i]!))) return true;
  }
  return false;
}

const DEMONSTRATIVES = new Set('this that these those it he she they i we'.split(' '));

/** Stems of the nouns of a text's opening: what the story is about. */
export function storyWords({ tokens, tags }: Tagged): Set<string> {
  const words = new Set<string>();
  for (let i = 0; i < Math.min(tokens.count, 120); i++) if (isNominal(tags[i]!)) words.add(stemOf(tokens.words[i]!));
  return words;
}

/** "is", and "'s" where it is no possessive. */
const isCopula = ({ tokens, tags }: Tagged, i: number): boolean =>
  BE.has(tokens.words[i]!.lower) && tags[i] !== Tag.POS;

/** "we support", "she opposes", "I will not back". */
function ownStance(tagged: Tagged, content: Range, i: number, bits: number): Evidence | undefined {
  const { tokens, tags } = tagged;
  const stance = sideOf(bits);
  if (stance === undefined || !(isVerb(tags[i]!) || tags[i] === Tag.JJ)) return undefined;
  const subject = back(tagged, content.first, i - 1, true);
  if (subject < content.first || !SELF.has(tokens.words[subject]!.lower)) return undefined;
  // Third persons speak of themselves only in a paraphrase.
  const marked = tagged.marks.inside[subject] !== 0;
  const first = tokens.words[subject]!.lower === 'i' || tokens.words[subject]!.lower === 'we';
  if (first !== marked || (!first && subject > content.first + 2) || isNested(tagged, content, i)) return undefined;
  if (isSupposed(tagged, content, subject + 1)) return undefined;
  // "We are proud to open it here" announces; "I love you all" greets.
  const next = tokens.words[i + 1]?.lower;
  if (
    GLAD.test(tokens.words[i]!.lower) &&
    next === 'to' &&
    !(stanceBits(tokens.words[i + 2]?.lower ?? '') & STANCE_BITS.support)
  )
    return undefined;
  if (stance === 'support' && (next === 'you' || next === 'ya')) return undefined;
  // "We are hated": they suffer it.
  if (tags[i] === Tag.VBN && !(bits & STANCE_BITS.concern) && !FELT.test(tokens.words[i]!.lower))
    for (let k = subject + 1; k < i; k++) if (BE_FORMS.has(tokens.words[k]!.lower)) return undefined;
  const turned = lastNegator(tagged, subject, i) !== undefined;
  // "I love her, but ...": what follows may say the opposite.
  if (!turned)
    return {
      first: subject,
      last: i,
      stance,
      weight: stance === 'support' && turnsAfter(tagged, content, i) ? PRAISE : 2.2,
    };
  // "I am not worried" takes no side.
  return stance === 'support' ? { first: subject, last: i, stance: 'oppose', weight: 1.5 } : undefined;
}

const GLAD = /^(?:proud|pleased|glad|delighted|happy|excited|thrilled|honou?red)$/;

/** Participles that tell what the speaker feels, not what is done to him. */
const FELT =
  /^(?:opposed|appalled|outraged|disgusted|enraged|disappointed|dissatisfied|dismayed|horrified|pleased|delighted|impressed)$/;

function turnsAfter({ tokens, sentences }: Tagged, { last }: Range, at: number): boolean {
  const end = Math.min(last, sentences.first[sentences.of[at]! + 1]! - 1);
  for (let i = at + 1; i <= end; i++) if (/^(?:but|however|though|although)$/.test(tokens.words[i]!.lower)) return true;
  return false;
}

/** The speaker pleads for something: then what he puts it before is what he is against. */
const prefers = ({ tokens }: Tagged, { cue }: Relation): boolean =>
  cue !== undefined && PLEADS.test(textOf(tokens, cue));

const PLEADS =
  /\b(?:stress|urg|call(?:s|ed|ing)? for|advoc|prefer|favou?r|demand|insist|press|push|want|recommend|emphasi|plead|appeal|underlin|underscor)/;

/** "cooperation rather than invasion". */
function preference(tagged: Tagged, content: Range, i: number): Evidence | undefined {
  const { tokens } = tagged;
  const two = i < content.last ? `${tokens.words[i]!.lower} ${tokens.words[i + 1]!.lower}` : '';
  const contrast =
    two === 'rather than' || two === 'instead of' || (two === ', not' && isNounStart(tagged.tags[i + 2]));
  if (!contrast) return undefined;
  const target = targetOf(tagged, { first: i + 2, last: content.last });
  const first = two === ', not' ? i + 1 : i;
  return { first, last: i + 1, stance: 'oppose', weight: 1, ...(target === undefined ? {} : { target }) };
}

/** "..., not an invasion, ...": a noun follows, no verb. */
const isNounStart = (tag: number | undefined): boolean => tag !== undefined && (isNominal(tag) || STARTS.has(tag));

const RAISE = new Set(['raise', 'raises', 'raised', 'raising']);

/** "would raise serious questions", "could undermine trust". */
function worry(tagged: Tagged, content: Range, i: number, bits: number): Evidence | undefined {
  const { tokens, tags } = tagged;
  const lower = tokens.words[i]!.lower;
  if (RAISE.has(lower)) {
    for (let k = i + 1; k <= Math.min(content.last, i + 4); k++) {
      if (/^(?:questions?|concerns?|alarms?|doubts?|fears?|objections?)$/.test(tokens.words[k]!.lower)) {
        return { first: i, last: k, stance: 'concern', weight: 1.4 };
      }
    }
  }
  const modal = back(tagged, content.first, i - 1);
  if ((bits & STANCE_BITS.negative) !== 0 && tags[i] === Tag.VB && MODAL.has(tokens.words[modal]?.lower ?? '')) {
    return { first: modal, last: i, stance: 'concern', weight: 1.2 };
  }
  return undefined;
}

/** The token before `i`, adverbs (and with `loose` auxiliaries and negators too) passed over. */
function back({ tokens, tags }: Tagged, floor: number, i: number, loose = false): number {
  let at = i;
  for (let steps = 0; at >= floor && steps < 5; at--, steps++) {
    const lower = tokens.words[at]!.lower;
    const passed =
      tags[at] === Tag.RB ||
      tokens.kind[at] === Kind.mark ||
      (loose && (AUXILIARIES.has(lower) || NEGATORS.has(lower)));
    if (!passed) return at;
  }
  return at;
}

const AUXILIARIES = new Set(
  "do does did have has had will would to be been am are is was were 'm 're 've ’m ’re ’ve".split(' '),
);

/** The closing mark belongs to the word before it. */
const closing = ({ tokens, marks }: Tagged, i: number): number =>
  tokens.kind[i + 1] === Kind.mark && marks.runOf[i + 1] === marks.runOf[i] ? i + 1 : i;

/** Without an addressee in front: "Secretary Ana López saying the ports would close" begins after "saying". */
function said({ tokens, tags }: Tagged, { first, last }: Range): Range {
  for (let i = first + 1; i < Math.min(last - 2, first + 10); i++) {
    if (tokens.words[i]!.lower === 'that' && isName(tags[i - 1]!)) return { first: i + 1, last };
    if (isFiniteVerb(tags[i]!) || tokens.kind[i] === Kind.mark) break;
    if (tags[i] === Tag.VBG && isName(tags[i - 1]!) && rolesOf(tokens.words[i]!) & Role.plainCue)
      return { first: i + 1, last };
  }
  return { first, last };
}

// ---------------------------------------------------------------- targets

/** What the statement is about: the subject of its clause, or the object of the cue. */
function targetOf(tagged: Tagged, { first, last }: Range): Range | undefined {
  const { tokens, tags } = tagged;
  let from = first;
  while (from <= last && (tokens.kind[from] !== Kind.word || SKIPPED.has(tokens.words[from]!.lower))) from++;
  if (from > last || !(isNominal(tags[from]!) || STARTS.has(tags[from]!))) return undefined;
  let nominal = isNominal(tags[from]!) ? from : -1;
  for (let i = from + 1; i <= last && i < from + 14; i++) {
    const { form, lower } = tokens.words[i]!;
    if (/^[,;:.?!]$/.test(form) || tokens.kind[i] === Kind.mark || lower === 'as' || isFiniteVerb(tags[i]!)) break;
    if (tags[i] === Tag.WDT || tags[i] === Tag.WP || tags[i] === Tag.TO || lower === 'that') break;
    if (isNominal(tags[i]!)) nominal = i;
  }
  return nominal < 0 ? undefined : { first: from, last: nominal };
}

const SKIPPED = new Set('that “ ” to for of on against about over from with and but'.split(' '));
const STARTS: ReadonlySet<number> = new Set([Tag.DT, Tag.JJ, Tag.PRP$, Tag.CD, Tag.VBG, Tag.JJR, Tag.JJS]);

/** Where speakers are named, in reading order. */
interface NamedAt {
  readonly start: number;
  readonly end: number;
  readonly speaker: number;
}

const namedAt = (speakers: readonly FoundSpeaker[]): NamedAt[] =>
  speakers
    .flatMap(({ mentions, kind }, speaker) =>
      kind === 'unnamed' ? [] : mentions.map((span) => ({ ...span, speaker })),
    )
    .sort((a, b) => a.start - b.start);

/** The speaker that a stretch names, if it names one other than `self` ("Trump’s remarks"). */
function speakerIn(tagged: Tagged, named: readonly NamedAt[], range: Range, self: number): number | undefined {
  const { start, end } = spanOf(tagged.tokens, range);
  let low = 0;
  let high = named.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (named[middle]!.start < start) low = middle + 1;
    else high = middle;
  }
  for (let i = low; i < named.length && named[i]!.start < end; i++) {
    if (named[i]!.end <= end && named[i]!.speaker !== self) return named[i]!.speaker;
  }
  return undefined;
}

/** No open words: what the trained model reads between the speaker and somebody named, or a neutral word about the main speaker. */
function fromModel(
  tagged: Tagged,
  relation: Relation,
  target: Range | undefined,
  speaker: number,
  { main, named }: Story,
): Evidence | undefined {
  if (target === undefined || speaker === main || relation.source === undefined) return undefined;
  const targetSpeaker = speakerIn(tagged, named, target, speaker);
  if (targetSpeaker === undefined) return undefined;
  const { sentences } = tagged;
  const s = sentences.of[relation.source.first]!;
  if (sentences.of[target.first] !== s) return undefined;
  const sentence = { first: sentences.first[s]!, last: sentences.first[s + 1]! - 1 };
  const [, positive, negative] = stanceBetween(tagged, relation.source, nameIn(tagged, target), sentence);
  const words = relation.cue ?? target;
  if (negative! > SURE) return { ...words, stance: 'oppose', weight: 0.4 + negative! };
  if (positive! > SURE) return { ...words, stance: 'support', weight: 0.4 + positive! };
  const describes = relation.cue !== undefined && CHARACTERIZES.test(textOf(tagged.tokens, relation.cue));
  return targetSpeaker === main && describes ? { ...words, stance: 'neutral', weight: 0.8 } : undefined;
}

/** Below this the trained model's reading is a guess. */
const SURE = 0.75;

/** Words that answer somebody or say what he is like. */
const CHARACTERIZES = /\b(?:describ|characteri[sz]|respond|repl[iy]|react|answer|address|acknowledg|comment)/;

/** The name inside a target. */
function nameIn({ tags }: Tagged, { first, last }: Range): Range {
  for (let i = first; i <= last; i++) {
    if (!isName(tags[i]!)) continue;
    let end = i;
    while (end < last && isName(tags[end + 1]!)) end++;
    return { first: i, last: end };
  }
  return { first, last };
}

// ---------------------------------------------------------------- the clause to show

/** From the reaction's verb where it leads ("condemned the idea ..."), else from what was said, to its end; marks whole. */
function clauseOf(tagged: Tagged, { cue, content }: Relation, evidence: Range): Span {
  const { tokens, marks, sentences } = tagged;
  const piece = content.find(({ first, last }) => first <= evidence.first && evidence.first <= last) ?? content[0]!;
  const inner = said(tagged, piece);
  let { first, last } = inner;
  if (inner.first > piece.first) first--;
  const leads =
    inner.first === piece.first &&
    cue !== undefined &&
    tokens.kind[cue.first] === Kind.word &&
    cue.last < first &&
    first - cue.last <= 3 &&
    sentences.of[cue.first] === sentences.of[first];
  if (leads) first = Math.min(mainVerb(tagged, cue), evidence.last === cue.last ? evidence.first : cue.last);
  else while (first < last && tokens.words[first]!.lower === 'that') first++;
  const opened = runAt(marks, first);
  if (opened !== undefined && opened.open < first && opened.first === first) first = opened.open;
  const closed = runAt(marks, last);
  if (closed?.closed && last < closed.close && first <= closed.open && onlyLoose(tagged, last + 1, closed.close - 1))
    last = closed.close;
  while (last > first && /^[,;:—–-]$/.test(tokens.words[last]!.form)) last--;
  return spanOf(tokens, withinSentence(tagged, { first, last }, evidence));
}

/** Tokens that a line can show. */
const LONGEST_CLAUSE = 75;

/** Of a long speech the sentence that takes the side. */
function withinSentence({ sentences }: Tagged, { first, last }: Range, evidence: Range): Range {
  if (last - first < LONGEST_CLAUSE || evidence.first < first || evidence.last > last) return { first, last };
  const from = sentences.first[sentences.of[evidence.first]!]!;
  const to = sentences.first[sentences.of[evidence.last]! + 1]! - 1;
  return { first: Math.max(first, from), last: Math.min(last, to) };
}

function onlyLoose({ tokens }: Tagged, first: number, last: number): boolean {
  for (let i = first; i <= last; i++) if (tokens.kind[i] !== Kind.punctuation) return false;
  return true;
}

/** "has condemned" begins at "condemned", "did not endorse" at "did". */
function mainVerb({ tokens, tags }: Tagged, cue: Range): number {
  for (let i = cue.first; i <= cue.last; i++) {
    if (NEGATORS.has(tokens.words[i]!.lower)) return cue.first;
  }
  for (let i = cue.first; i < cue.last; i++) {
    const next = tokens.words[i]!.lower;
    if (!AUXILIARIES.has(next) && tags[i] !== Tag.MD && tags[i] !== Tag.RB) return i;
  }
  return cue.last;
}
