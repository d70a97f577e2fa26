import { z } from 'zod';
import { clip } from '../src/command.ts';
import { heading, list, small, strong } from '../src/document.ts';
import { wordsFor } from '../src/language/language.ts';
import { define, option, refuseEmpty, since } from './shared.ts';

export const topics = define({
  name: 'topics',
  summary: 'What the corpus is about',
  shareable: true,
  options: z.object({ since: option.since }),
  async run({ since: from }, caller, services) {
    await refuseEmpty(caller, services);
    const said = wordsFor(caller);
    const sinceAt = since(from, caller, services);
    const found = await services.store.topics({
      tenant: caller.tenant,
      ...(sinceAt ? { since: sinceAt } : {}),
      limit: 15,
    });
    return {
      summary: said.topics.summary(found.map((topic) => topic.label).join(', ')),
      blocks: [
        heading(said.topics.title),
        list(
          found.map((topic) => [
            strong(topic.label),
            topic.also ? said.topics.also(topic.also) : '',
            said.topics.latest(topic.articles, said.dates.day(topic.latestAt)),
          ]),
        ),
        ...(found.length > 0
          ? [
              {
                kind: 'menu',
                placeholder: said.topics.choose,
                choices: found.map((topic) => ({
                  label: clip(topic.label, 90),
                  command: `/brief topic:"${topic.label.replaceAll('"', ' ')}"`,
                })),
              } as const,
            ]
          : []),
        small(said.topics.undated),
      ],
    };
  },
});
