/**
 * An article as the rows that will hold it: everything that can be made before the database is asked. Pure, so that the
 * thread that reads or analyses does it, and the one that writes gets strings instead of trees.
 */

import { type Identifiable, identityKeys } from '../../analysis/speakers/identity.ts';
import { fold } from '../../analysis/text/fold.ts';
import type { Stance } from '../../model.ts';
import {
  foundOf,
  headOf,
  keyText,
  type PackedSignature,
  packOriginal,
  packSignature,
  quoteRow,
  reactionData,
  searchableText,
  shapeOf,
  storable,
} from '../rows.ts';
import { articleTime } from '../slots.ts';
import type { ArticleEntry } from '../store.ts';
import { type AliasRow, aliasRows } from './aliases.ts';

/** What one article version adds to the store. */
export interface PreparedArticle {
  readonly id: string;
  readonly hash: string;
  readonly tenant: string;
  readonly engine: string;
  /** Milliseconds: the stated date, else when it was first read. */
  readonly at: number;
  readonly readAt: number;
  /** How it was read (`Provenance`), where that is known. */
  readonly digest: string | null;
  readonly file: string | null;
  readonly facts: ArticleFacts;
  readonly title: string;
  readonly text: string;
  /** Columns of `versions` and `texts`, as they are stored. */
  readonly head: string;
  readonly found: string;
  readonly shape: string;
  readonly original: Uint8Array | null;
  /** What full text reads; absent where it is the text itself. */
  readonly searchable?: string;
  /** Labels, a line each, for full text. */
  readonly topicLabels: string;
  readonly topics: readonly (readonly [key: string, label: string])[];
  readonly aliases: readonly AliasRow[];
  /** Those who say something. */
  readonly speakers: readonly PreparedSpeaker[];
  readonly quotes: readonly PreparedQuote[];
  readonly reactions: readonly PreparedReaction[];
  /** As it is stored. */
  readonly signature: PackedSignature;
}

/** What is counted of an article. */
export interface ArticleFacts {
  readonly outlet: string;
  readonly origin: string;
  readonly undated: boolean;
  readonly quotes: number;
  readonly paraphrases: number;
}

export interface PreparedSpeaker extends Identifiable {
  /** Keys of `speaker_keys`: the same full name, and what namesakes share. None for unnamed sources. */
  readonly exact: string;
  readonly keys: readonly string[];
}

export interface PreparedQuote {
  readonly receipt: string;
  readonly verbatim: 0 | 1;
  /** Index into `speakers`. */
  readonly speaker?: number;
  readonly data: string;
}

export interface PreparedReaction {
  readonly n: number;
  readonly speaker: number;
  readonly stance: Stance;
  readonly data: string;
}

const TOPICS_KEPT = 12;
const SPEAKERS_KEPT = 400;
const LONGEST_TOPIC = 200;

/** Makes an analysed article ready to be saved. */
export function prepareArticle(entry: ArticleEntry): PreparedArticle {
  const { article, analysis, signature } = entry;
  const speaking = speakingIn(entry);
  const placeOf = new Map(speaking.map((speaker, place) => [speaker, place]));
  const rows = analysis.quotes.map((quote) => quoteRow(entry, quote));
  const receipts = rows.map((row) => row.receipt);
  const text = storable(article.text);
  const searchable = storable(searchableText(article));
  const found = foundOf(entry);
  return {
    id: article.id,
    hash: article.hash,
    tenant: article.tenant,
    engine: analysis.engine,
    at: articleTime(article),
    readAt: Date.parse(article.readAt) || 0,
    digest: entry.provenance?.digest ?? null,
    file: entry.provenance?.file === undefined ? null : keyText(entry.provenance.file),
    facts: {
      outlet: keyText(article.outlet ?? ''),
      origin: originOf(article.origin),
      undated: article.date.state !== 'stated',
      quotes: rows.filter((row) => row.verbatim === 1).length,
      paraphrases: rows.filter((row) => row.verbatim === 0).length,
    },
    title: storable(article.title ?? ''),
    text,
    head: JSON.stringify(headOf(article)),
    found: JSON.stringify(found),
    shape: storable(JSON.stringify(shapeOf(article))),
    original: packOriginal(entry.original, text),
    ...(searchable === text ? {} : { searchable }),
    topicLabels: found.topics.join('\n'),
    topics: topicsOf(entry),
    aliases: aliasRows(analysis.aliases ?? []),
    speakers: speaking.map((i) => preparedSpeaker(analysis.speakers[i]!)),
    quotes: rows.map(({ receipt, verbatim, speaker, data }) => {
      const place = speaker === undefined ? undefined : placeOf.get(speaker);
      return {
        receipt,
        verbatim,
        ...(place !== undefined && { speaker: place }),
        data: storable(JSON.stringify(data)),
      };
    }),
    reactions: analysis.reactions.flatMap((reaction, n) => {
      const speaker = placeOf.get(reaction.speaker);
      const data = storable(JSON.stringify(reactionData(entry, reaction, receipts)));
      return speaker === undefined ? [] : [{ n, speaker, stance: reaction.stance, data }];
    }),
    signature: packSignature(signature),
  };
}

/** A record's line is not a source of its own. */
export const originOf = (origin: string): string => keyText(origin.replace(/#\d+$/, ''));

/** Indices into `Analysis.speakers` of those who say something. */
function speakingIn({ analysis }: ArticleEntry): number[] {
  const speaking = new Set<number>();
  for (const quote of analysis.quotes) if (quote.speaker !== undefined) speaking.add(quote.speaker);
  for (const reaction of analysis.reactions) speaking.add(reaction.speaker);
  return [...speaking]
    .filter((i) => analysis.speakers[i])
    .sort((a, b) => a - b)
    .slice(0, SPEAKERS_KEPT);
}

function preparedSpeaker({ kind, name, aliases, role, handle, gazetteer }: Identifiable): PreparedSpeaker {
  const speaker = {
    kind,
    name,
    aliases,
    ...(role !== undefined && { role }),
    ...(handle !== undefined && { handle }),
    ...(gazetteer !== undefined && { gazetteer }),
  };
  return { ...speaker, exact: exactKey(speaker), keys: identityKeys(speaker).map(keyText) };
}

/** The key that only bearers of the same full name share. */
export const exactKey = (speaker: Pick<Identifiable, 'kind' | 'name'>): string =>
  keyText(`=${speaker.kind}:${fold(speaker.name)}`);

function topicsOf({ analysis }: ArticleEntry): [key: string, label: string][] {
  const short = (text: string) => storable(text).slice(0, LONGEST_TOPIC);
  const byKey = new Map(analysis.topics.slice(0, TOPICS_KEPT).map(({ key, label }) => [short(key), short(label)]));
  byKey.delete('');
  return [...byKey];
}
