/** Buttons and menus made into invocations. Each carries its command, so it works after a restart and for everyone. */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseCommandText } from '../../command.ts';
import { type Words, wordsFor } from '../../language/language.ts';
import { type LocalReply, type Place, wordsOf, workingModal } from './answers.ts';
import { ask, type Handling, lacksWords, openForm, problem, quickMs } from './asking.ts';
import { type Origin, readOrigin } from './forms.ts';
import type { Asking } from './people.ts';
import type { Workspace } from './workspaces.ts';

export interface Press {
  readonly actionId: string;
  readonly value: string;
  readonly asking: Asking;
  readonly trigger: string;
  readonly responseUrl?: string;
  readonly viewId?: string;
  readonly origin?: Origin;
}

/** What was pressed, from any surface; undefined for things that need no answer (links, fields of a form). */
export function readPress(body: object, action: object): Press | undefined {
  const { user, channel, container, trigger_id, response_url, view } = body as {
    user: { id: string };
    channel?: { id: string };
    container?: { channel_id?: string };
    trigger_id?: string;
    response_url?: string;
    view?: { id: string; type?: string; private_metadata?: string };
  };
  const { action_id, value, selected_option } = action as {
    action_id: string;
    value?: string;
    selected_option?: { value: string };
  };
  if (/^(link|field)\b/.test(action_id) || !trigger_id) return undefined;
  const origin = readOrigin(view?.private_metadata);
  return {
    actionId: action_id,
    value: selected_option?.value ?? value ?? '',
    asking: { user: user.id, channel: channel?.id ?? container?.channel_id ?? origin?.channel ?? user.id },
    trigger: trigger_id,
    ...(response_url ? { responseUrl: response_url } : {}),
    ...(view && view.type !== 'home' ? { viewId: view.id } : {}),
    ...(origin ? { origin } : {}),
  };
}

export async function press(handling: Handling, workspace: Workspace, pressed: Press): Promise<void> {
  const { bot, answers } = handling;
  const { asking, trigger } = pressed;
  const [kind] = pressed.actionId.split(':', 1);
  const parsed = parseCommandText(pressed.value, bot.commands);
  const command = 'problem' in parsed ? '' : parsed.command;
  const place = placeOf(pressed, command || 'Pullquote');
  const known = kind === 'run' || kind === 'menu' || kind === 'share' || kind === 'form';
  if ('problem' in parsed || !known) {
    const { locale } = await handling.people.caller(workspace, asking, command);
    const said = wordsOf(locale);
    return answers.show(workspace, place, { ...problem(said.slack.oldButton, said), locale });
  }
  const wantsForm = kind === 'form' || lacksWords(bot, parsed);
  if (wantsForm && (await openForm(handling, workspace, place, asking, parsed))) return;
  const reply = ask(handling, workspace, asking, command, parsed.options, kind === 'share');
  if (place.kind !== 'trigger') return answers.show(workspace, place, await reply);
  const said = wordsFor(handling.people.quickCaller(workspace, asking));
  return showInModal(handling, workspace, trigger, place.origin, reply, said);
}

/** The App Home has no place for an answer but a modal, and that must be opened within three seconds. */
async function showInModal(
  { api, answers }: Handling,
  workspace: Workspace,
  trigger: string,
  origin: Origin,
  reply: Promise<LocalReply>,
  said: Words,
): Promise<void> {
  const quick = await Promise.race([reply, sleep(quickMs, undefined)]);
  if (quick) return answers.show(workspace, { kind: 'trigger', origin, trigger }, quick);
  const opened = await api.call(workspace.token, 'views.open', {
    trigger_id: trigger,
    view: workingModal(origin, said),
  });
  const viewId = String((opened.view as { id?: string } | undefined)?.id);
  await answers.show(workspace, { kind: 'view', viewId, origin, trigger }, { ...(await reply), visibility: 'private' });
}

function placeOf({ asking, trigger, responseUrl, viewId, origin }: Press, command: string): Place {
  if (responseUrl) return { kind: 'response', url: responseUrl, channel: asking.channel, trigger };
  const back: Origin = { ...(origin ?? { channel: asking.channel }), command };
  return viewId ? { kind: 'view', viewId, origin: back, trigger } : { kind: 'trigger', origin: back, trigger };
}
