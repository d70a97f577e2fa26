/** What the local Slack knows: workspaces with their people, channels, tokens and messages. Plain data and look-ups. */

export type Json = Record<string, unknown>;

export interface StoredMessage {
  readonly ts: string;
  readonly team: string;
  readonly channel: string;
  readonly user: string;
  text: string;
  blocks: Json[];
  readonly thread_ts?: string;
  readonly metadata?: { event_type: string; event_payload: Json };
  /** The full arguments as they were sent, for checks on unfurling and parsing. */
  readonly sent: Json;
}

export interface Channel {
  readonly id: string;
  readonly team: string;
  readonly name: string;
  readonly isPrivate: boolean;
  readonly isIm: boolean;
  isMember: boolean;
  isArchived: boolean;
  readonly creator: string;
  readonly messages: StoredMessage[];
  /** Messages that only one person sees: `chat.postEphemeral`. */
  readonly ephemerals: (StoredMessage & { readonly to: string })[];
}

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly isAdmin: boolean;
  readonly tz: string;
  readonly locale: string;
}

export interface Workspace {
  readonly id: string;
  readonly name: string;
  /** Changes when it is renewed. */
  botToken: string;
  /** Tokens expire within the hour and come with one to renew them. */
  rotates: boolean;
  readonly botId: string;
  readonly botUser: string;
  readonly botHandle: string;
  /** Scopes of the bot token. */
  scopes: Set<string>;
  /** `token_revoked`, `account_inactive` or `invalid_auth` once the token no longer works. */
  refusal?: string;
  readonly channels: Map<string, Channel>;
  readonly people: Map<string, Person>;
}

export const everyScope = [
  'commands',
  'chat:write',
  'app_mentions:read',
  'im:history',
  'channels:read',
  'groups:read',
  'im:read',
  'users:read',
  'channels:history',
  'groups:history',
];

export function createWorkspace(id: string, name: string, scopes: readonly string[]): Workspace {
  const workspace: Workspace = {
    id,
    name,
    botToken: `xoxb-${id}-0123456789`,
    rotates: false,
    botId: `B0${id}`,
    botUser: `U0BOT${id}`,
    botHandle: 'pullquote',
    scopes: new Set(scopes),
    channels: new Map(),
    people: new Map(),
  };
  addPerson(workspace, { id: 'U1', name: 'ana', isAdmin: true, tz: 'Europe/Prague', locale: 'en-GB' });
  addPerson(workspace, { id: 'U2', name: 'ben', isAdmin: false, tz: 'America/New_York', locale: 'en-US' });
  addChannel(workspace, { id: 'C1', name: 'briefs' });
  addChannel(workspace, { id: 'C2', name: 'general', isMember: false });
  addChannel(workspace, { id: 'C3', name: 'old', isArchived: true });
  addChannel(workspace, { id: 'G1', name: 'secret', isPrivate: true });
  addChannel(workspace, { id: 'D1', name: 'U1', isIm: true, creator: 'U1' });
  addChannel(workspace, { id: 'D2', name: 'U2', isIm: true, creator: 'U2' });
  return workspace;
}

export function addPerson(workspace: Workspace, person: Person): void {
  workspace.people.set(person.id, person);
}

export function addChannel(workspace: Workspace, given: Partial<Channel> & { id: string; name: string }): Channel {
  const channel: Channel = {
    team: workspace.id,
    isPrivate: false,
    isIm: false,
    isMember: true,
    isArchived: false,
    creator: 'U1',
    messages: [],
    ephemerals: [],
    ...given,
  };
  workspace.channels.set(channel.id, channel);
  return channel;
}

let lastTs = 0;
/** A message's id in its channel: seconds with six decimals, each one later than the last. */
export function nextTs(): string {
  lastTs = Math.max(lastTs + 1, Date.now() * 1000);
  return `${Math.floor(lastTs / 1_000_000)}.${String(lastTs % 1_000_000).padStart(6, '0')}`;
}
