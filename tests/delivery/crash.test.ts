import { fork } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Briefing } from '../../src/model.ts';
import { addressesOf, openRoom, openServers, posted, type Room, type Servers } from './room.ts';
import type { Work } from './worker.ts';

let servers: Servers;
beforeAll(async () => {
  servers = await openServers();
});
afterAll(() => servers.close());

const SLOT = '2026-11-22T08:00:00.000Z';

/** Runs a worker to its end; resolves with how it ended and how many steps it took when it lived. */
function run(work: Work): Promise<{ killed: boolean; steps: number }> {
  return new Promise((resolve, reject) => {
    const child = fork(new URL('./worker.ts', import.meta.url), {
      env: { ...process.env, WORK: JSON.stringify(work) },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    let steps = 0;
    child.on('message', (message) => {
      if (typeof message === 'object' && message !== null && 'steps' in message) steps = Number(message.steps);
    });
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      if (code === 0 || signal === 'SIGKILL') resolve({ killed: signal === 'SIGKILL', steps });
      else reject(new Error(`the worker ended with ${code ?? signal}`));
    });
  });
}

async function killedAt(platform: 'discord' | 'slack', killAt: number) {
  const room = await openRoom(servers, '2026-11-21T20:00:00.000Z');
  try {
    const briefing = await room.add({ platform, threads: true });
    room.at(SLOT);
    const { [platform]: address } = addressesOf(servers);
    const work = { store: room.path, now: SLOT, startedAt: Date.now(), owner: 'first', leaseMs: 60_000, killAt };
    const end = await run({ ...work, addresses: { [platform]: address } });
    const before = all(briefing);
    await startAgain(room);
    return { ...end, before, after: all(briefing), ledger: await room.store.deliveries(briefing.id, 5) };
  } finally {
    await room.close();
  }
}

/** An hour later, when Discord has forgotten its nonces and every claim has run out. */
async function startAgain(room: Room): Promise<void> {
  servers.discord.advance(3_600_000);
  room.at('2026-11-22T09:00:00.000Z');
  await room.process('second').tick();
}

/** Messages in the channel and in its threads. */
function all(briefing: Briefing): { channel: number; threads: number } {
  const threads =
    briefing.platform === 'discord'
      ? servers.discord.threads(briefing.channel).flatMap(({ messages }) => messages)
      : servers.slack.channel(briefing.channel).messages.filter(({ thread_ts }) => thread_ts !== undefined);
  return { channel: posted(servers, briefing).length, threads: threads.length };
}

describe.each(['discord', 'slack'] as const)('killed between any two steps of a post on %s', (platform) => {
  it('and started again, the message and its thread are there exactly once', { timeout: 180_000 }, async () => {
    const seen = { before: 0, between: 0, after: 0 };
    for (let first = 1; ; first += 2) {
      const ends = await Promise.all([first, first + 1].map((killAt) => killedAt(platform, killAt)));
      for (const { before, after, ledger } of ends) {
        expect(after).toEqual({ channel: 1, threads: 1 });
        expect(ledger.map(({ state }) => state)).toEqual(['delivered']);
        seen[before.channel === 0 ? 'before' : before.threads === 0 ? 'between' : 'after']++;
      }
      if (ends.some(({ killed }) => !killed)) break;
    }
    console.log(
      `${platform}: killed before the message ${seen.before}, before its thread ${seen.between}, after both ${seen.after} times`,
    );
    expect(Math.min(seen.before, seen.between, seen.after)).toBeGreaterThan(1);
  });

  it('while the platform has it and its answer is under way, the message is there exactly once', async () => {
    const room = await openRoom(servers, '2026-11-21T20:00:00.000Z');
    try {
      const briefing = await room.add({ platform });
      room.at(SLOT);
      if (platform === 'discord')
        servers.discord.fault({ method: 'POST', path: new RegExp(briefing.channel), kind: 'hang', times: 1 });
      else servers.slack.fail('chat.postMessage', { afterStoring: true, hangUp: true, times: 1 });
      const { [platform]: address } = addressesOf(servers);
      const work = {
        store: room.path,
        now: SLOT,
        startedAt: Date.now(),
        owner: 'first',
        leaseMs: 60_000,
        forever: true,
      };
      const child = fork(new URL('./worker.ts', import.meta.url), {
        env: { ...process.env, WORK: JSON.stringify({ ...work, addresses: { [platform]: address } }) },
      });
      await servers.discord.waitFor(() => posted(servers, briefing).length > 0, 20_000);
      child.kill('SIGKILL');
      await startAgain(room);
      expect(all(briefing).channel).toBe(1);
      expect((await room.store.deliveries(briefing.id, 5)).map(({ state }) => state)).toEqual(['delivered']);
    } finally {
      await room.close();
    }
  });
});
