import { z } from 'zod';
import { dayName } from '../digests/dates.ts';
import { clip } from '../src/command.ts';
import { heading, list, small, strong } from '../src/document.ts';
import { define, option, plural, refuseEmpty, since } from './shared.ts';

export const topics = define({
  name: 'topics',
  summary: 'What the corpus is about',
  shareable: true,
  options: z.object({ since: option.since }),
  async run({ since: from }, caller, services) {
    await refuseEmpty(caller.tenant, services);
    const sinceAt = since(from, caller, services);
    const found = await services.store.topics({
      tenant: caller.tenant,
      ...(sinceAt ? { since: sinceAt } : {}),
      limit: 15,
    });
    return {
      summary: `Topics: ${found.map((topic) => topic.label).join(', ')}`,
      blocks: [
        heading('Topics'),
        list(
          found.map((topic) => [
            strong(topic.label),
            ` — ${plural(topic.articles, 'article')}, latest ${dayName(topic.latestAt)}`,
          ]),
        ),
        ...(found.length > 0
          ? [
              {
                kind: 'menu',
                placeholder: 'Brief a topic',
                choices: found.map((topic) => ({
                  label: clip(topic.label, 90),
                  command: `/brief topic:"${topic.label.replaceAll('"', ' ')}"`,
                })),
              } as const,
            ]
          : []),
        small('Undated articles count by the day they were read.'),
      ],
    };
  },
});
