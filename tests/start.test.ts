import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'pullquote-start-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.runIf(process.platform === 'linux')('begins again with two heaps for its threads, as the same process', async () => {
  const { MALLOC_ARENA_MAX: _, ...env } = process.env;
  const flag = '--max-semi-space-size=4';
  const bot = spawn(process.execPath, [flag, 'src/pullquote.mjs', 'start'], {
    env: { ...env, DATA_DIR: folder, TIMEZONE: 'UTC' },
  });
  let said = '';
  for (const stream of [bot.stdout, bot.stderr]) stream.on('data', (chunk) => (said += chunk));
  const of = (what: string) => readFileSync(`/proc/${bot.pid}/${what}`, 'utf8').split('\0');
  await vi.waitFor(() => expect(of('environ')).toContain('MALLOC_ARENA_MAX=2'), { timeout: 20_000 });
  expect(of('environ')).toContain('MALLOC_TRIM_THRESHOLD_=1000000');
  expect(of('cmdline')).toContain(flag);
  bot.stdin.end('/brief cartels\n');
  expect(await once(bot, 'exit')).toEqual([0, null]);
  expect(said).toContain('cartels');
  expect(said).not.toContain('Warning');
});

it.runIf(process.platform === 'linux')('so does a long import', async () => {
  const { MALLOC_ARENA_MAX: _, ...env } = process.env;
  const bot = spawn(process.execPath, ['src/pullquote.mjs', 'import', 'seeds'], {
    env: { ...env, DATA_DIR: join(folder, 'imported') },
  });
  const ended = once(bot, 'exit');
  const environment = () => readFileSync(`/proc/${bot.pid}/environ`, 'utf8').split('\0');
  await vi.waitFor(() => expect(environment()).toContain('MALLOC_ARENA_MAX=2'), { timeout: 20_000, interval: 10 });
  expect(await ended).toEqual([0, null]);
});

it('keeps what it compiled although it is killed: its next start has no types to strip', async () => {
  const compiled = join(folder, 'compiled');
  const bot = spawn(process.execPath, ['src/pullquote.mjs', 'start'], {
    env: { ...process.env, DATA_DIR: folder, TIMEZONE: 'UTC', NODE_COMPILE_CACHE: compiled, MALLOC_ARENA_MAX: '2' },
  });
  let said = '';
  bot.stdout.on('data', (chunk) => (said += chunk));
  bot.stdin.write('/brief cartels\n');
  await vi.waitFor(() => expect(said).toContain('cartels'), { timeout: 20_000 });
  bot.kill('SIGKILL');
  expect(await once(bot, 'exit')).toEqual([null, 'SIGKILL']);
  expect(readdirSync(compiled, { recursive: true }).length).toBeGreaterThan(200);
});
