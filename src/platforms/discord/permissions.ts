/** What the bot lacks to post in a channel, in words for its admin: the right by Discord's own name, and where to grant it. */
import { DiscordAPIError, type REST, Routes } from 'discord.js';
import type { Words } from '../../language/language.ts';
import { codeOf } from './faults.ts';
import { channelType, isThread, right } from './wire.ts';

interface WireChannel {
  readonly id: string;
  readonly type: number;
  readonly name?: string | null;
  readonly guild_id?: string;
  readonly parent_id?: string | null;
  readonly permission_overwrites?: readonly {
    readonly id: string;
    readonly type: number;
    readonly allow: string;
    readonly deny: string;
  }[];
  readonly thread_metadata?: { readonly archived: boolean; readonly locked: boolean };
}
interface WireGuild {
  readonly id: string;
  readonly owner_id: string;
  readonly roles: readonly { readonly id: string; readonly permissions: string }[];
}
interface WireMember {
  readonly roles: readonly string[];
  readonly communication_disabled_until?: string | null;
}

type Right = keyof Words['discord']['rights'];

/** `under`: a thread under a message of the channel. */
const needed: readonly {
  readonly bit: bigint;
  readonly name: Right;
  readonly in: 'all' | 'channels' | 'under' | 'threads' | 'forums';
}[] = [
  { bit: right.viewChannel, name: 'viewChannel', in: 'all' },
  { bit: right.sendMessages, name: 'sendMessages', in: 'channels' },
  { bit: right.createPublicThreads, name: 'createPublicThreads', in: 'under' },
  { bit: right.sendMessagesInThreads, name: 'sendMessagesInThreads', in: 'under' },
  { bit: right.sendMessages, name: 'createPosts', in: 'forums' },
  { bit: right.sendMessagesInThreads, name: 'sendMessagesInThreads', in: 'threads' },
  { bit: right.sendMessagesInThreads, name: 'sendMessagesInPosts', in: 'forums' },
  { bit: right.embedLinks, name: 'embedLinks', in: 'all' },
];

/** @param self The bot's user id. Empty when nothing is missing. @throws What the REST client throws, except for missing things. */
export async function channelProblems(
  rest: REST,
  channelId: string,
  self: string,
  now: Date,
  said: Words,
  inThread = false,
): Promise<readonly string[]> {
  const { discord } = said;
  const grant = (name: Right, place: string) => discord.grant(discord.rights[name], place);
  const channel = await fetched<WireChannel>(rest, Routes.channel(channelId));
  if (channel === 'unknown') return [discord.channelGone(channelId)];
  if (channel === 'hidden') return [grant('viewChannel', said.schedule.channel(channelId))];
  if (channel.type === channelType.dm) return [];
  const place = `#${channel.name ?? channel.id}`;
  if (!postable.has(channel.type)) return [discord.notForMessages(place)];
  if (channel.thread_metadata?.locked) return [discord.threadLocked(place)];
  const standing = await standingIn(rest, channel, self);
  if (standing === 'hidden') return [grant('viewChannel', place)];
  if (standing === 'removed') return [discord.notInServer];
  const { rights, timedOutUntil } = standing;
  if (timedOutUntil && Date.parse(timedOutUntil) > now.getTime()) return [discord.inTimeOut(timedOutUntil)];

  const kind = channel.type === channelType.forum ? 'forums' : isThread(channel.type) ? 'threads' : 'channels';
  const wanted = needed.filter(
    (one) => one.in === 'all' || one.in === kind || (one.in === 'under' && inThread && kind === 'channels'),
  );
  return wanted.filter(({ bit }) => (rights & bit) === 0n).map(({ name }) => grant(name, place));
}

/** True when Discord shows the bot an empty history for want of a right; false when it is not known to. */
export async function lacksHistory(rest: REST, channelId: string, self: string): Promise<boolean> {
  try {
    const channel = await fetched<WireChannel>(rest, Routes.channel(channelId));
    if (typeof channel === 'string' || channel.type === channelType.dm) return false;
    const standing = await standingIn(rest, channel, self);
    return typeof standing !== 'string' && (standing.rights & right.readMessageHistory) === 0n;
  } catch (cause) {
    if (cause instanceof DiscordAPIError) return false;
    throw cause;
  }
}

/** The bot's rights in a channel; a thread has those of its channel. */
async function standingIn(
  rest: REST,
  channel: WireChannel,
  self: string,
): Promise<{ readonly rights: bigint; readonly timedOutUntil: string | null | undefined } | 'hidden' | 'removed'> {
  const home =
    isThread(channel.type) && channel.parent_id
      ? await fetched<WireChannel>(rest, Routes.channel(channel.parent_id))
      : channel;
  if (typeof home === 'string') return 'hidden';
  const guild = await fetched<WireGuild>(rest, Routes.guild(channel.guild_id ?? ''));
  const member = await fetched<WireMember>(rest, Routes.guildMember(channel.guild_id ?? '', self));
  if (typeof guild === 'string' || typeof member === 'string') return 'removed';
  return { rights: rightsOf(guild, member, home, self), timedOutUntil: member.communication_disabled_until };
}

const postable = new Set<number>([
  channelType.text,
  channelType.announcement,
  channelType.announcementThread,
  channelType.thread,
  channelType.privateThread,
  channelType.forum,
]);

/** The rights of a member in a channel, as topics/permissions computes them: roles, then overwrites, narrowest last. */
function rightsOf(guild: WireGuild, member: WireMember, channel: WireChannel, self: string): bigint {
  const all = (1n << 60n) - 1n;
  if (guild.owner_id === self) return all;
  const roles = new Set([guild.id, ...member.roles]);
  let rights = guild.roles.filter(({ id }) => roles.has(id)).reduce((sum, role) => sum | BigInt(role.permissions), 0n);
  if (rights & right.administrator) return all;
  const overwrites = channel.permission_overwrites ?? [];
  const apply = (some: typeof overwrites) => {
    const deny = some.reduce((sum, one) => sum | BigInt(one.deny), 0n);
    const allow = some.reduce((sum, one) => sum | BigInt(one.allow), 0n);
    rights = (rights & ~deny) | allow;
  };
  apply(overwrites.filter(({ id }) => id === guild.id));
  apply(overwrites.filter(({ id, type }) => type === 0 && id !== guild.id && roles.has(id)));
  apply(overwrites.filter(({ id, type }) => type === 1 && id === self));
  return rights & right.viewChannel ? rights : 0n;
}

async function fetched<T>(rest: REST, route: `/${string}`): Promise<T | 'unknown' | 'hidden'> {
  try {
    return (await rest.get(route)) as T;
  } catch (cause) {
    const code = codeOf(cause);
    if (code === 10003 || code === 10004 || code === 10007) return 'unknown';
    if (code === 50001 || code === 50013) return 'hidden';
    throw cause;
  }
}
