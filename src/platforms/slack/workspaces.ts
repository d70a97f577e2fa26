/** Which workspaces the bot is in, and with which token: one from the settings, or many from the install page. */
import { InstallProvider } from '@slack/oauth';
import type { Tenant } from '../../model.ts';
import { createCache } from './memory.ts';
import { createSeal } from './seal.ts';
import { isBadToken, SlackRefusal, type WebApi } from './webapi.ts';

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
        // An organisation-wide installation has no team; its own id takes the place.
        const id = installation.team?.id ?? installation.enterprise?.id;
        if (!id) throw new Error('slack: an installation without a workspace');
        const tenant = tenantOf(id);
        await installations.put(tenant, seal.close(JSON.stringify(installation), tenant));
        cache.forget(id);
      },
      async fetchInstallation({ teamId, enterpriseId }) {
        for (const id of [teamId, enterpriseId]) {
          if (!id) continue;
          const tenant = tenantOf(id);
          const sealed = await installations.get(tenant);
          if (sealed) return JSON.parse(seal.open(sealed, tenant));
        }
        throw new Error('slack: not installed in this workspace');
      },
    },
  });

  async function load(team: string): Promise<Workspace | undefined> {
    const sealed = await installations.get(tenantOf(team));
    if (!sealed) return undefined;
    // Renews the token when it is about to expire, and stores the new one.
    const { botToken } = await installer.authorize({
      teamId: team,
      enterpriseId: undefined,
      isEnterpriseInstall: false,
    });
    if (!botToken) return undefined;
    const installation = JSON.parse(seal.open((await installations.get(tenantOf(team))) ?? sealed, tenantOf(team))) as {
      user?: { id?: string };
    };
    try {
      const known = await identify(api, botToken);
      return { ...known, team, ...(installation.user?.id ? { installer: installation.user.id } : {}) };
    } catch (cause) {
      if (cause instanceof SlackRefusal && isBadToken(cause)) return undefined;
      throw cause;
    }
  }

  return { find: (team) => cache.get(team), forget: (team) => cache.forget(team), installer };
}
