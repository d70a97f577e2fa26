/** Which platforms the bot speaks on, as the settings say. */
import type { Surroundings } from './main.ts';
import type { HttpServer } from './platforms/http.ts';
import type { Platform } from './platforms/platform.ts';
import { openTerminal } from './platforms/terminal/terminal.ts';
import type { Store } from './store/store.ts';

/**
 * Opens the platforms that the settings name; the terminal when they name none. None is connected yet.
 * Their libraries are loaded only when they are wanted.
 */
export async function openPlatforms(
  { config, log, input, output, now }: Required<Surroundings>,
  store: Store,
  http: HttpServer | undefined,
  end: () => void,
): Promise<ReadonlyMap<string, Platform>> {
  const opened: Platform[] = [];
  if (config.DISCORD_TOKEN) {
    const { openDiscord } = await import('./platforms/discord/discord.ts');
    opened.push(
      openDiscord({
        token: config.DISCORD_TOKEN,
        apiUrl: config.DISCORD_API_URL,
        guildId: config.DISCORD_GUILD_ID,
        publicKey: config.DISCORD_PUBLIC_KEY,
        http,
        log,
        now,
      }),
    );
  }
  if (config.SLACK_BOT_TOKEN || config.SLACK_CLIENT_ID) {
    const { openSlack } = await import('./platforms/slack/slack.ts');
    opened.push(
      openSlack({
        ...given({
          botToken: config.SLACK_BOT_TOKEN,
          appToken: config.SLACK_APP_TOKEN,
          signingSecret: config.SLACK_SIGNING_SECRET,
          clientId: config.SLACK_CLIENT_ID,
          clientSecret: config.SLACK_CLIENT_SECRET,
          stateSecret: config.SLACK_STATE_SECRET,
          secretKey: config.SECRET_KEY,
          apiUrl: config.SLACK_API_URL,
          http,
        }),
        commandPrefix: config.SLACK_COMMAND_PREFIX,
        installations: { put: store.putInstallation, get: store.installation },
        log,
        clock: now,
      }),
    );
  }
  if (opened.length === 0)
    opened.push(openTerminal({ input, output, zone: config.TIMEZONE, user: 'you', locale: config.LOCALE, ended: end }));
  return new Map(opened.map((platform) => [platform.name, platform]));
}

/** The settings that are there. */
const given = <T extends object>(all: T) =>
  Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as {
    [Name in keyof T]?: Exclude<T[Name], undefined>;
  };
