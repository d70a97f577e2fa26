/** The address that invites the bot to a server, with the rights it needs and none more. */
import { right } from './wire.ts';

/** Each right with its reason, as Discord names it. */
export const invitedRights = [
  { bit: right.viewChannel, name: 'View Channel', why: 'see the channel it posts in' },
  { bit: right.sendMessages, name: 'Send Messages', why: 'post briefings' },
  { bit: right.embedLinks, name: 'Embed Links', why: 'show a briefing where the newer layout is not available' },
  {
    bit: right.readMessageHistory,
    name: 'Read Message History',
    why: 'look for its own post after a crash, so that nothing is posted twice',
  },
  {
    bit: right.createPublicThreads,
    name: 'Create Public Threads',
    why: 'put the detail in a thread, where the channel wants that',
  },
  { bit: right.sendMessagesInThreads, name: 'Send Messages in Threads', why: 'the same' },
] as const;

export const inviteScopes = ['bot', 'applications.commands'] as const;

export function inviteAddress(applicationId: string): string {
  const permissions = invitedRights.reduce((sum, { bit }) => sum | bit, 0n);
  const query = new URLSearchParams({
    client_id: applicationId,
    scope: inviteScopes.join(' '),
    permissions: String(permissions),
  });
  return `https://discord.com/oauth2/authorize?${query}`;
}
