/** When, where and by which medium something was said, as the article states it beside the cue. */
import type { Medium } from '../../model.ts';
import { DAY_PARTS, MONTH_NAMES, OCCASIONS, POST_WORDS, WEEKDAYS, WRITTEN_WORDS } from '../lexicon/occasions.ts';
import { Inside } from '../text/marks.ts';
import { isFiniteVerb, isNominal, Tag } from '../text/pos.ts';
import { plain } from '../text/text-of.ts';
import { Kind } from '../text/tokens.ts';
import type { Range, Relation, Tagged } from '../text/types.ts';

export interface Circumstances {
  readonly when?: Range;
  readonly where?: Range;
  readonly medium: Medium;
}

/** Reads the sentence of the cue, outside quotation marks and outside what was said. */
export function circumstancesOf(tagged: Tagged, relation: Relation): Circumstances {
  const { cue } = relation;
  if (cue === undefined) return { medium: 'spoken' };
  const free = freeTokens(tagged, relation, cue);
  const when = findWhen(tagged, free);
  const onTheRemarks = sentenceOnTheRemarks(tagged, cue);
  const where = findWhere(tagged, free) ?? (onTheRemarks && findWhere(tagged, onTheRemarks));
  const medium = mediumOf(tagged, relation, cue, where);
  return { ...(when === undefined ? {} : { when }), ...(where === undefined ? {} : { where }), medium };
}

const LONGEST_LOOK = 60;

/** Some tokens of a stretch. */
interface Some {
  readonly first: number;
  readonly after: number;
  readonly includes: (token: number) => boolean;
}

/** Tokens of the cue's sentence that are neither content nor inside marks, near the cue. */
function freeTokens({ sentences, marks }: Tagged, { content }: Relation, cue: Range): Some {
  const sentence = sentences.of[cue.first]!;
  const first = Math.max(sentences.first[sentence]!, cue.first - LONGEST_LOOK);
  const after = Math.min(sentences.first[sentence + 1]!, cue.last + LONGEST_LOOK);
  const includes = (token: number): boolean => {
    if (token < first || token >= after || marks.inside[token] !== Inside.no) return false;
    for (const piece of content) if (token >= piece.first && token <= piece.last) return false;
    return true;
  };
  return { first, after, includes };
}

/** "Thursday night", "last Friday", "on Jan. 9", "yesterday". */
function findWhen({ tokens }: Tagged, free: Some): Range | undefined {
  const lower = (i: number): string => tokens.words[i]?.lower ?? '';
  for (let i = free.first; i < free.after; i++) {
    if (!free.includes(i)) continue;
    let first = i;
    let last = i;
    if (WEEKDAYS.has(lower(i))) {
      if (/^(last|this|next|late|early)$/.test(lower(i - 1)) && free.includes(i - 1)) first = i - 1;
      while (DAY_PARTS.has(lower(last + 1)) && free.includes(last + 1)) last++;
    } else if (tokens.kind[i + 1] === Kind.number && MONTH_NAMES.has(plain(tokens, i)) && free.includes(i + 1)) {
      last = i + 1;
      if (lower(last + 1) === ',' && /^(19|20)\d\d$/.test(lower(last + 2))) last += 2;
    } else continue;
    return { first, last };
  }
  return undefined;
}

/** "in an interview on Fox News with host Sean Hannity", "at a rally in Ohio", "in a statement". */
function findWhere({ tokens, tags }: Tagged, free: Some): Range | undefined {
  for (let i = free.first; i < free.after; i++) {
    if (!OCCASIONS.has(tokens.words[i]!.lower) || !free.includes(i)) continue;
    let first = i;
    while (
      free.includes(first - 1) &&
      first > i - 6 &&
      tags[first] !== Tag.IN &&
      (isNominal(tags[first - 1]!) || opensPhrase(tags[first - 1]!))
    )
      first--;
    if (tags[first] !== Tag.IN || !/^(in|on|at|during|via)$/.test(tokens.words[first]!.lower)) continue;
    let last = i;
    for (let k = i + 1; k < i + 18 && free.includes(k); k++) {
      const tag = tags[k]!;
      if (
        isFiniteVerb(tag) ||
        tag === Tag[','] ||
        tag === Tag['.'] ||
        tag === Tag[':'] ||
        tag === Tag.VBG ||
        tag === Tag.WP
      )
        break;
      if (WEEKDAYS.has(tokens.words[k]!.lower) || /^(that|while|because|as|when|after)$/.test(tokens.words[k]!.lower))
        break;
      if (isNominal(tag) || tag === Tag.CD) last = k;
    }
    return { first, last };
  }
  return undefined;
}

const MADE = new Set(['made', 'makes', 'delivered', 'offered', 'gave']);
const REMARKS = new Set([
  'comment',
  'comments',
  'remark',
  'remarks',
  'announcement',
  'statement',
  'statements',
  'claim',
  'claims',
]);

/** "She made the comments in an interview on Radio Norte." tells where the sentence before was said. */
function sentenceOnTheRemarks({ tokens, sentences }: Tagged, cue: Range): Some | undefined {
  const next = sentences.of[cue.first]! + 1;
  if (next >= sentences.count) return undefined;
  const first = sentences.first[next]!;
  const after = Math.min(sentences.first[next + 1]!, first + LONGEST_LOOK);
  if (tokens.paragraph[first] !== tokens.paragraph[cue.first]) return undefined;
  for (let i = first; i < Math.min(after, first + 6); i++) {
    if (!MADE.has(tokens.words[i]!.lower)) continue;
    const isOnRemarks = tokens.words.slice(i + 1, i + 4).some(({ lower }) => REMARKS.has(lower));
    if (isOnRemarks) return allTokens(i, after);
  }
  return undefined;
}

const allTokens = (first: number, after: number): Some => ({
  first,
  after,
  includes: (token) => token >= first && token < after,
});

const opensPhrase = (tag: number): boolean =>
  tag === Tag.IN ||
  tag === Tag.DT ||
  tag === Tag.JJ ||
  tag === Tag.PRP$ ||
  tag === Tag.POS ||
  tag === Tag.CD ||
  tag === Tag.VBN;

function mediumOf({ tokens, sentences }: Tagged, { cueClass, source }: Relation, cue: Range, where?: Range): Medium {
  const has = (range: Range | undefined, words: ReadonlySet<string>): boolean => {
    for (let i = range?.first ?? 0; range !== undefined && i <= range.last; i++)
      // "Social media", not "the social network sued".
      if (
        words.has(tokens.words[i]!.lower) &&
        (tokens.words[i]!.lower !== 'social' || tokens.words[i + 1]?.lower === 'media')
      )
        return true;
    return false;
  };
  if (has(cue, POST_WORDS) || has(where, POST_WORDS)) return 'post';
  if (cueClass === 'write' || has(cue, WRITTEN_WORDS) || has(where, WRITTEN_WORDS) || has(source, WRITTEN_WORDS))
    return 'written';
  // "72 lawmakers wrote to the minister saying the plan ...": the verb that governs "saying" tells the medium.
  if (tokens.words[cue.first]!.lower.endsWith('ing') && source !== undefined && source.last < cue.first) {
    const sameSentence = sentences.of[source.last] === sentences.of[cue.first];
    if (sameSentence && has({ first: source.last + 1, last: cue.first - 1 }, POST_WORDS)) return 'post';
    if (sameSentence && has({ first: source.last + 1, last: cue.first - 1 }, WRITTEN_WORDS)) return 'written';
  }
  return 'spoken';
}
