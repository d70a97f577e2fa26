/** Checks of a Discord set-up, each a line that says what is wrong and how to mend it. Changes nothing. */
import { Routes } from 'discord.js';
import { wordsIn } from '../../language/language.ts';
import type { CommandShape } from '../platform.ts';
import { areRegistered } from './commands.ts';
import { INTERACTIONS_PATH } from './endpoint.ts';
import { codeOf, platformError } from './faults.ts';
import { inviteAddress } from './invite.ts';
import { channelProblems } from './permissions.ts';
import { bareToken, openRest } from './rest.ts';

export interface Check {
  readonly ok: boolean;
  readonly line: string;
}

/** The settings that matter here, as `Config` names them. */
export interface DiscordSettings {
  readonly DISCORD_TOKEN?: string | undefined;
  readonly DISCORD_API_URL?: string | undefined;
  readonly DISCORD_PUBLIC_KEY?: string | undefined;
  readonly DISCORD_GUILD_ID?: string | undefined;
}

/**
 * @param shapes The commands that should be registered; left out, that check is left out.
 * @param channels Channels of briefings, by id, with what they are for.
 */
export async function checkDiscord(
  config: DiscordSettings,
  shapes?: readonly CommandShape[],
  channels: ReadonlyMap<string, string> = new Map(),
): Promise<readonly Check[]> {
  if (config.DISCORD_TOKEN === undefined) return [{ ok: true, line: 'Discord: off (DISCORD_TOKEN is not set)' }];
  const rest = openRest({
    token: bareToken(config.DISCORD_TOKEN),
    ...(config.DISCORD_API_URL === undefined ? {} : { apiUrl: config.DISCORD_API_URL }),
    now: () => new Date(),
  }).once();
  const signal = AbortSignal.timeout(20_000);
  const checks: Check[] = [];
  try {
    const user = (await rest.get(Routes.user(), { signal })) as { readonly id: string; readonly username: string };
    const application = (await rest.get(Routes.currentApplication(), { signal })) as Application;
    checks.push({
      ok: true,
      line: `Discord token: valid, the bot is ${user.username} (application ${application.id})`,
    });
    checks.push({
      ok: true,
      line: 'Discord intents: only Guilds, which needs no approval; no switch under Bot → Privileged Gateway Intents is needed',
    });
    checks.push(...httpChecks(config, application));
    checks.push(await serverCheck(application.id));
    if (shapes) checks.push(await commandsCheck(application.id, shapes));
    for (const [channel, what] of channels) checks.push(...(await channelChecks(channel, what, user.id)));
  } catch (cause) {
    checks.push(explained(cause));
  }
  return checks;

  async function serverCheck(application: string): Promise<Check> {
    const guilds = (await rest.get(Routes.userGuilds(), { signal })) as readonly { readonly id: string }[];
    const wanted = config.DISCORD_GUILD_ID;
    if (guilds.length === 0)
      return { ok: false, line: `Discord servers: the bot is in none. Invite it: ${inviteAddress(application)}` };
    if (wanted !== undefined && !guilds.some(({ id }) => id === wanted))
      return {
        ok: false,
        line: `DISCORD_GUILD_ID: expected a server the bot is in, got ${wanted}. Invite it there: ${inviteAddress(application)}`,
      };
    return { ok: true, line: `Discord servers: ${guilds.length === 200 ? '200 or more' : guilds.length}` };
  }

  /** What `/setup` would say of the channel of a briefing. */
  async function channelChecks(channel: string, what: string, self: string): Promise<readonly Check[]> {
    const missing = await channelProblems(rest, channel, self, new Date(), wordsIn('en'));
    if (missing.length === 0) return [{ ok: true, line: `Discord channel of ${what}: the bot may post there` }];
    return missing.map((problem) => ({ ok: false, line: `Discord channel of ${what}: ${problem}` }));
  }

  async function commandsCheck(application: string, all: readonly CommandShape[]): Promise<Check> {
    const registered = await areRegistered(rest, application, config.DISCORD_GUILD_ID, all);
    const where = config.DISCORD_GUILD_ID === undefined ? 'everywhere' : `in server ${config.DISCORD_GUILD_ID}`;
    return registered
      ? { ok: true, line: `Discord commands: ${all.length} registered ${where}, up to date` }
      : {
          ok: false,
          line: `Discord commands: not registered ${where}, or of another version. Start the bot once: it registers them`,
        };
  }
}

interface Application {
  readonly id: string;
  readonly verify_key?: string;
  readonly interactions_endpoint_url?: string | null;
}

/** Interactions come either by the gateway or by HTTP: settings and the application's page must say the same. */
function httpChecks(config: DiscordSettings, application: Application): readonly Check[] {
  const key = config.DISCORD_PUBLIC_KEY;
  const address = application.interactions_endpoint_url ?? undefined;
  const page = `https://discord.com/developers/applications/${application.id}/information`;
  if (key === undefined)
    return address === undefined
      ? []
      : [
          {
            ok: false,
            line: `Discord interactions: they go to ${address}, but DISCORD_PUBLIC_KEY is not set. Set it (with PORT), or clear “Interactions Endpoint URL” at ${page}`,
          },
        ];
  const checks: Check[] = [];
  if (application.verify_key !== undefined && application.verify_key.toLowerCase() !== key.toLowerCase())
    checks.push({ ok: false, line: `DISCORD_PUBLIC_KEY: expected the public key shown at ${page}, got another one` });
  checks.push(
    address?.endsWith(INTERACTIONS_PATH)
      ? { ok: true, line: `Discord interactions: by HTTP to ${address}` }
      : {
          ok: false,
          line: `Discord interactions: set “Interactions Endpoint URL” at ${page} to https://YOUR-HOST${INTERACTIONS_PATH} while the bot runs`,
        },
  );
  return checks;
}

function explained(cause: unknown): Check {
  const code = codeOf(cause);
  if (cause instanceof Error && 'status' in cause && cause.status === 401)
    return {
      ok: false,
      line: 'DISCORD_TOKEN: expected the bot token of your application, got one that Discord refuses. Make a new one: Developer Portal → your application → Bot → Reset Token',
    };
  if (code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === 'timeout')
    return {
      ok: false,
      line: `Discord: cannot be reached (${code}). Check the network, a proxy, and DISCORD_API_URL if it is set`,
    };
  return { ok: false, line: platformError('check the set-up', cause).message };
}
