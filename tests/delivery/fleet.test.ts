import { afterAll, beforeAll, expect, it } from 'vitest';
import { storm } from './fleet.ts';
import { openRoom, openServers, type Servers } from './room.ts';

let servers: Servers;
beforeAll(async () => {
  servers = await openServers();
});
afterAll(() => servers.close());

// The full size, with both engines, is `bench/deliveries.ts`.
it('three processes on one file, killed at random: everything is posted, nothing twice', {
  timeout: 90_000,
}, async () => {
  const room = await openRoom(servers, '2026-11-21T20:00:00.000Z');
  try {
    const result = await storm({
      servers,
      store: room.store,
      where: room.path,
      briefings: 240,
      processes: 3,
      // Few at once in each process, so that the work outlasts some kills.
      width: 1,
      killEveryMs: 150,
      mostKills: 6,
      seed: 1,
      leaseMs: 1500,
      timeoutMs: 80_000,
    });
    console.log(JSON.stringify(result));
    expect(result).toMatchObject({ delivered: 240, lost: 0, unfinished: 0, doubled: 0, uncertain: 0 });
    expect(result.kills).toBeGreaterThan(0);
  } finally {
    await room.close();
  }
});
