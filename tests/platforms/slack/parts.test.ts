import { describe, expect, it, vi } from 'vitest';
import { PlatformError } from '../../../src/platforms/platform.ts';
import { createCache, createSeen } from '../../../src/platforms/slack/memory.ts';
import { createPace } from '../../../src/platforms/slack/pace.ts';
import { createSeal } from '../../../src/platforms/slack/seal.ts';
import { plainWords, withoutMention } from '../../../src/platforms/slack/words.ts';

describe('seal', () => {
  const seal = createSeal('a long secret of the operator');
  it('gives back what it closed, and shows nothing of it', () => {
    const closed = seal.close('xoxb-token', 'slack:T1');
    expect(closed).not.toContain('xoxb');
    expect(seal.close('xoxb-token', 'slack:T1')).not.toBe(closed);
    expect(seal.open(closed, 'slack:T1')).toBe('xoxb-token');
  });
  it('does not open for another owner, with another secret, or changed', () => {
    const closed = seal.close('xoxb-token', 'slack:T1');
    expect(() => seal.open(closed, 'slack:T2')).toThrow();
    expect(() => createSeal('another secret of the operator').open(closed, 'slack:T1')).toThrow();
    const parts = closed.split('.');
    for (const part of [1, 2, 3]) {
      const bytes = Buffer.from(parts[part] ?? '', 'base64url');
      bytes[0] = (bytes[0] ?? 0) ^ 1;
      expect(() => seal.open(parts.with(part, bytes.toString('base64url')).join('.'), 'slack:T1')).toThrow();
    }
    expect(() => seal.open(parts.with(2, (parts[2] ?? '').slice(0, 6)).join('.'), 'slack:T1')).toThrow('not readable');
    expect(() => seal.open('', 'slack:T1')).toThrow('not readable');
  });
});

describe('seen', () => {
  it('is true once, and forgets the oldest first', () => {
    const firstTime = createSeen(2);
    expect([firstTime('a'), firstTime('a'), firstTime('b'), firstTime('c')]).toEqual([true, false, true, true]);
    expect([firstTime('c'), firstTime('a')]).toEqual([false, true]);
  });
});

describe('cache', () => {
  it('loads once for all who ask together, again after a failure and after a while', async () => {
    const load = vi.fn(async (key: string) => {
      if (load.mock.calls.length === 1) throw new Error('first');
      return key.toUpperCase();
    });
    const cache = createCache(load, { keepMs: 30, most: 2 });
    await expect(cache.get('a')).rejects.toThrow('first');
    expect(await Promise.all([cache.get('a'), cache.get('a')])).toEqual(['A', 'A']);
    expect(load).toHaveBeenCalledTimes(2);
    await new Promise((resolve) => setTimeout(resolve, 40));
    await cache.get('a');
    expect(load).toHaveBeenCalledTimes(3);
    await cache.get('b');
    await cache.get('c'); // pushes a out
    await cache.get('a');
    expect(load).toHaveBeenCalledTimes(6);
    cache.forget('a');
    await cache.get('a');
    expect(load).toHaveBeenCalledTimes(7);
  });
});

describe('pace', () => {
  const way = (channel: string, team = 'T1') => ({ team, channel });

  it('keeps order in a channel, goes on after a failure, and lets other channels pass', async () => {
    const pace = createPace({ channel: { everyMs: 40, burst: 2 }, signal: new AbortController().signal });
    const log: string[] = [];
    const began = performance.now();
    const results = await Promise.allSettled([
      ...[1, 2, 3, 4].map((n) =>
        pace.run(way('a'), async () => {
          log.push(`a${n}`);
          if (n === 2) throw new Error('second');
        }),
      ),
      pace.run(way('b'), async () => void log.push('b1')),
    ]);
    expect(results.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
      'fulfilled',
      'fulfilled',
    ]);
    expect(log.filter((one) => one.startsWith('a'))).toEqual(['a1', 'a2', 'a3', 'a4']);
    expect(log.indexOf('b1')).toBeLessThan(log.indexOf('a3'));
    expect(performance.now() - began).toBeGreaterThan(70);
  });
  it('keeps a workspace to its rate over all its channels, and lets answers to people and other workspaces pass', async () => {
    const pace = createPace({ workspace: { everyMs: 50, burst: 2 }, signal: new AbortController().signal });
    const at = new Map<string, number>();
    const began = performance.now();
    const note = (name: string) => async () => void at.set(name, performance.now() - began);
    await Promise.all([
      ...['a', 'b', 'c', 'd'].map((channel) => pace.run(way(channel), note(channel))),
      pace.run({ ...way('e'), urgent: true }, note('person')),
      pace.run(way('a', 'T2'), note('other')),
    ]);
    expect(at.get('c')).toBeGreaterThan(45);
    expect(at.get('d')).toBeGreaterThan(95);
    expect(at.get('person')).toBeLessThan(45);
    expect(at.get('other')).toBeLessThan(45);
  });
  it('holds the other posts of a workspace when Slack asks one to wait', async () => {
    const pace = createPace({ signal: new AbortController().signal });
    const limited = new PlatformError('retry', 'slow down', { retryAfterMs: 120 });
    const began = performance.now();
    let calls = 0;
    const post = () => (++calls === 1 ? Promise.reject(limited) : Promise.resolve());
    const first = pace.run(way('a'), () => pace.patiently(post, 'T1'));
    await new Promise((resolve) => setTimeout(resolve, 20));
    await pace.run(way('b'), async () => expect(performance.now() - began).toBeGreaterThan(115));
    await first;
    expect(calls).toBe(2);
  });
  it('ends waiting when it is stopped', async () => {
    const stop = new AbortController();
    const pace = createPace({ channel: { everyMs: 60_000, burst: 1 }, signal: stop.signal });
    await pace.run(way('a'), async () => undefined);
    const waiting = pace.run(way('a'), async () => undefined);
    stop.abort(new Error('stopped'));
    await expect(waiting).rejects.toThrow();
  });
});

describe('words', () => {
  it.each([
    ['brief &lt;b&gt; &amp; co', 'brief <b> & co'],
    ['add channel:<#C1|briefs> 08:00', 'add channel:C1 08:00'],
    ['see <https://a.example/x|a.example>', 'see https://a.example/x'],
    ['<@U1|ana> <!here>', 'U1 here'],
    ['&amp;lt;', '&lt;'],
  ])('%s', (typed, plain) => {
    expect(plainWords(typed)).toBe(plain);
  });
  it('takes the bot’s own name away, wherever it stands', () => {
    expect(withoutMention('<@UBOT> brief x', 'UBOT')).toBe('brief x');
    expect(withoutMention('brief x <@UBOT|pullquote>', 'UBOT')).toBe('brief x');
    expect(withoutMention('<@UOTHER> hi', 'UBOT')).toBe('<@UOTHER> hi');
  });
  it('is quick with hostile text', () => {
    const began = performance.now();
    plainWords('<'.repeat(4000));
    plainWords(`${'<a|'.repeat(1300)}`);
    expect(performance.now() - began).toBeLessThan(200);
  });
});
