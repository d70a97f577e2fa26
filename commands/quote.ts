import { z } from 'zod';
import { asks, kindWords, sourcesLine, speakerName, statement } from '../digests/parts.ts';
import { AskError, commandText } from '../src/command.ts';
import type { Block, Document } from '../src/document.ts';
import { actions, heading, paragraph, run, small } from '../src/document.ts';
import type { Quote } from '../src/model.ts';
import type { Found } from '../src/store/store.ts';
import {
  completeSpeaker,
  completeTopic,
  define,
  option,
  pager,
  plural,
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
  complete: { speaker: completeSpeaker, topic: completeTopic },
  async run({ speaker, topic, since: from, page }, caller, services) {
    await refuseEmpty(caller.tenant, services);
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
    const title = (found: Found<Quote>) => titleOf(found, speaker, topic);

    const verbatim = await services.store.findQuotes({ ...query, want: 'verbatim' });
    if (verbatim.total > 0) return quoteList(title(verbatim), verbatim, page, again);

    const paraphrases = await services.store.findQuotes({ ...query, want: 'paraphrase' });
    if (paraphrases.total > 0) return onlyParaphrased(title(paraphrases), paraphrases, page, again);

    if (speaker) {
      const anywhere = topic
        ? await services.store.findQuotes({ tenant: caller.tenant, speaker, limit: 1 })
        : undefined;
      if (anywhere && anywhere.total > 0) {
        const name = speakerName(anywhere.items[0] as Quote);
        return {
          summary: `${name} says nothing about ${topic} in the corpus.`,
          blocks: [
            paragraph(`${name} is in the corpus, but not on that topic.`),
            actions(
              run(`All by ${name}`.slice(0, 78), commandText('quote', { speaker })),
              run('Everyone on the topic', commandText('quote', { topic })),
            ),
          ],
        };
      }
      throw new AskError(await speakerMiss(speaker, caller, services));
    }
    throw new AskError(await topicMiss(topic ?? from ?? '', 'quote', caller, services));
  },
});

function quoteList(asked: string, found: Found<Quote>, page: number, again: (page: number) => string): Document {
  const [first] = found.items;
  return {
    summary: `${plural(found.total, 'quote')}: ${asked}${first ? `. ${speakerName(first)}` : ''}`,
    blocks: [
      heading(`Quotes: ${asked}`),
      ...found.items.map(quoteBlock),
      small(`${plural(found.total, 'quote')} · ${sourcesLine(found.items.map((one) => one.article))}`),
      lastRow(found, page, again),
    ],
  };
}

/** The speaker is only paraphrased: say so first, then show the paraphrases, marked as such. */
function onlyParaphrased(asked: string, found: Found<Quote>, page: number, again: (page: number) => string): Document {
  const [first] = found.items;
  return {
    summary: `No verbatim quote for ${asked} is in the corpus; ${plural(found.total, 'paraphrase')}.`,
    blocks: [
      heading(`Paraphrases: ${asked}`),
      paragraph(
        `No verbatim quote ${first?.speaker ? `by ${speakerName(first)} ` : ''}is in the corpus. These are the articles’ own words for what was said:`,
      ),
      ...found.items.map(quoteBlock),
      small(`${plural(found.total, 'paraphrase')} · ${sourcesLine(found.items.map((one) => one.article))}`),
      lastRow(found, page, again),
    ],
  };
}

/** A statement that is too long to show whole is named, not cut. */
function quoteBlock(one: Quote): Block {
  if (one.text.length <= 1500) return statement(one);
  const words = one.text.split(/\s+/).length;
  return {
    kind: 'statement',
    who: [{ kind: 'strong', text: speakerName(one) }],
    words: [[{ kind: 'text', text: `A ${kindWords(one)} of ${words} words, too long to show whole here.` }]],
    action: run('In context', `/context ${one.receipt.id}`),
  };
}

/** "Back" and "Next", and what is wrong with one of these. */
function lastRow({ items, total }: Found<Quote>, page: number, again: (page: number) => string): Block {
  const shown = items.map(({ receipt }) => receipt.id).join(',');
  return actions(...pager(page, PER_PAGE, total, again), asks.report(shown));
}

/** The name that was found rather than the letters that were typed, where all are of one speaker. */
function titleOf({ items }: Found<Quote>, speaker: string | undefined, topic: string | undefined): string {
  const names = new Set(items.map((one) => one.speaker?.name));
  const [name] = names;
  const who = speaker === undefined ? undefined : names.size === 1 && name !== undefined ? name : speaker;
  return [who, topic].filter(Boolean).join(' · ') || 'newest first';
}
