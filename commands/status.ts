import { z } from 'zod';
import type { Inline } from '../src/document.ts';
import { actions, heading, list, paragraph, run, small, strong, text, time } from '../src/document.ts';
import { WRONG_WORD } from './report.ts';
import { define, plural } from './shared.ts';

export const status = define({
  name: 'status',
  summary: 'Is the bot well: corpus, next briefings, last results. With why: what went wrong',
  options: z.object({
    why: z.boolean().default(false).describe('Show what could not be read or posted, and why').meta({ example: 'yes' }),
  }),
  async run({ why }, caller, { store, now, corpus, briefings, platforms, zone }) {
    const stats = await store.stats(caller.tenant);
    const mine = await store.briefings({ tenant: caller.tenant });
    const active = mine.filter((one) => one.state === 'active');
    const coming = active
      .flatMap((one) => briefings.nextSlots(one, 3).map((at) => ({ at, one })))
      .sort((a, b) => a.at.localeCompare(b.at))
      .slice(0, 3);
    const tick = briefings.lastTick();
    const lines: (readonly (string | Inline)[])[] = [
      [
        strong('Corpus'),
        ` ${corpus.loading() ? 'being read; ' : ''}${plural(stats.articles, 'article')}, ${plural(stats.quotes, 'quote')}, ${plural(stats.paraphrases, 'paraphrase')}, ${plural(stats.speakers, 'speaker')}, ${plural(stats.stories, 'story', 'stories')}`,
      ],
      [
        strong('Platforms'),
        ` ${[...platforms.values()].map((platform) => `${platform.name}: ${platform.state()}`).join(' · ')}`,
      ],
      [
        strong('Briefings'),
        ` ${active.length} active${mine.length > active.length ? `, ${mine.length - active.length} paused or failed` : ''}`,
      ],
      ...coming.map(({ at, one }) => [
        `next: #${one.id} to ${one.channelName ?? one.channel}, `,
        time(at, 'datetime', one.zone),
      ]),
      [strong('Clock'), tick ? ' last tick ' : ' not ticking yet', ...(tick ? [time(tick, 'relative', zone)] : [])],
      ...(stats.problems > 0 && !why
        ? [[strong('Not read'), ` ${plural(stats.problems, 'file or feed', 'files or feeds')}`]]
        : []),
    ];
    const reasons = why ? await problems() : [];
    return {
      summary: `${plural(stats.articles, 'article')}, ${plural(active.length, 'active briefing')}${stats.problems > 0 ? `, ${plural(stats.problems, 'problem')}` : ''}`,
      blocks: [
        heading('Status'),
        list(lines),
        ...reasons,
        ...(stats.problems > 0 && !why ? [actions(run('What went wrong', '/status why:yes'))] : []),
        small('as of ', time(now().toISOString(), 'datetime', caller.zone ?? zone)),
      ],
    };

    async function problems() {
      const unread = await store.problems(caller.tenant, 10);
      const failing = (await store.sources(caller.tenant)).filter((source) => source.state === 'failing');
      const failed = mine.filter((one) => one.state !== 'active');
      const results = await Promise.all(mine.slice(0, 10).map((one) => store.deliveries(one.id, 1)));
      const bad = results.flat().filter((delivery) => delivery.state === 'failed' || delivery.state === 'uncertain');
      const reported = await store.reports({ tenant: caller.tenant, limit: 10 });
      const all = [
        ...unread.map((one) => [strong(one.origin), text(`: ${one.reason}`)]),
        ...failing.map((one) => [
          strong(one.title ?? one.address),
          text(`: ${one.reason ?? 'failing'} (${plural(one.failures, 'failure')})`),
        ]),
        ...failed.map((one) => [
          strong(`Briefing #${one.id}`),
          text(`: ${one.state}${one.reason ? `, ${one.reason}` : ''}`),
        ]),
        ...reported.map((one) => [
          strong(`Reported: ${WRONG_WORD[one.wrong].toLowerCase()}`),
          text(
            ` ${one.about}${one.times > 1 ? `, ${one.times} times` : ''}${one.note && caller.canManage ? `, ${one.note}` : ''} · `,
          ),
          time(one.lastAt, 'date', caller.zone ?? zone),
        ]),
        ...bad.map((one) => [strong(one.key), text(`: ${one.state}, ${one.outcome ?? ''}`)]),
      ];
      return all.length > 0
        ? [paragraph(strong('What went wrong')), list(all)]
        : [paragraph('Nothing went wrong that the bot knows of.')];
    }
  },
});
