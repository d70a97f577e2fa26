import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkHealth, type HealthParts, serveHealth } from '../src/health.ts';
import { createMetrics, serveMetrics } from '../src/metrics.ts';
import { createHttpServer } from '../src/platforms/http.ts';
import type { Platform } from '../src/platforms/platform.ts';
import { openTerminal } from '../src/platforms/terminal/terminal.ts';
import { openSqlite } from '../src/store/sqlite.ts';
import type { Store } from '../src/store/store.ts';
import { quietLog } from './delivery/room.ts';

let folder: string;
let store: Store;
const now = new Date('2026-11-22T08:10:00.000Z');
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pullquote-health-'));
  store = await openSqlite(join(folder, 'store.db'));
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

/** The terminal as a platform whose connection is what the test says. */
function platform(state: string): Platform {
  const terminal = openTerminal({
    input: new PassThrough(),
    output: new PassThrough(),
    zone: 'UTC',
    user: 'you',
    ended() {},
  });
  return { ...terminal, name: 'slack', state: () => state };
}
const parts = (more: Partial<HealthParts> = {}): HealthParts => ({
  store,
  platforms: new Map([['slack', platform('connected')]]),
  lastTick: () => '2026-11-22T08:09:58.000Z',
  clock: () => now,
  dataDir: folder,
  ...more,
});

const briefing = {
  tenant: 'slack:T1',
  platform: 'slack',
  channel: 'C1',
  owner: 'U1',
  kind: 'daily',
  times: 'daily 08:00',
  zone: 'UTC',
  catchUp: 'late',
  onlyNew: false,
  threads: false,
  locale: 'en',
  state: 'active',
  createdAt: '2026-11-21T08:00:00.000Z',
  settledTo: '2026-11-21T08:00:00.000Z',
} as const;

describe('health', () => {
  it('is ok when everything works', async () => {
    expect(await checkHealth(parts())).toEqual({ live: true, ready: true, status: 'ok', reasons: [] });
  });

  it('says which platform is away, and is ready while one is there', async () => {
    const away = platform('cannot reach Slack; trying again');
    const both = new Map([
      ['slack', away],
      ['discord', platform('connected')],
    ]);
    expect(await checkHealth(parts({ platforms: both }))).toMatchObject({
      status: 'degraded',
      ready: true,
      reasons: ['slack: cannot reach Slack; trying again'],
    });
    expect(await checkHealth(parts({ platforms: new Map([['slack', away]]) }))).toMatchObject({
      status: 'down',
      live: true,
    });
  });

  it('says how late a briefing is', async () => {
    await store.addBriefing({ ...briefing, nextAt: '2026-11-22T08:00:00.000Z' });
    expect((await checkHealth(parts())).reasons).toEqual(['slack: a briefing has been due for 10 minutes']);
    expect((await checkHealth(parts({ clock: () => new Date('2026-11-22T08:04:00.000Z') }))).status).toBe('ok');
  });

  it('is down when the database is closed, and not live when the tick has stopped', async () => {
    await store.close();
    const health = await checkHealth(parts({ lastTick: () => '2026-11-22T08:00:00.000Z' }));
    expect(health).toMatchObject({ live: false, ready: false, status: 'down' });
    expect(health.reasons).toEqual([
      expect.stringContaining('expected a look at what is due each minute'),
      expect.stringContaining('database: '),
    ]);
    store = await openSqlite(join(folder, 'store.db'));
  });

  it('answers by HTTP with 200, with 503, and with metrics that Prometheus reads', async () => {
    const http = createHttpServer({ host: '127.0.0.1', port: 0 });
    const platforms = parts().platforms;
    await store.addBriefing({ ...briefing, nextAt: '2026-11-22T08:00:00.000Z' });
    const metrics = createMetrics({ store, platforms, depth: () => new Map([['slack', 7]]), clock: () => now });
    metrics.briefing({ kind: 'settled', platform: 'slack', state: 'delivered', lagMs: 1500 });
    metrics.briefing({ kind: 'settled', platform: 'slack', state: 'failed', lagMs: 0 });
    metrics.briefing({ kind: 'later', platform: 'slack' });
    metrics.briefing({ kind: 'limited', platform: 'slack' });
    metrics.withheld(2);
    metrics.analysed(12);
    metrics.answered('brief', 40);
    let tick = '2026-11-22T08:09:58.000Z';
    serveHealth(http, parts({ lastTick: () => tick }));
    serveMetrics(http, metrics, quietLog);
    await http.start();
    const base = `http://127.0.0.1:${http.port}`;
    try {
      const well = await fetch(`${base}/healthz`);
      expect([well.status, ((await well.json()) as { status: string }).status]).toEqual([200, 'degraded']);
      const text = await (await fetch(`${base}/metrics`)).text();
      for (const line of [
        'pullquote_deliveries_total{platform="slack",state="delivered"} 1',
        'pullquote_deliveries_total{platform="slack",state="failed"} 1',
        'pullquote_delivery_lag_seconds_bucket{le="2",platform="slack"} 1',
        'pullquote_deliveries_put_off_total{platform="slack"} 1',
        'pullquote_rate_limited_total{platform="slack"} 1',
        'pullquote_passages_withheld_total 2',
        'pullquote_queue_depth{platform="slack"} 7',
        'pullquote_due_lag_seconds{platform="slack"} 600',
        'pullquote_platform_connected{platform="slack"} 1',
        'pullquote_answer_seconds_count{command="brief"} 1',
        'pullquote_analysis_seconds_count 1',
      ])
        expect(text).toContain(line);
      tick = '2026-11-22T07:00:00.000Z';
      await new Promise((resolve) => setTimeout(resolve, 1100));
      expect((await fetch(`${base}/healthz/live`)).status).toBe(503);
      expect((await fetch(`${base}/healthz/ready`)).status).toBe(503);
    } finally {
      await http.stop();
    }
  });
});
