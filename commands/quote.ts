import { z } from 'zod';
import { asks, kindWords, sourcesLine, speakerName, statement } from '../digests/parts.ts';
import { understoodBlocks } from '../digests/understood.ts';
import { AskError, commandText } from '../src/command.ts';
import type { Block, Document } from '../src/document.ts';
import { actions, heading, paragraph, run, small } from '../src/document.ts';
import { type Words, wordsFor } from '../src/language/language.ts';
import type { Quote } from '../src/model.ts';
import type { Caller } from '../src/platforms/platform.ts';
import type { Services } from '../src/services.ts';
import type { Found } from '../src/store/store.ts';
import {
  answering,
  completeSpeaker,
  define,
  given,
  option,
  pager,
  refuseEmpty,
  since,
  speakerMiss,
  topicMiss,
} from './shared.ts';

const PER_PAGE = 5;

export const quote = define({
  name: 'quote',
  summary: 'What someone said, word for word, with its proof',
  shareable: true,
  options: z.object({ speaker: option.speaker, topic: option.topic, since: option.since, page: option.page }),
  complete: {
    /** With a topic: only those who say something about it. */
    async speaker(typed, caller, services, options) {
      const topic = given(options, 'topic');
      if (!topic) return completeSpeaker(typed, caller, services, options);
      const found = await services.store.speakers({ tenant: caller.tenant, like: typed, limit: 25 });
      return answering(
        found.map(({ name }) => name),
        (speaker) => quotesOf({ speaker, topic }, caller, services),
      );
    },
    /** Not every topic has somebody who is quoted on it. */
    async topic(typed, caller, services, options) {
      const speaker = given(options, 'speaker');
      const found = await services.store.topics({ tenant: caller.tenant, like: typed, limit: 25 });
      return answering(
        found.map(({ label }) => label),
        (topic) => quotesOf({ topic, ...(speaker ? { speaker } : {}) }, caller, services),
      );
    },
  },
  async run({ speaker, topic, since: from, page }, caller, services) {
    await refuseEmpty(caller, services);
    const said = wordsFor(caller);
    const sinceAt = since(from, caller, services);
    const query = {
      tenant: caller.tenant,
      ...(speaker ? { speaker } : {}),
      ...(topic ? { topic } : {}),
      ...(sinceAt ? { since: sinceAt } : {}),
      offset: (page - 1) * PER_PAGE,
      limit: PER_PAGE,
    };
    const again = (n: number) => commandText('quote', { speaker, topic, since: from, page: n });
    const title = (found: Found<Quote>) => titleOf(found, speaker, topic, said);

    const verbatim = await services.store.findQuotes({ ...query, want: 'verbatim' });
    if (verbatim.total > 0) return quoteList(title(verbatim), verbatim, page, again, said);

    const paraphrases = await services.store.findQuotes({ ...query, want: 'paraphrase' });
    if (paraphrases.total > 0) return onlyParaphrased(title(paraphrases), paraphrases, page, again, said);

    if (speaker) {
      const anywhere = topic
        ? await services.store.findQuotes({ tenant: caller.tenant, speaker, limit: 1 })
        : undefined;
      if (anywhere && anywhere.total > 0) {
        const name = speakerName(anywhere.items[0] as Quote, said);
        return {
          summary: said.quote.notOnTopic(name, topic ?? ''),
          blocks: [
            paragraph(said.quote.notOnThatTopic(name)),
            actions(
              run(said.press.allBy(name).slice(0, 78), commandText('quote', { speaker })),
              run(said.press.everyoneOnTopic, commandText('quote', { topic })),
            ),
          ],
        };
      }
      throw new AskError(await speakerMiss(speaker, caller, services));
    }
    throw new AskError(await topicMiss(topic ?? from ?? '', 'quote', caller, services, topic && from));
  },
});

/** How many quotes would be shown, in words; undefined for none. */
async function quotesOf(
  about: { readonly topic: string; readonly speaker?: string },
  caller: Caller,
  { store }: Services,
): Promise<string | undefined> {
  const { count } = wordsFor(caller);
  const verbatim = await store.findQuotes({ tenant: caller.tenant, ...about, want: 'verbatim', limit: 1 });
  if (verbatim.total > 0) return count.quotes(verbatim.total);
  const { total } = await store.findQuotes({ tenant: caller.tenant, ...about, want: 'paraphrase', limit: 1 });
  return total > 0 ? count.paraphrases(total) : undefined;
}

function quoteList(
  asked: string,
  found: Found<Quote>,
  page: number,
  again: (page: number) => string,
  said: Words,
): Document {
  const [first] = found.items;
  return {
    summary: `${said.quote.summary(found.total, asked)}${first ? `. ${speakerName(first, said)}` : ''}`,
    blocks: [
      heading(said.quote.quotes(asked)),
      ...understoodBlocks(found.understood, asked, said),
      ...found.items.map((one) => quoteBlock(one, said)),
      small(`${said.count.quotes(found.total)} · ${sourcesOf(found, said)}`),
      lastRow(found, page, again, said),
    ],
  };
}

/** The speaker is only paraphrased: say so first, then show the paraphrases, marked as such. */
function onlyParaphrased(
  asked: string,
  found: Found<Quote>,
  page: number,
  again: (page: number) => string,
  said: Words,
): Document {
  const [first] = found.items;
  return {
    summary: said.quote.noVerbatimFor(asked, found.total),
    blocks: [
      heading(said.quote.paraphrases(asked)),
      ...understoodBlocks(found.understood, asked, said),
      paragraph(said.quote.noVerbatim(first?.speaker?.name)),
      ...found.items.map((one) => quoteBlock(one, said)),
      small(`${said.count.paraphrases(found.total)} · ${sourcesOf(found, said)}`),
      lastRow(found, page, again, said),
    ],
  };
}

const sourcesOf = ({ items }: Found<Quote>, said: Words): string =>
  sourcesLine(
    items.map((one) => one.article),
    said,
  );

/** A statement that is too long to show whole is named, not cut. */
function quoteBlock(one: Quote, said: Words): Block {
  if (one.text.length <= 1500) return statement(one, said);
  const words = one.text.split(/\s+/).length;
  return {
    kind: 'statement',
    who: [{ kind: 'strong', text: speakerName(one, said) }],
    words: [[{ kind: 'text', text: said.quote.tooLong(kindWords(one, said), words) }]],
    action: run(said.press.inContext, `/context ${one.receipt.id}`),
  };
}

/** "Back" and "Next", and what is wrong with one of these. */
function lastRow({ items, total }: Found<Quote>, page: number, again: (page: number) => string, said: Words): Block {
  const shown = items.map(({ receipt }) => receipt.id).join(',');
  return actions(...pager(page, PER_PAGE, total, again, said), asks.report(shown, said));
}

/** The name that was found rather than the letters that were typed, where all are of one speaker. */
function titleOf({ items }: Found<Quote>, speaker: string | undefined, topic: string | undefined, said: Words): string {
  const names = new Set(items.map((one) => one.speaker?.name));
  const [name] = names;
  const who = speaker === undefined ? undefined : names.size === 1 && name !== undefined ? name : speaker;
  return [who, topic].filter(Boolean).join(' · ') || said.quote.newestFirst;
}
