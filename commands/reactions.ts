import { z } from 'zod';
import { asks, reactionLine, sourcesLine } from '../digests/parts.ts';
import { understoodBlocks } from '../digests/understood.ts';
import { AskError, commandText } from '../src/command.ts';
import type { Block } from '../src/document.ts';
import { actions, heading, paragraph, small, strong } from '../src/document.ts';
import { type Words, wordsFor } from '../src/language/language.ts';
import type { Reaction, Stance } from '../src/model.ts';
import { answering, define, option, pager, refuseEmpty, since, topicMiss } from './shared.ts';

const PER_PAGE = 12;
const GROUPS: readonly Stance[] = ['support', 'oppose', 'concern', 'neutral'];

export const reactions = define({
  name: 'reactions',
  summary: 'Who reacted, for or against, and the words it was read from',
  shareable: true,
  options: z.object({ topic: option.topic, since: option.since, page: option.page }),
  complete: {
    async topic(typed, caller, { store }) {
      const found = await store.topics({ tenant: caller.tenant, like: typed, limit: 25 });
      const labels = found.map(({ label }) => label);
      return answering(labels, async (topic) => {
        const { total } = await store.findReactions({ tenant: caller.tenant, topic, limit: 1 });
        return total > 0 ? wordsFor(caller).count.reactions(total) : undefined;
      });
    },
  },
  async run({ topic, since: from, page }, caller, services) {
    await refuseEmpty(caller, services);
    const said = wordsFor(caller);
    const sinceAt = since(from, caller, services);
    const found = await services.store.findReactions({
      tenant: caller.tenant,
      ...(topic ? { topic } : {}),
      ...(sinceAt ? { since: sinceAt } : {}),
      offset: (page - 1) * PER_PAGE,
      limit: PER_PAGE,
    });
    if (found.total === 0) {
      if (topic) throw new AskError(await topicMiss(topic, 'reactions', caller, services, from));
      return { summary: said.reactions.none, blocks: [paragraph(said.reactions.noneThen)] };
    }
    const articles = found.items.map((one) => one.article);
    const receipts = found.items.flatMap((one) => one.receipts.slice(0, 1)).slice(0, 6);
    const about = topic ?? said.quote.newestFirst;
    const again = (n: number) => commandText('reactions', { topic, since: from, page: n });
    const row = pager(page, PER_PAGE, found.total, again, said);
    return {
      summary: `${said.count.reactions(found.total)}: ${about}`,
      blocks: [
        heading(said.reactions.title(about)),
        ...understoodBlocks(found.understood, topic, said),
        ...GROUPS.flatMap((stance) => group(stance, found.items, said)),
        small(`${said.count.reactions(found.total)} · ${said.reactions.readFrom} · ${sourcesLine(articles, said)}`),
        actions(...row, asks.report(topic ?? receipts.join(','), said)),
      ],
    };
  },
});

function group(stance: Stance, all: readonly Reaction[], said: Words): Block[] {
  const items = all.filter((one) => one.stance === stance);
  if (items.length === 0) return [];
  return [
    paragraph(strong(`${said.reactions.group[stance]} (${items.length})`)),
    { kind: 'list', items: items.map((item) => reactionLine(said, item)) },
  ];
}
