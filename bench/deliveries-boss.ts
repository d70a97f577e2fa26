/** A process of J2's other side: pg-boss, posting the same pages. Started by `deliveries.ts`. */
import PgBoss from 'pg-boss';
import type { Briefing } from '../src/model.ts';
import { type Addresses, openPlatforms, tellingDigest } from '../tests/delivery/room.ts';

export interface BossWork {
  readonly database: string;
  readonly addresses: Addresses;
  readonly slot: string;
  /** Jobs fetched at once by a process. */
  readonly batch: number;
}
/** What the process that plans is told when all are up: jobs for these channels, due then (milliseconds since 1970). */
export interface BossPlan {
  readonly channels: readonly string[];
  readonly dueAt: number;
}

const IN_FLIGHT = 8;
const QUEUE = 'deliveries';

const work = JSON.parse(process.env.BOSS ?? '{}') as BossWork;
process.on('disconnect', () => process.exit());
const { platforms } = await openPlatforms(work.addresses);
const boss = new PgBoss({ connectionString: work.database, max: 10 });
boss.on('error', (error) => console.error(error.message));
await boss.start();
await boss.createQueue(QUEUE);
process.on('message', ({ channels, dueAt }: BossPlan) => {
  const startAfter = new Date(dueAt);
  void boss.insert(channels.map((channel) => ({ name: QUEUE, data: { channel }, startAfter })));
});

// Half a second is the shortest that pg-boss waits between two fetches.
await boss.work<{ channel: string }>(QUEUE, { batchSize: work.batch, pollingIntervalSeconds: 0.5 }, async (jobs) => {
  const waiting = [...jobs];
  const post = async (): Promise<void> => {
    for (let job = waiting.shift(); job; job = waiting.shift()) {
      const { channel } = job.data;
      const name = channel.startsWith('C') ? 'slack' : 'discord';
      const platform = platforms.get(name);
      const briefing = { id: 1, threads: false, locale: 'en' } as Briefing;
      const document = tellingDigest({ briefing, dueAt: work.slot, now: new Date() });
      const [page] = platform?.pages(document, 'en') ?? [];
      const tenant = name === 'slack' ? 'slack:T1' : 'discord:1';
      if (platform && page) await platform.post({ tenant, channel }, page, job.id);
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, post));
});
process.send?.('up');
