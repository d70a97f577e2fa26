/** Who asks, and what they may do: from the payload, completed from Slack where its scopes allow. */
import { setTimeout as sleep } from 'node:timers/promises';
import { wordsFor } from '../../language/language.ts';
import type { Caller } from '../platform.ts';
import { createCache } from './memory.ts';
import { SlackRefusal, type WebApi } from './webapi.ts';
import { tenantOf, type Workspace } from './workspaces.ts';

export interface Asking {
  readonly user: string;
  /** A channel, or the person's own id where there is none (App Home): what is posted there goes to their direct messages. */
  readonly channel: string;
}

interface Person {
  readonly isAdmin: boolean;
  readonly locale: string;
  readonly zone?: string;
}
interface Channel {
  readonly name: string;
  readonly creator?: string;
}

export interface People {
  /**
   * @param command What is asked: some commands concern the whole workspace, so managing one channel is not enough.
   * @param target The channel that it is about, as typed, where that is not the one it was asked in.
   */
  caller(workspace: Workspace, asking: Asking, command: string, target?: string): Promise<Caller>;
  /** As much as is known without asking Slack: for suggestions, which cannot wait. */
  quickCaller(workspace: Workspace, asking: Asking): Caller;
}

const unknownPerson: Person = { isAdmin: false, locale: 'en' };
const unknownChannel: Channel = { name: '' };

/** Commands over what all channels share. Anyone may make a channel, or write to the bot directly, and so manage that. */
const workspaceWide = /^(privacy|sources)\b/;

const keepMs = 10 * 60_000;
const patienceMs = 1500; // an answer without these details is better than a late one

export function createPeople(api: WebApi): People {
  const tokens = new Map<string, string>();
  const people = createCache(loadPerson, { keepMs });
  const channels = createCache(loadChannel, { keepMs });

  async function read<T>(
    key: string,
    method: string,
    args: (id: string) => Record<string, unknown>,
  ): Promise<Partial<T>> {
    const [team = '', id = ''] = key.split('/');
    try {
      return (await api.call(tokens.get(team) ?? '', method, args(id))) as Partial<T>;
    } catch (cause) {
      // A scope that is missing now is missing for the next question too. Anything else is asked again.
      if (cause instanceof SlackRefusal) return {};
      throw cause;
    }
  }

  async function loadPerson(key: string): Promise<Person> {
    type Answer = { user: { is_admin?: boolean; is_owner?: boolean; locale?: string; tz?: string } };
    const { user } = await read<Answer>(key, 'users.info', (id) => ({ user: id, include_locale: true }));
    return {
      isAdmin: user?.is_admin === true || user?.is_owner === true,
      locale: user?.locale ?? 'en',
      ...(user?.tz ? { zone: user.tz } : {}),
    };
  }

  async function loadChannel(key: string): Promise<Channel> {
    type Answer = { channel: { name?: string; creator?: string } };
    const { channel } = await read<Answer>(key, 'conversations.info', (id) => ({ channel: id }));
    return { name: channel?.name ?? '', ...(channel?.creator ? { creator: channel.creator } : {}) };
  }

  return {
    async caller(workspace, asking, command, target) {
      tokens.set(workspace.team, workspace.token);
      const key = (id: string) => `${workspace.team}/${id}`;
      const isDirect = /^[DUW]/.test(asking.channel);
      // Where Slack does not tell, less is known: nobody gains a right by that.
      const [person, channel] = await Promise.all([
        soon(people.get(key(asking.user)), unknownPerson),
        isDirect ? unknownChannel : soon(channels.get(key(asking.channel)), unknownChannel),
      ]);
      const managesWorkspace = person.isAdmin || asking.user === workspace.installer;
      const managesHere = isDirect || channel.creator === asking.user;
      const isElsewhere = target !== undefined && target !== asking.channel && target !== asking.user;
      const managesChannel = isElsewhere
        ? (await soon(channels.get(key(target)), unknownChannel)).creator === asking.user
        : managesHere;
      return {
        ...callerOf(workspace, asking),
        locale: person.locale,
        ...(person.zone ? { zone: person.zone } : {}),
        ...(channel.name
          ? { channelName: `#${channel.name}` }
          : isDirect
            ? { channelName: wordsFor({ ...person, platform: 'slack' }).slack.directMessage }
            : {}),
        canManageAll: managesWorkspace,
        canManage: managesWorkspace || (managesChannel && !workspaceWide.test(command)),
      };
    },
    quickCaller: (workspace, asking) => ({
      ...callerOf(workspace, asking),
      locale: people.known(`${workspace.team}/${asking.user}`)?.locale ?? 'en',
      canManage: false,
    }),
  };
}

const soon = <T>(value: Promise<T>, otherwise: T): Promise<T> =>
  Promise.race([value.catch(() => otherwise), sleep(patienceMs, otherwise, { ref: false })]);

const callerOf = (workspace: Workspace, asking: Asking) => ({
  platform: 'slack',
  tenant: tenantOf(workspace.team),
  user: asking.user,
  channel: asking.channel,
});
