/** What several commands share: their services, the options they have in common, suggestions, and answers to misses. */
import { z } from 'zod';
import type { Complete } from '../src/command.ts';
import { AskError, clip, commandFor, commandText } from '../src/command.ts';
import type { Action, Block, Document } from '../src/document.ts';
import { actions, code, paragraph, plainWords, run, small, text } from '../src/document.ts';
import { languageNames, languages, type Words, wordsFor, wordsIn } from '../src/language/language.ts';
import type { Instant, Speaker, Topic } from '../src/model.ts';
import type { Caller, Choice } from '../src/platforms/platform.ts';
import type { Services } from '../src/services.ts';
import { readSince } from '../src/since.ts';

export const define = commandFor<Services>();

export const option = {
  topic: z.string().max(200).optional().describe('A topic, place or plain words').meta({ example: 'cartels' }),
  speaker: z.string().max(200).optional().describe('Who said it').meta({ example: 'sheinbaum' }),
  since: z
    .string()
    .max(40)
    .optional()
    .describe(`From when on: ${wordsIn('en').since.examples}`)
    .meta({ word: true }),
  language: z
    .enum(languages)
    .describe('Language of the briefing; quotes stay in the original')
    .meta({ labels: languageNames }),
  page: z.int().min(1).max(1000).default(1).describe('Which page of the answer'),
};

/** @throws AskError when the words mean no time. */
export function since(words: string | undefined, caller: Caller, services: Services): Instant | undefined {
  if (words === undefined) return undefined;
  const at = readSince(words, services.now(), caller.zone ?? services.zone);
  if (at) return at;
  const problem = wordsFor(caller).since.expected(code(clip(words)));
  throw new AskError({ summary: plainWords(problem), blocks: [paragraph(...problem)] });
}

export const completeTopic: Complete<Services> = async (typed, caller, { store }) =>
  (await store.topics({ tenant: caller.tenant, like: typed, limit: 25 })).map((topic) => ({
    label: clip(`${topic.label} (${wordsFor(caller).count.articles(topic.articles)})`, 95),
    value: topic.label.slice(0, 100),
  }));

/** Only speakers that will return something, with how much. */
export const completeSpeaker: Complete<Services> = async (typed, caller, { store }) =>
  (await store.speakers({ tenant: caller.tenant, like: typed, limit: 25 })).map((speaker) => ({
    label: clip(`${speaker.name} (${countsOf(speaker, wordsFor(caller))})`, 95),
    value: speaker.name.slice(0, 100),
  }));

/** Candidates that are looked into, and how long: suggestions that come while someone types must not be late. */
const MOST_LOOKED_INTO = 10;
const LOOKING_MS = 150;

/** Those of the first candidates that would be answered with something, each with how much. */
export async function answering(
  candidates: readonly string[],
  count: (candidate: string) => Promise<string | undefined>,
): Promise<readonly Choice[]> {
  const began = performance.now();
  const choices: Choice[] = [];
  for (const candidate of candidates.slice(0, MOST_LOOKED_INTO)) {
    if (performance.now() - began > LOOKING_MS) break;
    const found = await count(candidate);
    if (found) choices.push({ label: clip(`${candidate} (${found})`, 95), value: candidate.slice(0, 100) });
  }
  return choices;
}

/** An option that another one narrows, as text. */
export const given = (options: Readonly<Record<string, unknown>>, name: string): string | undefined =>
  typeof options[name] === 'string' && options[name].trim() !== '' ? options[name].trim() : undefined;

export function countsOf(speaker: Pick<Speaker, 'quotes' | 'paraphrases'>, said: Words): string {
  const parts = [
    speaker.quotes > 0 ? said.count.quotes(speaker.quotes) : undefined,
    speaker.paraphrases > 0 ? said.count.paraphrases(speaker.paraphrases) : undefined,
  ];
  return parts.filter(Boolean).join(', ') || said.miss.noQuotes;
}

/** An empty corpus is a miss of its own: how to fill it. */
export async function refuseEmpty(caller: Caller, { store, corpus }: Services): Promise<void> {
  const stats = await store.stats(caller.tenant);
  if (stats.articles > 0) return;
  const { miss } = wordsFor(caller);
  throw new AskError(corpus.loading() ? miss.stillReading : miss.empty(corpus.entries));
}

/**
 * Nothing was found for a topic: the nearest ones with counts, each a press away. Where only the time was too short
 * (`since`, as typed): when the newest is from.
 */
export async function topicMiss(
  topic: string,
  command: string,
  caller: Caller,
  { store, now }: Services,
  since?: string,
): Promise<Document> {
  if (since !== undefined) {
    const query = { tenant: caller.tenant, now: now().toISOString(), topic, stories: 1 };
    const [newest] = (await store.coverage(query)).stories;
    if (newest) return nothingSince(topic, since, command, newest.story.latestAt, wordsFor(caller));
  }
  const near = await store.nearestTopics(caller.tenant, topic, 3);
  const offered = near.length > 0 ? near : await store.topics({ tenant: caller.tenant, limit: 3 });
  const said = wordsFor(caller);
  return miss(
    said,
    [paragraph(...said.miss.topic(code(clip(topic))))],
    near.length > 0 ? said.miss.nearestTopics : said.miss.mostWritten,
    offered.map((one: Topic) => ({
      label: `${one.label} (${said.count.articles(one.articles)})`,
      action: run(clip(one.label, 70), `/${command} topic:"${one.label}"`),
    })),
    said.miss.topicShort(clip(topic)),
  );
}

function nothingSince(topic: string, since: string, command: string, latestAt: Instant, said: Words): Document {
  const day = said.dates.day(latestAt);
  return {
    summary: plainWords(said.miss.nothingSince(text(clip(topic)), text(clip(since)), day)),
    blocks: [
      paragraph(...said.miss.nothingSince(code(clip(topic)), code(clip(since)), day)),
      actions(run(clip(topic, 70), commandText(command, { topic }))),
    ],
  };
}

/** Nobody of that name speaks in the corpus: the nearest ones with counts. */
export async function speakerMiss(speaker: string, caller: Caller, { store }: Services): Promise<Document> {
  const near = await store.nearestSpeakers(caller.tenant, speaker, 3);
  const offered = near.length > 0 ? near : await store.speakers({ tenant: caller.tenant, limit: 3 });
  const said = wordsFor(caller);
  return miss(
    said,
    [paragraph(...said.miss.speaker(code(clip(speaker))))],
    near.length > 0 ? said.miss.didYouMean : said.miss.mostQuoted,
    offered.map((one) => ({
      label: `${one.name} (${countsOf(one, said)})`,
      action: run(clip(one.name, 70), `/quote speaker:"${one.name}"`),
    })),
    said.miss.speakerShort(clip(speaker)),
  );
}

function miss(
  said: Words,
  blocks: Block[],
  title: string,
  offers: readonly { label: string; action: Action }[],
  summary: string,
): Document {
  const labels = offers.map((offer) => offer.label);
  return {
    summary: offers.length > 0 ? `${summary} ${said.miss.offers(title, labels.join(', '))}.` : summary,
    blocks: [
      ...blocks,
      ...(offers.length > 0
        ? [small(said.miss.offers(title, labels.join(' · '))), actions(...offers.map((offer) => offer.action))]
        : []),
    ],
  };
}

/** "Back" and "Next" for answers longer than a page. */
export function pager(
  page: number,
  perPage: number,
  total: number,
  command: (page: number) => string,
  { press }: Words,
): Action[] {
  return [
    ...(page > 1 ? [run(press.back, command(page - 1))] : []),
    ...(page * perPage < total ? [run(press.next(total - page * perPage), command(page + 1))] : []),
  ];
}
