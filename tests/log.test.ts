import { describe, expect, it } from 'vitest';
import { createLog, hideSecrets } from '../src/log.ts';

function logged(write: (log: ReturnType<typeof createLog>) => void): Record<string, unknown> {
  const lines: string[] = [];
  write(createLog('info', { write: (text: string) => void lines.push(text) }));
  return JSON.parse(lines.join('')) as Record<string, unknown>;
}

const slackToken = ['xoxb', '1234567890', 'AbCdEfGhIj'].join('-');
const discordToken = ['MTIzNDU2Nzg5MDEyMzQ1Njc4', 'GaBcDe', 'abcdefghijklmnopqrstuvwxyz0'].join('.');

describe('the log', () => {
  it('writes one JSON line: level, time, words, fields', () => {
    expect(logged((log) => log.info({ delivery: 'b7@2026-11-22T08:00' }, 'briefings: settled'))).toMatchObject({
      level: 'info',
      msg: 'briefings: settled',
      delivery: 'b7@2026-11-22T08:00',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    });
  });

  it.each([
    ['a Slack token', `posted with ${slackToken}.`, slackToken],
    ['a Discord token', `login ${discordToken} failed`, discordToken],
    ['a database password', 'could not open postgres://bot:hunter2@db.example/news', 'hunter2'],
    ['an authorization header', 'Authorization: Bearer abcdefgh12345678', 'abcdefgh12345678'],
    [
      'an interaction token in an address',
      'POST /webhooks/123456789012345678/aW50ZXJhY3Rpb246abcdef/messages/@original',
      'aW50ZXJhY3Rpb246abcdef',
    ],
  ])('hides %s', (_, text, secret) => {
    expect(hideSecrets(text)).not.toContain(secret);
    expect(
      JSON.stringify(logged((log) => log.warn({ err: new Error(text, { cause: new Error(text) }) }, 'failed'))),
    ).not.toContain(secret);
  });

  it('hides fields that are named as secrets, at any depth, and what clients hang on their errors', () => {
    const error = Object.assign(new Error('refused'), { code: 50001, requestBody: { content: 'a private message' } });
    const line = logged((log) =>
      log.error({ err: error, settings: { SLACK_SIGNING_SECRET: 'abc', apiKey: 'def', delivery: 'b7' } }, 'x'),
    );
    expect(line).toMatchObject({
      err: { name: 'Error', message: 'refused', code: 50001 },
      settings: { SLACK_SIGNING_SECRET: '[hidden]', apiKey: '[hidden]', delivery: 'b7' },
    });
    expect(JSON.stringify(line)).not.toContain('a private message');
  });

  it('stays bounded whatever it is given', () => {
    const circle: Record<string, unknown> = { text: 'x'.repeat(100_000), big: 10n };
    circle.self = circle;
    const line = logged((log) => log.info({ circle, many: Array.from({ length: 10_000 }, () => 'y') }, 'x'));
    expect(JSON.stringify(line).length).toBeLessThan(20_000);
  });
});
