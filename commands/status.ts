import { z } from 'zod';
import type { Phrase } from '../src/document.ts';
import { actions, heading, list, paragraph, run, small, strong, text, time } from '../src/document.ts';
import { wordsFor } from '../src/language/language.ts';
import { define } from './shared.ts';

export const status = define({
  name: 'status',
  summary: 'Is the bot well: corpus, next briefings, last results. With why: what went wrong',
  options: z.object({
    why: z.boolean().default(false).describe('Show what could not be read or posted, and why').meta({ example: 'yes' }),
  }),
  async run({ why }, caller, { store, now, corpus, briefings, platforms, zone }) {
    const said = wordsFor(caller);
    const stats = await store.stats(caller.tenant);
    const mine = await store.briefings({ tenant: caller.tenant });
    const active = mine.filter((one) => one.state === 'active');
    const coming = active
      .flatMap((one) => briefings.nextSlots(one, 3).map((at) => ({ at, one })))
      .sort((a, b) => a.at.localeCompare(b.at))
      .slice(0, 3);
    const tick = briefings.lastTick();
    const lines: Phrase[] = [
      [strong(said.status.corpus), said.status.holds(stats, corpus.loading())],
      [
        strong(said.status.platforms),
        ` ${[...platforms.values()].map((platform) => `${platform.name}: ${said.reason(platform.state())}`).join(' · ')}`,
      ],
      [strong(said.status.briefings), said.status.active(active.length, mine.length - active.length)],
      ...coming.map(({ at, one }) =>
        said.status.next(one.id, one.channelName ?? one.channel, time(at, 'datetime', one.zone)),
      ),
      [
        strong(said.status.clock),
        ...(tick ? [said.status.lastTick, time(tick, 'relative', zone)] : [said.status.notTicking]),
      ],
      ...(stats.problems > 0 && !why ? [[strong(said.status.notRead), ` ${said.count.files(stats.problems)}`]] : []),
    ];
    const reasons = why ? await problems() : [];
    return {
      summary: [
        said.count.articles(stats.articles),
        said.count.activeBriefings(active.length),
        ...(stats.problems > 0 ? [said.count.problems(stats.problems)] : []),
      ].join(', '),
      blocks: [
        heading(said.status.title),
        list(lines),
        ...reasons,
        ...(stats.problems > 0 && !why ? [actions(run(said.status.whatWentWrong, '/status why:yes'))] : []),
        small(...said.parts.asOf(time(now().toISOString(), 'datetime', caller.zone ?? zone))),
      ],
    };

    async function problems() {
      const failing = (await store.sources(caller.tenant)).filter((source) => source.state === 'failing');
      const named = new Set(failing.map(({ address }) => address));
      // A source that fails is a problem too: told once, where its next try is known.
      const unread = (await store.problems(caller.tenant, 10 + named.size)).filter(({ origin }) => !named.has(origin));
      const failed = mine.filter((one) => one.state !== 'active');
      const results = await Promise.all(mine.slice(0, 10).map((one) => store.deliveries(one.id, 1)));
      const bad = results.flat().filter((delivery) => delivery.state === 'failed' || delivery.state === 'uncertain');
      const reported = await store.reports({ tenant: caller.tenant, limit: 10 });
      const all = [
        ...unread.slice(0, 10).map((one) => [strong(one.origin), text(`: ${said.reason(one.reason)}`)]),
        ...failing
          .slice(0, 10)
          .map((one) => [
            strong(one.title ?? one.address),
            text(
              `: ${one.reason ? said.reason(one.reason) : said.status.failing} (${said.count.failures(one.failures)})`,
            ),
            ...(one.nextAt ? [text(said.sources.nextTry), time(one.nextAt, 'relative', caller.zone ?? zone)] : []),
          ]),
        ...failed.map((one) => [
          strong(said.status.briefing(one.id)),
          text(`: ${said.schedule.state[one.state]}${one.reason ? `, ${said.reason(one.reason)}` : ''}`),
        ]),
        ...bad.map((one) => [
          strong(one.key),
          text(`: ${said.schedule.result[one.state]}, ${said.reason(one.outcome ?? '')}`),
        ]),
        ...reported.map((one) => [
          strong(said.report.reported(said.report.wrong[one.wrong])),
          text(
            ` ${one.about}${one.times > 1 ? `, ${said.report.times(one.times)}` : ''}${one.note && caller.canManage ? `, ${one.note}` : ''} · `,
          ),
          time(one.lastAt, 'date', caller.zone ?? zone),
        ]),
      ];
      return all.length > 0
        ? [paragraph(strong(said.status.whatWentWrong)), list(all)]
        : [paragraph(said.status.nothingWrong)];
    }
  },
});
