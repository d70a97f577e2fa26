import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alertAddress, createAlerts } from '../src/alerts.ts';
import type { Health } from '../src/health.ts';
import { openServers, quietLog, type Servers } from './delivery/room.ts';

let servers: Servers;
beforeAll(async () => {
  servers = await openServers();
});
afterAll(() => servers.close());

describe.each([
  ['discord', '900000000000000777'],
  ['slack', 'C777'],
])('alerts on %s', (platform, channel) => {
  it('tell each trouble once, by however many processes it is seen, and its end', async () => {
    servers.discord.addChannel({ id: '900000000000000777' });
    servers.slack.addChannel({ id: 'C777', name: 'ops' });
    let reasons: readonly string[] = [];
    const check = async (): Promise<Health> => ({ live: true, ready: true, status: 'degraded', reasons });
    const tenant = platform === 'discord' ? `discord:${servers.discord.guild}` : 'slack:T1';
    const to = alertAddress(`${tenant}/${channel}`);
    if (to === undefined) throw new Error('no address');
    const parts = {
      check,
      platforms: servers.platforms,
      to,
      clock: () => new Date('2026-11-22T08:00:00Z'),
      log: quietLog,
    };
    const [one, two] = [createAlerts(parts), createAlerts(parts)];
    const said = () =>
      (platform === 'discord'
        ? servers.discord.channel(channel).messages
        : servers.slack.channel(channel).messages
      ).map((message) => JSON.stringify(message).replaceAll('\\', ''));
    const look = async () => {
      await one.look();
      await two.look();
    };
    reasons = ['discord: a briefing has been due for 6 minutes'];
    await look();
    expect(said()).toEqual([]); // once may be a hiccup
    reasons = ['discord: a briefing has been due for 7 minutes'];
    await look();
    reasons = ['discord: a briefing has been due for 8 minutes'];
    await look();
    expect(said()).toHaveLength(1);
    expect(said()[0]).toContain('a briefing has been due for 7 minutes');
    reasons = [];
    await look();
    await look();
    expect(said()).toHaveLength(2);
    expect(said()[1]).toContain('Over:');
  });
});

it.each(['', 'slack:T1', 'C1', 'slack:T1/C1/x', 'irc:a/b', 'slack:T1/<!channel>'])('refuses the address %j', (text) => {
  expect(alertAddress(text)).toBeUndefined();
});
