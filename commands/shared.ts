/** What several commands share: their services, the options they have in common, suggestions, and answers to misses. */
import { z } from 'zod';
import type { Complete } from '../src/command.ts';
import { AskError, clip, commandFor } from '../src/command.ts';
import type { Action, Block, Document } from '../src/document.ts';
import { actions, code, paragraph, run, small, text } from '../src/document.ts';
import type { Instant, Speaker, Tenant, Topic } from '../src/model.ts';
import type { Caller } from '../src/platforms/platform.ts';
import type { Services } from '../src/services.ts';
import { readSince, SINCE_EXAMPLES } from '../src/since.ts';

export const define = commandFor<Services>();

export const option = {
  topic: z.string().max(200).optional().describe('A topic, place or plain words').meta({ example: 'cartels' }),
  speaker: z.string().max(200).optional().describe('Who said it').meta({ example: 'sheinbaum' }),
  since: z.string().max(40).optional().describe(`From when on: ${SINCE_EXAMPLES}`).meta({ word: true }),
  page: z.int().min(1).max(1000).default(1).describe('Which page of the answer'),
};

/** @throws AskError when the words mean no time. */
export function since(words: string | undefined, caller: Caller, services: Services): Instant | undefined {
  if (words === undefined) return undefined;
  const at = readSince(words, services.now(), caller.zone ?? services.zone);
  if (at) return at;
  throw new AskError({
    summary: `since: expected a time such as ${SINCE_EXAMPLES}`,
    blocks: [paragraph(`since: expected a time such as ${SINCE_EXAMPLES}, got `, code(clip(words)), text('.'))],
  });
}

const plural = (n: number, one: string, many = `${one}s`) => `${n} ${n === 1 ? one : many}`;

export { plural };

export const completeTopic: Complete<Services> = async (typed, caller, { store }) =>
  (await store.topics({ tenant: caller.tenant, like: typed, limit: 25 })).map((topic) => ({
    label: clip(`${topic.label} (${plural(topic.articles, 'article')})`, 95),
    value: topic.label.slice(0, 100),
  }));

/** Only speakers that will return something, with how much. */
export const completeSpeaker: Complete<Services> = async (typed, caller, { store }) =>
  (await store.speakers({ tenant: caller.tenant, like: typed, limit: 25 })).map((speaker) => ({
    label: clip(`${speaker.name} (${countsOf(speaker)})`, 95),
    value: speaker.name.slice(0, 100),
  }));

export function countsOf(speaker: Pick<Speaker, 'quotes' | 'paraphrases'>): string {
  const parts = [
    speaker.quotes > 0 ? plural(speaker.quotes, 'quote') : undefined,
    speaker.paraphrases > 0 ? plural(speaker.paraphrases, 'paraphrase') : undefined,
  ];
  return parts.filter(Boolean).join(', ') || 'no quotes';
}

/** An empty corpus is a miss of its own: how to fill it. */
export async function refuseEmpty(tenant: Tenant, { store, corpus }: Services): Promise<void> {
  const stats = await store.stats(tenant);
  if (stats.articles > 0) return;
  const reason = corpus.loading()
    ? 'The corpus is still being read. Try again in a moment.'
    : `There are no articles yet. The operator names folders, files or feeds in CORPUS (now: ${corpus.entries.join(', ') || 'nothing'}); an admin can add a feed here with /sources add.`;
  throw new AskError(reason);
}

/** Nothing was found for a topic: the nearest ones with counts, each a press away. */
export async function topicMiss(
  topic: string,
  command: string,
  caller: Caller,
  { store }: Services,
): Promise<Document> {
  const near = await store.nearestTopics(caller.tenant, topic, 3);
  const offered = near.length > 0 ? near : await store.topics({ tenant: caller.tenant, limit: 3 });
  return miss(
    [paragraph('Nothing in the corpus matches ', code(clip(topic)), text('.'))],
    near.length > 0 ? 'Nearest topics' : 'Most written about',
    offered.map((one: Topic) => ({
      label: `${one.label} (${plural(one.articles, 'article')})`,
      action: run(clip(one.label, 70), `/${command} topic:"${one.label}"`),
    })),
    `Nothing matches ${clip(topic)}.`,
  );
}

/** Nobody of that name speaks in the corpus: the nearest ones with counts. */
export async function speakerMiss(speaker: string, caller: Caller, { store }: Services): Promise<Document> {
  const near = await store.nearestSpeakers(caller.tenant, speaker, 3);
  const offered = near.length > 0 ? near : await store.speakers({ tenant: caller.tenant, limit: 3 });
  return miss(
    [paragraph('Nobody called ', code(clip(speaker)), text(' is quoted or paraphrased in the corpus.'))],
    near.length > 0 ? 'Did you mean' : 'Most quoted',
    offered.map((one) => ({
      label: `${one.name} (${countsOf(one)})`,
      action: run(clip(one.name, 70), `/quote speaker:"${one.name}"`),
    })),
    `Nobody called ${clip(speaker)} is quoted in the corpus.`,
  );
}

function miss(
  blocks: Block[],
  title: string,
  offers: readonly { label: string; action: Action }[],
  summary: string,
): Document {
  return {
    summary: offers.length > 0 ? `${summary} ${title}: ${offers.map((offer) => offer.label).join(', ')}.` : summary,
    blocks: [
      ...blocks,
      ...(offers.length > 0
        ? [
            small(`${title}: ${offers.map((offer) => offer.label).join(' · ')}`),
            actions(...offers.map((offer) => offer.action)),
          ]
        : []),
    ],
  };
}

/** "Back" and "Next" for answers longer than a page. */
export function pager(page: number, perPage: number, total: number, command: (page: number) => string): Action[] {
  return [
    ...(page > 1 ? [run('Back', command(page - 1))] : []),
    ...(page * perPage < total ? [run(`Next (${total - page * perPage} more)`, command(page + 1))] : []),
  ];
}
