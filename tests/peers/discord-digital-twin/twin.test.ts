/**
 * The platform against a Discord that others wrote: npm `discord-digital-twin`, which has its own folder and lock file.
 * Left out unless it is installed: `npm ci --prefix tests/peers/discord-digital-twin`.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { heading, paragraph } from '../../../src/document.ts';
import { openDiscord } from '../../../src/platforms/discord/discord.ts';
import type { Invocation, Platform } from '../../../src/platforms/platform.ts';
import { silent, testBot } from '../../platforms/discord/bot.ts';

const home = join(import.meta.dirname, 'node_modules/discord-digital-twin/dist/index.js');

// biome-ignore lint/suspicious/noExplicitAny: the peer is not installed with the project, so its types are not there
type Peer = any;

describe.skipIf(!existsSync(home))('on discord-digital-twin', () => {
  let twin: Peer;
  let platform: Platform;
  let channel: string;
  let person: Peer;
  const asked: Invocation[] = [];

  beforeAll(async () => {
    const { DigitalDiscord } = (await import(home)) as Peer;
    twin = new DigitalDiscord({ channels: [{ name: 'briefs', type: 0 }], users: [{ username: 'Reader' }] });
    await twin.start();
    platform = openDiscord({ token: twin.botToken, apiUrl: twin.restUrl, log: silent });
    await platform.start(testBot(asked));
    channel = (await twin.prisma.channel.findMany())[0].id;
    person = twin.channel(channel).user(await twin.getFirstNonBotUserId());
  });
  afterAll(async () => {
    await platform?.stop();
    await twin?.stop();
  });

  /** The first answer to what a person does. */
  async function answerTo(
    interaction: Promise<{ id: string }>,
  ): Promise<{ type: number; messageId: string; data: Peer }> {
    const answer = await twin.channel(channel).waitForInteractionAck({ interactionId: (await interaction).id });
    return { ...answer, data: answer.data === null ? null : JSON.parse(answer.data) };
  }

  it('registers the commands', async () => {
    const names = (await twin.prisma.applicationCommand.findMany()).map(({ name }: { name: string }) => name);
    expect(names).toContain('brief');
  });

  it('answers a slash command privately, then its buttons and menus', async () => {
    const answer = await answerTo(
      person.runSlashCommand({ name: 'brief', options: [{ type: 3, name: 'topic', value: 'ferries' }] }),
    );
    expect([answer.type, answer.data.flags & 64]).toEqual([4, 64]);
    expect(JSON.stringify(answer.data)).toContain('> “We are not asking permission.”');
    const on = { messageId: answer.messageId };
    expect((await answerTo(person.clickButton({ ...on, customId: 'r:/quote speaker:marrow' }))).type).toBe(4);
    expect((await answerTo(person.clickButton({ ...on, customId: 's:/brief topic:ferries' }))).data.flags & 64).toBe(0);
    expect((await answerTo(person.selectMenu({ ...on, customId: 'm:', values: ['/brief topic:courts'] }))).type).toBe(
      4,
    );
    expect(asked.splice(0).map(({ command, options, share }) => [command, options, share])).toEqual([
      ['brief', { topic: 'ferries' }, undefined],
      ['quote', { speaker: 'marrow' }, undefined],
      ['brief', { topic: 'ferries' }, true],
      ['brief', { topic: 'courts' }, undefined],
    ]);
  });

  it('opens a form and takes it back', async () => {
    const answer = await answerTo(person.runSlashCommand({ name: 'brief' }));
    const form = await answerTo(
      person.clickButton({ messageId: answer.messageId, customId: 'f:/schedule add topic:"x"' }),
    );
    expect(form).toMatchObject({ type: 9, data: { title: 'The schedule add command' } });
    await answerTo(
      person.submitModal({
        customId: 'f:/schedule add topic:"x"',
        fields: [{ customId: 'times', value: 'daily 08:00' }],
      }),
    );
    expect(asked.splice(0).at(-1)).toMatchObject({ command: 'schedule add', options: { times: 'daily 08:00' } });
  });

  it('puts off what takes long, and brings it', async () => {
    const put = await answerTo(person.runSlashCommand({ name: 'slow' }));
    expect(put.type).toBe(5);
    const message = await twin.channel(channel).waitForMessage({
      predicate: (one: Peer) => JSON.stringify(one).includes('Slow, but here.'),
    });
    expect(message.flags & 32768).toBe(32768);
  });

  it('posts a page and finds it again', async () => {
    const to = { tenant: 'discord:1', channel };
    const [page] = platform.pages({ summary: 'Morning', blocks: [heading('Morning'), paragraph('All quiet.')] }, 'en');
    expect(await platform.find(to, 'b1@2026-11-22T08:00#1')).toBeUndefined();
    const posted = page && (await platform.post(to, page, 'b1@2026-11-22T08:00#1'));
    expect(await platform.find(to, 'b1@2026-11-22T08:00#1')).toEqual(posted);
    expect(await platform.problems(to)).toEqual([]);
  });
});
