/** Whom a sentence introduces that leads to a quotation, where the models carried the speaker before it on. */
import { CUES } from '../lexicon/cues.ts';
import { Role, rolesOf } from '../lexicon/roles.ts';
import { Inside, runAt } from '../text/marks.ts';
import { isFiniteVerb, isName } from '../text/pos.ts';
import { Kind } from '../text/tokens.ts';
import type { Range, Relation, Tagged } from '../text/types.ts';
import { Shape } from '../text/words.ts';
import { subjectFrom } from './beside.ts';
import { unclear } from './strays.ts';

const SURE = 0.85;

/**
 * A quotation whose own sentence, or the sentence before that ends in a colon, is somebody else's no longer goes on with
 * the speaker before: "Okafor, who chairs the panel, released this:" introduces Okafor. Where nobody can be made out, the
 * speaker is unclear.
 */
export const withIntroduced = (tagged: Tagged, relations: readonly Relation[]): Relation[] =>
  relations.map((relation) => introduced(tagged, relation) ?? relation);

function introduced(tagged: Tagged, relation: Relation): Relation | undefined {
  const { sentences, tokens } = tagged;
  const { origin, source, cue, content } = relation;
  if (origin !== 'continued' || source === undefined) return undefined;
  const [{ first }] = content as [Range];
  if (cue === undefined && tokens.words[first - 1]?.form !== ':') return told(tagged, relation, source);
  const leadsIn = cue === undefined ? tokens.words[first - 1]?.form === ':' : cue.last < first;
  if (!leadsIn) return undefined;
  const sentence = sentences.of[cue === undefined ? first - 1 : cue.first]!;
  const begin = sentences.first[sentence]!;
  if (source.last >= begin || (cue !== undefined && sentences.of[first] !== sentence)) return undefined;
  const subject = subjectOf(tagged, begin, cue?.first ?? first - 1);
  if (subject === 'the same') return undefined;
  if (subject !== undefined) return { ...relation, source: subject, origin: 'near', confidence: SURE };
  return cue === undefined ? unclear(relation) : undefined;
}

/**
 * "Okafor echoed the sentiment. ¶ “We are not ready.”": where the paragraph before tells of somebody else in its last
 * sentence, the speaker before does not go on.
 */
function told(tagged: Tagged, relation: Relation, source: Range): Relation | undefined {
  const { tokens, tags, sentences, marks } = tagged;
  const { first } = relation.content[0]!;
  const before = first - 1;
  if (before < 0 || tokens.paragraph[before] === tokens.paragraph[first]) return undefined;
  if (tokens.paragraph[source.first] === tokens.paragraph[before] || runAt(marks, first)?.continues) return undefined;
  const begin = sentences.first[sentences.of[before]!]!;
  for (let i = begin; i <= before; i++) if (marks.inside[i] !== Inside.no) return undefined;
  const subject = subjectOf(tagged, begin, before);
  if (subject === undefined || subject === 'the same' || !isName(tags[subject.last]!)) return undefined;
  if (tokens.words[subject.last]!.folded === tokens.words[source.last]!.folded) return undefined;
  for (let i = subject.last + 1; i < Math.min(before, subject.last + LONGEST_ASIDE); i++)
    if (ECHOES.test(tokens.words[i]!.lower)) return { ...relation, source: subject, origin: 'near', confidence: TOLD };
  return unclear(relation);
}

const TOLD = 0.7;
const LONGEST_ASIDE = 16;
const ECHOES =
  /^(?:echoed|agreed|disagreed|concurred|demurred|objected|countered|responded|replied|hit|fired|pushed|went|weighed)$/;

/** Who does it in the sentence from `begin` to `end`: its first words, when they name somebody. */
function subjectOf(tagged: Tagged, begin: number, end: number): Range | 'the same' | undefined {
  const { tokens, tags, marks } = tagged;
  const { words } = tokens;
  const subject = subjectFrom(tagged, begin) ?? namedBefore(tagged, begin);
  if (subject === undefined || subject.last >= end) return undefined;
  const head = words[subject.last]!;
  if (rolesOf(head) & Role.pronoun || CUES.has(head.lower) || DOCUMENTS.test(head.lower)) return 'the same';
  // "Okafor, ..., released", "Okafor released"; not "In April, the mayor".
  const after = words[subject.last + 1]!;
  if (after.form !== ',' && !isFiniteVerb(tags[subject.last + 1]!)) return undefined;
  for (let i = begin; i < end; i++) if (marks.inside[i] !== Inside.no) return undefined;
  return subject;
}

/** "Good, who": a name that is a word, too. */
function namedBefore({ tokens }: Tagged, begin: number): Range | undefined {
  const { words, kind } = tokens;
  const isNamed =
    kind[begin] === Kind.word &&
    words[begin]!.shape === Shape.capital &&
    words[begin + 1]?.form === ',' &&
    words[begin + 2]?.lower === 'who';
  return isNamed ? { first: begin, last: begin } : undefined;
}

/** What goes on with its writer's words. */
const DOCUMENTS =
  /^(?:statement|letter|post|tweet|message|e-?mail|memo|note|thread|caption|release|report|filing|complaint|text|speech|video|op-ed|column|essay|article|book)$/;
