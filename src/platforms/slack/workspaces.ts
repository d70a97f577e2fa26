/** Which workspaces the bot is in, and with which token: one from the settings, or many from the install page. */
import { type Installation, InstallProvider } from '@slack/oauth';
import type { Tenant } from '../../model.ts';
import { createCache } from './memory.ts';
import { createSeal } from './seal.ts';
import type { WebApi } from './webapi.ts';

/** One workspace in which the bot is installed. */
export interface Workspace {
  readonly team: string;
  readonly token: string;
  readonly botUser: string;
  readonly botId: string;
  /** The bot's handle, as people type it after `@`. */
  readonly handle: string;
  readonly scopes: readonly string[];
  /** Who installed it: may manage the bot everywhere. */
  readonly installer?: string;
}

/** Where installations are kept. What is given to `put` is already sealed. */
export interface Installations {
  put(tenant: Tenant, data: string): Promise<void>;
  get(tenant: Tenant): Promise<string | undefined>;
  remove?(tenant: Tenant): Promise<void>;
}

export interface Workspaces {
  /** `undefined` when the bot is not installed there (any more). */
  find(team: string): Promise<Workspace | undefined>;
  forget(team: string): void;
  /** For the install page; absent with a token from the settings. */
  readonly installer?: InstallProvider;
}

export const tenantOf = (team: string): Tenant => `slack:${team}`;
export const teamOf = (tenant: Tenant): string => tenant.replace(/^slack:/, '');

/** Asks Slack whose token this is. */
export async function identify(api: WebApi, token: string): Promise<Workspace> {
  const who = (await api.call(token, 'auth.test')) as Record<'team_id' | 'user_id' | 'bot_id' | 'user', string> & {
    response_metadata?: { scopes?: string[] };
  };
  return {
    team: who.team_id,
    token,
    botUser: who.user_id,
    botId: who.bot_id,
    handle: who.user,
    scopes: who.response_metadata?.scopes ?? [],
  };
}

/** The one workspace of a token in the settings. Every payload belongs to it, whatever team its sender is from. */
export function oneWorkspace(workspace: Workspace): Workspaces {
  let present: Workspace | undefined = workspace;
  return {
    find: async () => present,
    forget() {
      present = undefined;
    },
  };
}

export interface ManyOptions {
  readonly api: WebApi;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly stateSecret: string;
  readonly secretKey: string;
  readonly installations: Installations;
  readonly renderInstallPage: (url: string) => string;
}

/** What is stored of an installation, sealed. */
interface Kept {
  readonly installation: Installation;
  readonly handle: string;
}

/** Workspaces that installed the bot by OAuth. Tokens are sealed before they are stored, and renewed when they rotate. */
export function manyWorkspaces(options: ManyOptions): Workspaces {
  const { api, installations } = options;
  const seal = createSeal(options.secretKey);
  const cache = createCache(load, { keepMs: 60_000 });

  const installer: InstallProvider = new InstallProvider({
    clientId: options.clientId,
    clientSecret: options.clientSecret,
    stateSecret: options.stateSecret,
    clientOptions: api.clientOptions,
    ...(api.clientOptions.logger ? { logger: api.clientOptions.logger } : {}),
    renderHtmlForInstallPath: options.renderInstallPage,
    installationStore: {
      async storeInstallation(installation) {
        const team = installation.team?.id;
        if (!team || !installation.bot) throw new Error('slack: an installation without a workspace or a bot');
        const { handle } = await identify(api, installation.bot.token);
        const tenant = tenantOf(team);
        await installations.put(tenant, seal.close(JSON.stringify({ installation, handle } satisfies Kept), tenant));
        cache.forget(team);
      },
      async fetchInstallation({ teamId = '' }) {
        const kept = await read(teamId);
        if (!kept) throw new Error('slack: not installed in this workspace');
        return kept.installation as Installation<'v2', false>;
      },
    },
  });

  async function read(team: string): Promise<Kept | undefined> {
    const sealed = await installations.get(tenantOf(team));
    return sealed ? (JSON.parse(seal.open(sealed, tenantOf(team))) as Kept) : undefined;
  }

  async function load(team: string): Promise<Workspace | undefined> {
    const kept = await read(team);
    if (!kept) return undefined;
    // Renews a token that is about to expire, and stores the new one.
    const source = { teamId: team, enterpriseId: undefined, isEnterpriseInstall: false } as const;
    const { botToken = '', botUserId = '', botId = '' } = await installer.authorize(source);
    const { bot, user } = kept.installation;
    return {
      team,
      token: botToken,
      botUser: botUserId,
      botId,
      handle: kept.handle,
      scopes: bot?.scopes ?? [],
      ...(user.id ? { installer: user.id } : {}),
    };
  }

  return { find: (team) => cache.get(team), forget: (team) => cache.forget(team), installer };
}
