/** Finds attributions: contents, the cue that reports each, and the words that name its source. */
import type { CueClass } from '../../model.ts';
import { CUES } from '../lexicon/cues.ts';
import { Role, rolesOf } from '../lexicon/roles.ts';
import { pick, type RankModel, scorer } from '../models/ranker.ts';
import { lazily, readModel } from '../models/weights.ts';
import { Inside } from '../text/marks.ts';
import { isFiniteVerb, isVerb } from '../text/pos.ts';
import type { Range, Relation, Tagged } from '../text/types.ts';
import { withBeside } from './beside.ts';
import { contentCandidates, contentFeatures, type FoundContent } from './contents.ts';
import { findDialogue } from './dialogue.ts';
import { withIntroduced } from './introductions.ts';
import { decodeLabels, emissionsOf, Label, type LabelModel, shippedLabels } from './labels.ts';
import { cueCandidates, cueFeatures, sourceCandidates, sourceFeatures } from './links.ts';
import { type Part, partsOf } from './parts.ts';
import { withProposals } from './proposals.ts';
import { withoutStrays } from './strays.ts';
import { tidied } from './tidy.ts';
import { withUnsaid } from './unsaid.ts';

export interface LinkModels {
  readonly cue: RankModel;
  readonly source: RankModel;
  readonly content: RankModel;
}

const shippedLinks = lazily((): LinkModels => {
  const { header, body } = readModel<{ scale: number }>('links');
  const weights = new Int16Array(body);
  const each = weights.length / 3;
  const [cue, source, content] = [0, 1, 2].map((k) => ({
    weights: weights.subarray(k * each, (k + 1) * each),
    scale: header.scale,
  })) as [RankModel, RankModel, RankModel];
  return { cue, source, content };
});

/** All attributions of a text, in reading order of their first content. */
export function findRelations(
  tagged: Tagged,
  labels: LabelModel = shippedLabels(),
  links: LinkModels = shippedLinks(),
): Relation[] {
  const stated = findDialogue(tagged);
  const { parts, scores } = findParts(tagged, labels, stated);
  const linked = linkParts(tagged, parts, links);
  const read = grouped(tagged, reconsidered(tagged, scores, labels.unit, linked, links.content));
  const beside = withBeside(tagged, read, runsTaken(tagged, stated));
  const relations = withoutStrays(tagged, withIntroduced(tagged, beside));
  return [
    ...relations
      .map((relation) => tidied(tagged, relation))
      .filter((relation) => relation !== undefined)
      .map((relation) => withUnsaid(tagged, relation)),
    ...stated,
  ].sort((a, b) => a.content[0]!.first - b.content[0]!.first);
}

/** Sources, cues and contents, the last a little too eagerly: `reconsidered` drops what does not hold. */
export function findParts(
  tagged: Tagged,
  model: LabelModel,
  stated: readonly Relation[] = [],
): { parts: Part[]; scores: Float32Array } {
  const scores = emissionsOf(tagged, model);
  const labels = decodeLabels(scores, model, EAGERNESS * model.unit);
  const { tokens, marks } = tagged;
  const isLoose = (i: number): boolean =>
    marks.inside[i] === Inside.no && (tokens.words[i]!.form === ',' || tokens.words[i]!.form === '.');
  for (const { content, source } of stated)
    for (const { first, last } of source === undefined ? content : [...content, source])
      labels.fill(Label.none, first, last + 1);
  return { parts: withProposals(tagged, partsOf(labels, isLoose), runsTaken(tagged, stated)), scores };
}

/** The runs in marks that what the layout states holds already: 1 for each. */
function runsTaken({ marks }: Tagged, stated: readonly Relation[]): Uint8Array {
  const taken = new Uint8Array(marks.runs.length);
  for (const { content, source } of stated)
    for (const { first, last } of source === undefined ? content : [...content, source])
      for (let i = first; i <= last; i++) if (marks.runOf[i]! >= 0) taken[marks.runOf[i]!] = 1;
  return taken;
}

/** Taken from the score of "nothing", in units of log odds. Measured on PolNeAR train by halves. */
const EAGERNESS = 0.1;

/** Chooses a cue and a source for each content. */
export function linkParts(tagged: Tagged, parts: readonly Part[], models: Omit<LinkModels, 'content'>): FoundContent[] {
  const linked: FoundContent[] = [];
  let before: Part | undefined;
  parts.forEach((content, at) => {
    if (content.kind !== 'content') return;
    const cues = cueCandidates(tagged, parts, at);
    const cue = cues[pick(models.cue, cues, (candidate, into) => cueFeatures(tagged, parts, at, candidate, into)).at];
    const sources = sourceCandidates(tagged, parts, at, cue, before);
    const choice = pick(models.source, sources, (candidate, into) =>
      sourceFeatures(tagged, parts, at, cue, candidate, into),
    );
    const { part: source, carried } = sources[choice.at]!;
    linked.push({
      content,
      cue,
      source,
      carried: carried && source !== undefined,
      probability: choice.probability,
      room: roomAround(tagged, parts, at),
    });
    if (source !== undefined || cue !== undefined) before = source;
  });
  return linked;
}

function roomAround({ tokens }: Tagged, parts: readonly Part[], at: number): Range {
  const { first, last } = parts[at]!;
  const most = 80;
  let low = Math.max(first - most, (parts[at - 1]?.last ?? -1) + 1);
  let high = Math.min(last + most, (parts[at + 1]?.first ?? tokens.count) - 1);
  while (low < first && tokens.paragraph[low] !== tokens.paragraph[first]) low++;
  while (high > last && tokens.paragraph[high] !== tokens.paragraph[last]) high--;
  return { first: low, last: high };
}

/** Each content with the span that reads best, or without it when dropping reads better. */
function reconsidered(
  tagged: Tagged,
  scores: Float32Array,
  unit: number,
  linked: readonly FoundContent[],
  model: RankModel,
): FoundContent[] {
  const kept: FoundContent[] = [];
  let taken = -1;
  for (const one of linked) {
    const spans = clausesOnly(tagged, contentCandidates(tagged, one));
    const oddsOf = scorer(model, (span: Range | undefined, into) =>
      contentFeatures(tagged, scores, unit, one, span, into),
    );
    const odds = spans.map(oddsOf);
    const drop = oddsOf(undefined);
    let best = 0;
    for (let k = 1; k < odds.length; k++) if (odds[k]! > odds[best]!) best = k;
    const all = odds.reduce((sum, score) => sum + Math.exp(score - drop), 0);
    const span = spans[best]!;
    if (all < leastOdds(tagged, one, span) || span.first <= taken) continue;
    taken = span.last;
    kept.push({ ...one, content: span });
  }
  return kept;
}

/** After "that" comes a clause: "claimed that after months of talks, the strike is over" does not end at the comma. */
function clausesOnly(tagged: Tagged, spans: Range[]): Range[] {
  const { tokens, tags } = tagged;
  const { first } = spans[0]!;
  const joined = tokens.words[first]!.lower === 'that' || tokens.words[first - 1]?.lower === 'that';
  if (!joined) return spans;
  const clauses = spans.filter((span) => {
    for (let i = span.first; i <= span.last; i++) if (isFiniteVerb(tags[i]!)) return true;
    return false;
  });
  return clauses.length > 0 ? clauses : spans;
}

/** A content is kept when all its spans together are this likely against none. Measured on PolNeAR train by halves. */
const KEEP = 1.1;
/** Marks, and a plain "said" with its source beside it, are evidence that the model of contents need not confirm. */
const KEEP_PLAIN = 0.5;

/** What a source thinks, wants or shows is told less surely than what it says. */
const DOUBTFUL: ReadonlySet<CueClass> = new Set(['think', 'want', 'document']);
const KEEP_DOUBTFUL = 2;

function leastOdds(tagged: Tagged, { cue, source, carried }: FoundContent, span: Range): number {
  if (isQuotation(tagged, span)) return KEEP_PLAIN;
  const isPlain = cue !== undefined && (rolesOf(tagged.tokens.words[cue.last]!) & Role.plainCue) !== 0;
  if (isPlain && source !== undefined && !carried) return KEEP_PLAIN;
  return cue !== undefined && DOUBTFUL.has(classOfCue(tagged, cue) ?? 'say') ? KEEP_DOUBTFUL : KEEP;
}

/** Wholly inside marks, and more than a word or two. */
const isQuotation = ({ marks }: Tagged, { first, last }: Range): boolean =>
  marks.runOf[first]! >= 0 && marks.runOf[first] === marks.runOf[last] && last - first > 5;

function grouped(tagged: Tagged, linked: readonly FoundContent[]): Relation[] {
  const relations: Relation[] = [];
  const pieces: Range[][] = [];
  const byCue = new Map<Part, number>();
  for (const { content, cue, source, carried, probability } of linked) {
    const known = cue === undefined ? undefined : byCue.get(cue);
    const piece = { first: content.first, last: content.last };
    if (known !== undefined && relations[known]!.source === source) {
      pieces[known]!.push(piece);
      continue;
    }
    if (cue !== undefined) byCue.set(cue, relations.length);
    const contents = [piece];
    pieces.push(contents);
    const cueClass = cue === undefined ? undefined : classOfCue(tagged, cue);
    relations.push({
      ...(cue === undefined ? {} : { cue }),
      ...(cueClass === undefined ? {} : { cueClass }),
      ...(source === undefined ? {} : { source }),
      origin: source === undefined ? 'none' : carried ? 'continued' : 'near',
      content: contents,
      confidence: probability,
      rule: 'labels',
    });
  }
  return relations;
}

/** The class of the last word of a cue that has one; verbs before nouns. */
export function classOfCue({ tokens, tags }: Tagged, cue: Range): CueClass | undefined {
  let found: CueClass | undefined;
  for (let i = cue.last; i >= cue.first; i--) {
    const cueClass = CUES.get(tokens.words[i]!.lower);
    if (cueClass === undefined) continue;
    if (isVerb(tags[i]!)) return cueClass;
    found = cueClass;
  }
  return found;
}
