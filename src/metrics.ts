/** What the bot counts of itself, for Prometheus: `GET /metrics`. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { BriefingEvent } from './briefing.ts';
import { oldestDueSeconds } from './health.ts';
import type { Log } from './log.ts';
import type { HttpServer } from './platforms/http.ts';
import type { Platform } from './platforms/platform.ts';
import type { Store } from './store/store.ts';

export interface Metrics {
  /** For `createBriefings({ on })`. */
  briefing(event: BriefingEvent): void;
  /** Passages that the quote gate kept back. */
  withheld(count: number): void;
  /** One article was analysed. */
  analysed(ms: number): void;
  /** One command was answered. */
  answered(command: string, ms: number): void;
  /** Text in Prometheus' exposition format. */
  text(): Promise<string>;
  readonly contentType: string;
}

export interface MetricsParts {
  readonly store: Pick<Store, 'dueBriefings' | 'openDeliveries'>;
  readonly platforms: ReadonlyMap<string, Platform>;
  readonly depth: () => ReadonlyMap<string, number>;
  readonly clock: () => Date;
}

/** Seconds; a slot is on time within five minutes. */
const LAG_BUCKETS = [1, 2, 5, 10, 30, 60, 120, 300, 900, 3600, 21_600, 86_400];
const ANALYSIS_BUCKETS = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10];
/** Both platforms want an answer within 3 s. */
const ANSWER_BUCKETS = [0.01, 0.03, 0.1, 0.2, 0.5, 1, 2, 3, 10];

export function createMetrics({ store, platforms, depth, clock }: MetricsParts): Metrics {
  const registers = [new Registry()] as [Registry];
  const [registry] = registers;
  collectDefaultMetrics({ register: registry });
  const deliveries = new Counter({
    name: 'pullquote_deliveries_total',
    help: 'Editions by how they ended: delivered, skipped, failed, uncertain.',
    labelNames: ['platform', 'state'],
    registers,
  });
  const lag = new Histogram({
    name: 'pullquote_delivery_lag_seconds',
    help: 'From the time an edition was due to the time it was posted.',
    labelNames: ['platform'],
    buckets: LAG_BUCKETS,
    registers,
  });
  const putOff = new Counter({
    name: 'pullquote_deliveries_put_off_total',
    help: 'Editions that could not be posted now and will be tried again.',
    labelNames: ['platform'],
    registers,
  });
  const limited = new Counter({
    name: 'pullquote_rate_limited_total',
    help: 'Posts that the platform asked to wait with.',
    labelNames: ['platform'],
    registers,
  });
  const withheld = new Counter({
    name: 'pullquote_passages_withheld_total',
    help: 'Quotes and excerpts that did not match the stored source and were not shown.',
    registers,
  });
  const analysis = new Histogram({
    name: 'pullquote_analysis_seconds',
    help: 'Time to analyse one article.',
    buckets: ANALYSIS_BUCKETS,
    registers,
  });
  const answers = new Histogram({
    name: 'pullquote_answer_seconds',
    help: 'Time to answer a command.',
    labelNames: ['command'],
    buckets: ANSWER_BUCKETS,
    registers,
  });
  new Gauge({
    name: 'pullquote_queue_depth',
    help: 'Briefings read as due here and not yet done.',
    labelNames: ['platform'],
    registers,
    collect() {
      for (const [platform, count] of depth()) this.set({ platform }, count);
    },
  });
  new Gauge({
    name: 'pullquote_due_lag_seconds',
    help: 'How long the oldest due edition has been waiting; 0 when nothing is due.',
    labelNames: ['platform'],
    registers,
    async collect() {
      for (const platform of platforms.keys()) this.set({ platform }, await oldestDueSeconds(store, platform, clock()));
    },
  });
  new Gauge({
    name: 'pullquote_platform_connected',
    help: '1 when the platform is connected.',
    labelNames: ['platform'],
    registers,
    collect() {
      for (const [platform, { state }] of platforms) this.set({ platform }, state() === 'connected' ? 1 : 0);
    },
  });

  return {
    briefing(event) {
      const { platform } = event;
      switch (event.kind) {
        case 'settled':
          deliveries.inc({ platform, state: event.state });
          if (event.state === 'delivered') lag.observe({ platform }, Math.max(0, event.lagMs / 1000));
          break;
        case 'later':
          putOff.inc({ platform });
          break;
        case 'limited':
          limited.inc({ platform });
          break;
      }
    },
    withheld: (count) => withheld.inc(count),
    analysed: (ms) => analysis.observe(ms / 1000),
    answered: (command, ms) => answers.observe({ command }, ms / 1000),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}

/** Serves `GET /metrics`. */
export function serveMetrics(http: HttpServer, metrics: Metrics, log: Log): void {
  http.route('GET', '/metrics', async () => {
    try {
      return { status: 200, headers: { 'content-type': metrics.contentType }, body: await metrics.text() };
    } catch (cause) {
      log.warn({ err: cause }, 'metrics: the database could not be asked');
      return { status: 503, body: 'the database could not be asked\n' };
    }
  });
}
