import { z } from 'zod';
import { asks, reactionLine, sourcesLine } from '../digests/parts.ts';
import { AskError, commandText } from '../src/command.ts';
import type { Block } from '../src/document.ts';
import { actions, heading, paragraph, small, strong } from '../src/document.ts';
import type { Reaction, Stance } from '../src/model.ts';
import { completeTopic, define, option, pager, plural, refuseEmpty, since, topicMiss } from './shared.ts';

const PER_PAGE = 12;
const GROUPS: readonly (readonly [Stance, string])[] = [
  ['support', 'For'],
  ['oppose', 'Against'],
  ['concern', 'Concerned'],
  ['neutral', 'Comment'],
];

export const reactions = define({
  name: 'reactions',
  summary: 'Who reacted, for or against, and the words it was read from',
  shareable: true,
  options: z.object({ topic: option.topic, since: option.since, page: option.page }),
  complete: { topic: completeTopic },
  async run({ topic, since: from, page }, caller, services) {
    await refuseEmpty(caller.tenant, services);
    const sinceAt = since(from, caller, services);
    const found = await services.store.findReactions({
      tenant: caller.tenant,
      ...(topic ? { topic } : {}),
      ...(sinceAt ? { since: sinceAt } : {}),
      offset: (page - 1) * PER_PAGE,
      limit: PER_PAGE,
    });
    if (found.total === 0) {
      if (topic) throw new AskError(await topicMiss(topic, 'reactions', caller, services));
      return { summary: 'No reactions found.', blocks: [paragraph('No reactions are in the corpus for that time.')] };
    }
    const about = topic ?? 'newest first';
    const row = pager(page, PER_PAGE, found.total, (n) => commandText('reactions', { topic, since: from, page: n }));
    return {
      summary: `${plural(found.total, 'reaction')}: ${about}`,
      blocks: [
        heading(`Reactions: ${about}`),
        ...GROUPS.flatMap(([stance, title]) =>
          group(
            title,
            found.items.filter((one) => one.stance === stance),
          ),
        ),
        small(
          `${plural(found.total, 'reaction')} · stance as read from the article’s words · ${sourcesLine(found.items.map((one) => one.article))}`,
        ),
        actions(
          ...row,
          asks.report(
            topic ??
              found.items
                .flatMap(({ receipts }) => receipts.slice(0, 1))
                .slice(0, 6)
                .join(','),
          ),
        ),
      ],
    };
  },
});

function group(title: string, items: readonly Reaction[]): Block[] {
  if (items.length === 0) return [];
  return [
    paragraph(strong(`${title} (${items.length})`)),
    { kind: 'list', items: items.map((item) => reactionLine(item)) },
  ];
}
