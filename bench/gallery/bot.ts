/**
 * The whole bot on the sample corpus, connected by the real clients to a small Discord and a small Slack on this machine:
 * what the gallery shows is what would have gone over the wire.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { parseCommandText } from '../../src/command.ts';
import { readConfig } from '../../src/config.ts';
import { startBot } from '../../src/main.ts';
import type { Caller, Platform, Reply } from '../../src/platforms/platform.ts';
import type { SlackBlock } from '../../src/platforms/slack/render.ts';
import type { Store } from '../../src/store/store.ts';
import { startDiscordServer } from '../../tests/platforms/discord/server.ts';
import { startSlackServer } from '../../tests/platforms/slack/server.ts';

/** The reader's clock and zone: pictures of the gallery do not change from day to day. */
export const NOW = new Date('2026-03-07T07:00:00.000Z');
export const ZONE = 'Europe/Prague';

export type PlatformName = 'discord' | 'slack';

/** One platform of the running bot, and a person there who may manage it. */
export interface Face {
  readonly name: PlatformName;
  readonly platform: Platform;
  readonly admin: Caller;
  /** A channel where the bot may not post. */
  readonly closedChannel: string;
}

export interface GalleryBot {
  readonly store: Store;
  readonly faces: readonly Face[];
  /** Answers a line as a person types it, or as a button carries it. */
  ask(face: Face, line: string, more?: Partial<Caller>): Promise<Reply>;
  /** The blocks of Slack's Home tab, as published for the admin. */
  slackHome(): Promise<readonly SlackBlock[]>;
  stop(): Promise<void>;
}

const BRIEFS = '900000000000000100';
const CLOSED = '900000000000000101';
const silent = { debug() {}, info() {}, warn() {}, error() {} };

export async function startGalleryBot(): Promise<GalleryBot> {
  const data = mkdtempSync(join(tmpdir(), 'pullquote-gallery-'));
  const discord = await startDiscordServer({
    channels: [
      { id: BRIEFS, name: 'briefs' },
      { id: CLOSED, name: 'announcements', deny: ['SendMessages'] },
    ],
  });
  const slack = await startSlackServer();
  slack.addChannel({ id: 'C9', name: 'announcements', isMember: false });
  const running = await startBot({
    config: readConfig({
      DATA_DIR: data,
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.url,
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_APP_TOKEN: slack.appToken,
      SLACK_API_URL: slack.url,
      TIMEZONE: ZONE,
    }),
    log: silent,
    input: new PassThrough(),
    output: new PassThrough(),
    now: () => NOW,
  });
  await Promise.all([running.loaded, running.started]);

  const face = (name: PlatformName, closedChannel: string, at: Pick<Caller, 'tenant' | 'channel'>): Face => ({
    name,
    platform: running.platforms.get(name) as Platform,
    closedChannel,
    admin: {
      ...at,
      platform: name,
      user: 'U1',
      channelName: '#briefs',
      locale: 'en-GB',
      zone: ZONE,
      canManage: true,
      canManageAll: true,
    },
  });

  return {
    store: running.store,
    faces: [
      face('discord', CLOSED, { tenant: `discord:${discord.guild}`, channel: BRIEFS }),
      face('slack', 'C9', { tenant: 'slack:T1', channel: 'C1' }),
    ],
    async ask({ admin }, line, more = {}) {
      const asked = parseCommandText(line, running.bot.commands);
      if ('problem' in asked) throw new Error(`the gallery asks what no command answers: ${line}`);
      return running.bot.answer({ ...asked, caller: { ...admin, ...more } });
    },
    async slackHome() {
      await slack.event({ type: 'app_home_opened', user: 'U1', channel: 'D1', tab: 'home' });
      const view = await slack.waitFor(() => slack.home('U1'), 'the Home tab');
      return view.blocks as readonly SlackBlock[];
    },
    async stop() {
      await running.stop();
      await Promise.all([discord.stop(), slack.stop()]);
      rmSync(data, { recursive: true, force: true });
    },
  };
}
