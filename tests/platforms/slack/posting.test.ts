import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { paragraph } from '../../../src/document.ts';
import { type Address, type Page, type Platform, PlatformError } from '../../../src/platforms/platform.ts';
import { briefOn, createFakeBot, openOn, seen } from './fixtures.ts';
import { type SlackServer, startSlackServer } from './server.ts';

let server: SlackServer;
let slack: Platform;

beforeEach(async () => {
  server = await startSlackServer();
  slack = openOn(server);
  await slack.start(createFakeBot());
});
afterEach(async () => {
  await slack.stop();
  await server.stop();
});

const to = (channel = 'C1', thread?: string): Address => ({
  tenant: 'slack:T1',
  channel,
  ...(thread ? { thread } : {}),
});
const page = (words = 'The strait is closed.'): Page => {
  const [first] = slack.pages({ summary: words, blocks: [paragraph(words)] }, 'en');
  if (!first) throw new Error('expected a page');
  return first;
};
const failure = (task: Promise<unknown>): Promise<PlatformError> =>
  task.then(
    () => expect.unreachable('expected a refusal'),
    (cause: unknown) => {
      expect(cause).toBeInstanceOf(PlatformError);
      return cause as PlatformError;
    },
  );
const posts = () => server.calls.filter(({ method }) => method === 'chat.postMessage').length;

describe('a scheduled post', () => {
  it('is public, quiet, and carries its key', async () => {
    const { messageId } = await slack.post(to(), page(), 'b7@2026-11-22T08:00#1');
    const [stored] = server.channel('C1').messages;
    expect(stored).toMatchObject({
      ts: messageId,
      metadata: { event_type: 'pullquote_delivery', event_payload: { key: 'b7@2026-11-22T08:00#1' } },
      sent: { unfurl_links: false, unfurl_media: false, parse: 'none', link_names: false },
    });
  });

  it('is found again by its key, in the channel and in a thread, beyond the first page of history', async () => {
    const head = await slack.post(to(), page(), 'k#1');
    const detail = await slack.post(to('C1', head.messageId), page('Detail'), 'k#2');
    for (let n = 0; n < 250; n++) server.channel('C1').messages.push(filler(n));
    expect(await slack.find(to(), 'k#1')).toEqual(head);
    expect(await slack.find(to('C1', head.messageId), 'k#2')).toEqual(detail);
    expect(await slack.find(to(), 'other')).toBeUndefined();
  });

  it('that waited for its turn while the machine slept is not sent: another process may have done it', async () => {
    for (const n of [1, 2, 3]) await slack.post(to(), page(), `k${n}`);
    const waiting = slack.post(to(), page(), 'k4'); // a second away
    await new Promise((resolve) => setTimeout(resolve, 50));
    const awake = Date.now;
    const clock = vi.spyOn(Date, 'now').mockImplementation(() => awake() + 3_600_000);
    try {
      expect(await failure(waiting)).toMatchObject({ kind: 'retry' });
    } finally {
      clock.mockRestore();
    }
    expect(posts()).toBe(3);
    await slack.post(to(), page(), 'k4');
    expect(posts()).toBe(4);
  });

  it('is not said to be missing when it may stand further back than we look', async () => {
    await slack.post(to(), page(), 'k#1');
    for (let n = 0; n < 2000; n++) server.channel('C1').messages.push(filler(n));
    expect(await slack.find(to(), 'k#1')).toBe('unknown');
  });

  it('goes to a thread', async () => {
    const head = await slack.post(to(), page(), 'k#1');
    await slack.post(to('C1', head.messageId), page('Detail'), 'k#2');
    expect(server.channel('C1').messages[1]?.thread_ts).toBe(head.messageId);
  });

  const filler = (n: number) => ({
    ts: `${Math.floor(Date.now() / 1000) + 60}.${String(n).padStart(6, '0')}`,
    team: 'T1',
    channel: 'C1',
    user: 'U1',
    text: 'chatter',
    blocks: [],
    sent: {},
  });
});

describe('lost answers', () => {
  it.each([
    ['a 503', { status: 503, afterStoring: true }],
    ['a cut connection', { hangUp: true, afterStoring: true }],
  ])('%s after the message was stored: posted once', async (_, fault) => {
    server.fail('chat.postMessage', fault);
    const { messageId } = await slack.post(to(), page(), 'k#1');
    expect(server.channel('C1').messages.map(({ ts }) => ts)).toEqual([messageId]);
  });

  it('a 503 before it was stored: not there, to be tried again', async () => {
    server.fail('chat.postMessage', { status: 503 });
    expect(await failure(slack.post(to(), page(), 'k#1'))).toMatchObject({ kind: 'retry', retryAfterMs: 2000 });
    expect(await slack.find(to(), 'k#1')).toBeUndefined();
    expect(server.channel('C1').messages).toHaveLength(0);
  });

  it('without the right to read back, that is said and nothing is posted twice', async () => {
    server.workspace.scopes.delete('channels:history');
    server.fail('chat.postMessage', { status: 503, afterStoring: true });
    expect(await failure(slack.post(to(), page(), 'k#1'))).toMatchObject({ kind: 'ambiguous' });
    expect(await slack.find(to(), 'k#1')).toBe('unknown');
    expect(server.channel('C1').messages).toHaveLength(1);
  });

  it('a server that is not reachable got nothing: to be tried again', async () => {
    await server.stop();
    // The first call meets a connection that was open before: what became of it cannot be told.
    expect((await failure(slack.post(to(), page(), 'k#1'))).kind).toBe('ambiguous');
    expect((await failure(slack.post(to(), page(), 'k#1'))).kind).toBe('retry');
  });
});

describe('limits', () => {
  it('waits as long as Slack asks', async () => {
    server.fail('chat.postMessage', { status: 429, retryAfter: 1 });
    const began = performance.now();
    await slack.post(to(), page(), 'k#1');
    expect(performance.now() - began).toBeGreaterThan(950);
    expect(server.channel('C1').messages).toHaveLength(1);
  });

  it('gives a long wait back to whoever keeps the schedule', async () => {
    server.fail('chat.postMessage', { status: 429, retryAfter: 600 });
    expect(await failure(slack.post(to(), page(), 'k#1'))).toMatchObject({ kind: 'retry', retryAfterMs: 600_000 });
  });

  it('posts to one channel in order, a second apart after a burst, and to others at once', async () => {
    server.addChannel({ id: 'C8', name: 'other' });
    const began = performance.now();
    const busy = [1, 2, 3, 4, 5].map((n) => slack.post(to(), page(`n${n}`), `k#${n}`));
    await slack.post(to('C8'), page(), 'other');
    expect(performance.now() - began).toBeLessThan(900);
    await Promise.all(busy);
    expect(performance.now() - began).toBeGreaterThan(1900);
    expect(server.channel('C1').messages.map(({ text }) => text)).toEqual(['n1', 'n2', 'n3', 'n4', 'n5']);
    expect(server.calls.every(({ answer }) => answer.ok)).toBe(true);
  });

  it('stops while posts wait their turn, and says that those were not sent', async () => {
    const waiting = [1, 2, 3, 4, 5, 6].map((n) => slack.post(to(), page(`n${n}`), `k#${n}`).catch((cause) => cause));
    await server.waitFor(() => posts() === 3);
    await slack.stop();
    const ends = await Promise.all(waiting);
    expect(ends.slice(3).every((end) => end instanceof Error)).toBe(true);
    expect(server.channel('C1').messages).toHaveLength(3);
  });
});

describe('what went wrong for good', () => {
  it.each([
    ['not in the channel', 'C2', undefined],
    ['an archived channel', 'C3', undefined],
    ['no such channel', 'C404', undefined],
    ['a revoked token', 'C1', 'token_revoked'],
    ['a deactivated bot', 'C1', 'account_inactive'],
  ])('%s is gone', async (_, channel, refusal) => {
    if (refusal) server.workspace.refusal = refusal;
    expect(await failure(slack.post(to(channel), page(), 'k'))).toMatchObject({ kind: 'gone' });
  });

  it('a missing scope is gone, by name', async () => {
    server.workspace.scopes.delete('chat:write');
    const refused = await failure(slack.post(to(), page(), 'k'));
    expect(refused.kind).toBe('gone');
    expect(refused.message).toContain('chat:write');
  });

  it('a layout that Slack will not take is posted as plain words', async () => {
    const tooLong = { type: 'section', text: { type: 'plain_text', text: 'x'.repeat(3001) } };
    await slack.post(to(), { body: { text: 'The *strait* is closed.', blocks: [tooLong] } }, 'k#1');
    const [stored] = server.channel('C1').messages;
    expect(stored).toMatchObject({ text: 'The *strait* is closed.', blocks: [], sent: { mrkdwn: false } });
    expect(await slack.find(to(), 'k#1')).toEqual({ messageId: stored?.ts });
  });

  it('a message that Slack will never take is refused', async () => {
    expect(await failure(slack.post(to(), { body: { text: '', blocks: [] } }, 'k'))).toMatchObject({ kind: 'refused' });
  });

  it('a bot that is not connected yet is no reason to give a briefing up', async () => {
    expect((await failure(openOn(server).post(to(), page(), 'k'))).kind).toBe('retry');
  });

  it('a removed app is gone', async () => {
    await server.event({ type: 'app_uninstalled' });
    expect((await failure(slack.post(to(), page(), 'k'))).kind).toBe('gone');
  });
});

describe('problems of a channel, in words for its admin', () => {
  it('has none where the bot may post', async () => {
    expect(await slack.problems(to())).toEqual([]);
    expect(await slack.problems(to('U1'))).toEqual([]);
  });
  it('names the real handle to invite', async () => {
    expect(await slack.problems(to('C2'))).toEqual([
      'Pullquote is not in #general. Type /invite @pullquote in that channel, then press Retry.',
    ]);
    server.channel('G1').isMember = false;
    expect((await slack.problems(to('G1')))[0]).toContain('/invite @pullquote');
  });
  it('tells an archived channel, a missing scope, a silent Slack', async () => {
    expect((await slack.problems(to('C3')))[0]).toContain('#old is archived');
    server.fail('conversations.info', { status: 503 });
    expect((await slack.problems(to()))[0]).toContain('did not answer');
    await slack.stop();
    server.workspace.scopes.delete('chat:write');
    slack = openOn(server);
    await slack.start(createFakeBot());
    expect((await slack.problems(to()))[0]).toContain('chat:write');
  });
});

describe('a word to one person', () => {
  it('goes to their direct messages', async () => {
    expect(await slack.tell('slack:T1', 'U2', briefOn('cartels'))).toBe(true);
    expect(seen(server.channel('D2').messages[0]?.blocks ?? [])).toContain('Brief: cartels');
  });
  it('is false where that cannot be', async () => {
    expect(await slack.tell('slack:T1', 'U404', briefOn('cartels'))).toBe(false);
    expect(await slack.tell('slack:T9', 'U1', briefOn('cartels'))).toBe(true); // one token, one workspace
  });
});
