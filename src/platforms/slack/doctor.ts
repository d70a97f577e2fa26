/** Checks the Slack settings against Slack itself: what works, what does not, and how to mend it. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { CommandShape } from '../platform.ts';
import { installPath } from './install.ts';
import { scopes, slashCommands } from './manifest.ts';
import { createPace } from './pace.ts';
import { createPosts } from './posts.ts';
import { eventsPath } from './receiver.ts';
import { createWebApi, isBadToken, SlackRefusal, type WebApi } from './webapi.ts';
import { identify, oneWorkspace, tenantOf, type Workspace } from './workspaces.ts';

/** One thing looked at; `line` says how to mend what is not right. */
export interface Check {
  readonly ok: boolean;
  readonly line: string;
}

/** The settings that matter here. */
export interface SlackSettings {
  readonly SLACK_BOT_TOKEN?: string | undefined;
  readonly SLACK_APP_TOKEN?: string | undefined;
  readonly SLACK_SIGNING_SECRET?: string | undefined;
  readonly SLACK_CLIENT_ID?: string | undefined;
  readonly SLACK_API_URL?: string | undefined;
  readonly SLACK_COMMAND_PREFIX?: string | undefined;
  readonly PORT?: number | undefined;
}

const patienceMs = 15_000;

/**
 * @param shapes The commands that should exist; left out, that line is left out.
 * @param channels Channels of briefings in the workspace of `SLACK_BOT_TOKEN`, by id, with what they are for.
 */
export async function checkSlack(
  config: SlackSettings,
  shapes?: readonly CommandShape[],
  channels: ReadonlyMap<string, string> = new Map(),
): Promise<readonly Check[]> {
  const { SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: appToken } = config;
  if (!botToken && !config.SLACK_CLIENT_ID) return [{ ok: true, line: 'Slack: off (SLACK_BOT_TOKEN is not set)' }];
  const quiet = { debug() {}, info() {}, warn() {}, error() {} };
  const api = createWebApi({ log: quiet, ...(config.SLACK_API_URL ? { apiUrl: config.SLACK_API_URL } : {}) });
  return [
    ...(botToken ? await tokenChecks(api, botToken, channels) : []),
    ...(appToken ? [await socketCheck(api, appToken)] : httpChecks(config)),
    ...(shapes ? [commandsLine(shapes, config.SLACK_COMMAND_PREFIX)] : []),
  ];
}

async function tokenChecks(
  api: WebApi,
  token: string,
  channels: ReadonlyMap<string, string>,
): Promise<readonly Check[]> {
  if (!token.startsWith('xoxb-'))
    return [{ ok: false, line: 'SLACK_BOT_TOKEN: expected a bot token (xoxb-...), from OAuth & Permissions' }];
  let workspace: Workspace;
  try {
    workspace = await inTime(identify(api, token));
  } catch (cause) {
    return [explained('Slack bot token', cause, 'Copy it again from OAuth & Permissions, or reinstall the app.')];
  }
  const missing = Object.entries(scopes).filter(([scope]) => !workspace.scopes.includes(scope));
  const valid = {
    ok: true,
    line: `Slack bot token: valid, the bot is @${workspace.handle} in workspace ${workspace.team}`,
  };
  const places = await channelChecks(api, workspace, channels);
  if (workspace.scopes.length === 0) return [valid, ...places];
  return [
    valid,
    ...(missing.length === 0 ? [{ ok: true, line: 'Slack scopes: all there' }] : []),
    ...missing.map(([scope, why]) => ({
      ok: false,
      line: `Slack scope ${scope} is missing (${why}). Add it under OAuth & Permissions, Bot Token Scopes, then reinstall the app.`,
    })),
    ...places,
  ];
}

/** What `/setup` would say of the channels of briefings. */
async function channelChecks(
  api: WebApi,
  workspace: Workspace,
  channels: ReadonlyMap<string, string>,
): Promise<readonly Check[]> {
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  const pace = createPace({ signal: new AbortController().signal });
  const workspaces = oneWorkspace(workspace);
  const { problems } = createPosts({ api, pace, log, naming: (document) => document, workspaces: () => workspaces });
  const checks: Check[] = [];
  for (const [channel, what] of channels) {
    const missing = await problems({ tenant: tenantOf(workspace.team), channel });
    if (missing.length === 0) checks.push({ ok: true, line: `Slack channel of ${what}: the bot may post there` });
    for (const problem of missing) checks.push({ ok: false, line: `Slack channel of ${what}: ${problem}` });
  }
  return checks;
}

async function socketCheck(api: WebApi, token: string): Promise<Check> {
  if (!token.startsWith('xapp-'))
    return {
      ok: false,
      line: 'SLACK_APP_TOKEN: expected an app-level token (xapp-...), from Basic Information, App-Level Tokens',
    };
  try {
    await inTime(api.call(token, 'apps.connections.open'));
    return { ok: true, line: 'Slack Socket Mode: the app token opens a connection' };
  } catch (cause) {
    const mend =
      'Make one under Basic Information, App-Level Tokens, with the scope connections:write, and switch Socket Mode on.';
    return explained('Slack app token', cause, mend);
  }
}

function httpChecks(config: SlackSettings): readonly Check[] {
  if (config.SLACK_SIGNING_SECRET && config.PORT !== undefined) {
    const install = config.SLACK_CLIENT_ID ? `; people add the app at ${installPath}` : '';
    return [{ ok: true, line: `Slack by HTTP: events are awaited at ${eventsPath} on port ${config.PORT}${install}` }];
  }
  return [
    {
      ok: false,
      line: 'Slack: expected SLACK_APP_TOKEN (Socket Mode), or SLACK_SIGNING_SECRET with PORT (HTTP), got neither',
    },
  ];
}

/** Slack does not tell a bot which commands its app has. */
function commandsLine(shapes: readonly CommandShape[], prefix?: string): Check {
  const names = slashCommands(shapes, prefix).map(({ command }) => command);
  return {
    ok: true,
    line: `Slack commands: the app should have ${names.join(' ')}. Slack does not tell, so try one; the manifest command prints them all.`,
  };
}

function explained(what: string, cause: unknown, mend: string): Check {
  if (isBadToken(cause)) return { ok: false, line: `${what}: Slack refused it (${cause.code}). ${mend}` };
  if (cause instanceof SlackRefusal) return { ok: false, line: `${what}: ${cause.message}. ${mend}` };
  const reason = cause instanceof Error ? cause.message : String(cause);
  return { ok: false, line: `${what}: could not be checked (${reason}). Is Slack reachable from here?` };
}

async function inTime<T>(task: Promise<T>): Promise<T> {
  const late = sleep(patienceMs, undefined, { ref: false }).then(() => {
    throw new Error(`no answer within ${patienceMs / 1000} seconds`);
  });
  return Promise.race([task, late]);
}
