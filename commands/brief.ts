import { z } from 'zod';
import { composeBrief, composeOverview } from '../digests/brief.ts';
import { AskError } from '../src/command.ts';
import { wordsFor } from '../src/language/language.ts';
import type { StoryCoverage } from '../src/model.ts';
import { completeTopic, define, option, refuseEmpty, since, topicMiss } from './shared.ts';

/** How far back `/brief` alone looks before it gives the newest there is. */
const DAY_MS = 24 * 3_600_000;

export const brief = define({
  name: 'brief',
  summary: 'A short brief of a topic: what happened, who said what. Alone: the day',
  shareable: true,
  options: z.object({ topic: option.topic, since: option.since }),
  complete: { topic: completeTopic },
  async run({ topic, since: from }, caller, services) {
    await refuseEmpty(caller, services);
    const said = wordsFor(caller);
    const now = services.now();
    const sinceAt = since(from, caller, services);
    const storyId = /^#(\d{1,15})$/.exec(topic ?? '')?.[1];
    const query = { tenant: caller.tenant, now: now.toISOString(), ...(sinceAt ? { since: sinceAt } : {}) };

    if (topic === undefined) {
      const day = sinceAt ?? new Date(now.getTime() - DAY_MS).toISOString();
      const today = await services.store.coverage({ ...query, since: day, stories: 5 });
      if (today.stories.length > 0) {
        // When an undated article was read says nothing of when it happened.
        const lately = today.stories.some(isDated) ? said.brief.lastDay : said.brief.newest;
        return composeOverview(today, sinceAt ? said.brief.since(from ?? '') : lately, said);
      }
      const newest = await services.store.coverage({ tenant: caller.tenant, now: now.toISOString(), stories: 5 });
      return composeOverview(newest, sinceAt ? said.brief.nothingSince(from ?? '') : said.brief.newest, said);
    }

    const found = await services.store.coverage(
      storyId ? { ...query, storyId: Number(storyId), stories: 1 } : { ...query, topic, stories: 5 },
    );
    const [first, ...rest] = found.stories;
    if (!first) throw new AskError(await topicMiss(topic, 'brief', caller, services, from));
    const stories: readonly [StoryCoverage, ...StoryCoverage[]] = [first, ...rest];
    return composeBrief({ ...found, stories }, said);
  },
});

const isDated = ({ story }: StoryCoverage): boolean => story.articles.some(({ date }) => date.state === 'stated');
