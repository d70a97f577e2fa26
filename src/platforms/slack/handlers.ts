/**
 * What people do in Slack, made into invocations: commands, buttons, menus, forms, shortcuts, mentions, direct messages.
 *
 * Everything is acknowledged at once and answered afterwards; nothing that is pressed depends on memory of an earlier
 * message. A handler never throws: what fails is logged once.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { App } from '@slack/bolt';
import { commandText, parseCommandText } from '../../command.ts';
import { type Document, paragraph, actions as row, run } from '../../document.ts';
import type { Bot, CommandShape, Invocation, Reply } from '../platform.ts';
import { type Answers, type Place, respond, workingModal } from './answers.ts';
import { answerModal, form, formValues, type Modal, type Origin, readOrigin } from './forms.ts';
import { publishHome } from './home.ts';
import { plainObject } from './inline.ts';
import { limits } from './limits.ts';
import type { Log } from './log.ts';
import { everyCommand } from './manifest.ts';
import { createSeen } from './memory.ts';
import type { Asking, People } from './people.ts';
import { shortened, viewBlocks } from './render.ts';
import type { WebApi } from './webapi.ts';
import { plainWords, withoutMention } from './words.ts';
import { tenantOf, type Workspace, type Workspaces } from './workspaces.ts';

export interface Handling {
  readonly bot: Bot;
  readonly api: WebApi;
  readonly answers: Answers;
  readonly people: People;
  readonly workspaces: Workspaces;
  /** `news` when commands are called `/news-brief`. */
  readonly prefix: string;
  readonly log: Log;
  /** Follows a task so that a stop can wait for it. */
  readonly track: (task: Promise<void>) => void;
}

/** Milliseconds that an answer may take before a form says "One moment": Slack waits three seconds. */
const quickMs = 1500;

const notInstalled: Document = {
  summary: 'Pullquote is not installed in this workspace.',
  blocks: [
    paragraph(
      'Pullquote is not installed in this workspace (any more), so it cannot answer here. Someone who manages apps can add it again.',
    ),
  ],
};

const notAnswered: Document = {
  summary: 'Pullquote could not answer this time.',
  blocks: [
    paragraph('Pullquote could not answer this time. Please try again; its operator finds the reason in the log.'),
  ],
};

/** Registers everything with Bolt. */
export function listen(app: App, handling: Handling): void {
  const { bot, workspaces, log, track } = handling;
  const firstTime = createSeen();

  /** Looks up the workspace, then runs a task, and logs what goes wrong in it. */
  const inWorkspace = (
    team: string | undefined,
    what: string,
    responseUrl: string | undefined,
    task: (workspace: Workspace) => Promise<void>,
  ) =>
    track(
      (async () => {
        try {
          const workspace = team === undefined ? undefined : await workspaces.find(team);
          if (workspace) await task(workspace);
          else if (responseUrl) await respond(responseUrl, notInstalled, false);
        } catch (cause) {
          log.error({ err: cause, team }, `slack: could not answer ${what}`);
          if (responseUrl) await respond(responseUrl, notAnswered, false).catch(() => undefined); // logged above
        }
      })(),
    );

  app.command(/.*/, async ({ ack, body, context }) => {
    await ack();
    if (!firstTime(body.trigger_id)) return;
    const place: Place = {
      kind: 'response',
      url: body.response_url,
      channel: body.channel_id,
      trigger: body.trigger_id,
    };
    inWorkspace(context.teamId, 'a command', body.response_url, (workspace) =>
      typed(
        handling,
        workspace,
        place,
        { user: body.user_id, channel: body.channel_id },
        {
          command: body.command,
          text: body.text,
        },
      ),
    );
  });

  app.action(/.*/, async ({ ack, body, action, context }) => {
    await ack();
    const pressed = readPress(body, action);
    if (!pressed || !firstTime(pressed.trigger)) return;
    inWorkspace(context.teamId, 'a button', pressed.responseUrl, (workspace) => press(handling, workspace, pressed));
  });

  app.options(/.*/, async ({ ack, body, context }) => {
    // Nothing to offer is an answer; Slack shows an error when there is none.
    let options: SuggestedChoice[] = [];
    try {
      const { action_id, value } = body as { action_id: string; value?: string };
      const workspace = context.teamId ? await workspaces.find(context.teamId) : undefined;
      if (workspace) options = await suggestions(handling, workspace, body.user.id, action_id, value ?? '');
    } catch (cause) {
      log.error({ err: cause }, 'slack: could not suggest anything');
    }
    await ack({ options });
  });

  app.view('form', async ({ ack, body, view, context }) => {
    const origin = readOrigin(view.private_metadata);
    if (!origin || !firstTime((body as { trigger_id?: string }).trigger_id ?? view.id)) return void (await ack());
    const options = formValues(view.state.values);
    const answered = Promise.withResolvers<Modal>();
    const waited = Promise.withResolvers<'in time' | 'late'>();
    inWorkspace(context.teamId, 'a form', undefined, async (workspace) => {
      const asking = { user: body.user.id, channel: origin.channel };
      const reply = await ask(handling, workspace, asking, origin.command, options);
      const modal = answerModal(viewBlocks(reply.document), origin);
      answered.resolve(modal);
      if ((await waited.promise) === 'late')
        await handling.api.call(workspace.token, 'views.update', { view_id: view.id, view: modal });
    });
    const ready = await Promise.race([answered.promise, sleep(quickMs, undefined)]);
    await ack({ response_action: 'update', view: (ready ?? workingModal(origin)) as never });
    waited.resolve(ready ? 'in time' : 'late');
  });
  app.view(/.*/, async ({ ack, view }) => {
    if (view.callback_id !== 'form') await ack();
  });

  app.shortcut(/.*/, async ({ ack, shortcut, context }) => {
    await ack();
    if (!firstTime(shortcut.trigger_id)) return;
    const [kind, command = ''] = shortcut.callback_id.split(':', 2);
    const channel = shortcut.type === 'message_action' ? shortcut.channel.id : shortcut.user.id;
    const about = shortcut.type === 'message_action' ? plainWords(shortcut.message.text ?? '') : '';
    const shape = bot.commands.find((one) => one.name === command);
    if (kind !== 'open' || !shape) return;
    const given = about ? { topic: shortened(about, 100) } : {};
    inWorkspace(context.teamId, 'a shortcut', undefined, async (workspace) => {
      const origin = { command, channel };
      const place: Place = { kind: 'trigger', origin, trigger: shortcut.trigger_id };
      await handling.answers.openForm(workspace, place, form(shape, given, origin));
    });
  });

  app.event('app_mention', async ({ event, body, context }) => {
    if (!firstTime(body.event_id) || !event.user) return;
    const { user, channel, text } = event;
    inWorkspace(context.teamId, 'a mention', undefined, (workspace) =>
      spoken(handling, workspace, { kind: 'channel', channel, user, thread: event.thread_ts ?? event.ts }, text),
    );
  });

  app.event('message', async ({ event, body, context }) => {
    // Only people's plain words to the bot itself: no edits, no joins, no other bots.
    if (event.channel_type !== 'im' || event.subtype !== undefined || 'bot_id' in event) return;
    if (!firstTime(body.event_id)) return;
    const { user, channel, text, thread_ts } = event;
    inWorkspace(context.teamId, 'a direct message', undefined, (workspace) =>
      spoken(
        handling,
        workspace,
        { kind: 'channel', channel, user, ...(thread_ts ? { thread: thread_ts } : {}) },
        text ?? '',
      ),
    );
  });

  app.event('app_home_opened', async ({ event, body, context }) => {
    if (event.tab !== 'home' || !firstTime(body.event_id)) return;
    inWorkspace(context.teamId, 'App Home', undefined, (workspace) => publishHome(handling, workspace, event));
  });

  app.event('app_uninstalled', async ({ body }) => removed(body.event_id, body.team_id));
  app.event('tokens_revoked', async ({ event, body }) => {
    // A person's own token ends often and means nothing to us.
    if ((event.tokens.bot ?? []).length > 0) await removed(body.event_id, body.team_id);
  });
  async function removed(eventId: string, team: string): Promise<void> {
    if (!firstTime(eventId)) return;
    workspaces.forget(team);
    track(
      bot.removed(tenantOf(team)).then(
        () => log.info({ team }, 'slack: removed from a workspace; its data is deleted'),
        (cause: unknown) => log.error({ err: cause, team }, 'slack: could not delete the data of a workspace'),
      ),
    );
  }

  app.error(async (error) => log.error({ err: error }, 'slack: could not handle an event'));
}

// ------------------------------------------------------------------ typed commands

/** A slash command: `/brief cartels`, or with a prefix `/news-brief cartels`. */
async function typed(
  handling: Handling,
  workspace: Workspace,
  place: Place,
  asking: Asking,
  { command, text }: { readonly command: string; readonly text: string },
): Promise<void> {
  const { bot, answers, prefix } = handling;
  const said = plainWords(text);
  const isEvery = command === everyCommand(prefix);
  const name = isEvery ? (said.split(/\s+/, 1)[0] ?? '') : command.slice(prefix ? prefix.length + 2 : 1);
  const words = isEvery ? said.slice(name.length).trim() : said;
  // Slack asks every command to answer to "help".
  if (/^(help|\?)$/i.test(words) || name === '') return answer(handling, workspace, place, asking, 'help', {});
  const parsed = parseCommandText(`${name} ${words}`, bot.commands);
  if ('problem' in parsed) return answers.show(workspace, place, problem(parsed.problem));
  const shape = shapeOf(bot, parsed.command);
  const missing = shape?.options.some((option) => option.required && parsed.options[option.name] === undefined);
  if (shape && missing) {
    const origin = originOf(parsed.command, asking.channel, place);
    if (await answers.openForm(workspace, place, form(shape, parsed.options, origin))) return;
  }
  return answer(handling, workspace, place, asking, parsed.command, parsed.options, words === '');
}

/** Words after a mention or in a direct message: a command without its slash, else what to be briefed on. */
async function spoken(
  handling: Handling,
  workspace: Workspace,
  place: Extract<Place, { kind: 'channel' }>,
  text: string,
): Promise<void> {
  const { bot, answers } = handling;
  const asking = { user: place.user, channel: place.channel };
  const words = plainWords(withoutMention(text, workspace.botUser));
  if (words === '') return answer(handling, workspace, place, asking, 'help', {});
  const isCommand = bot.commands.some((shape) => startsWith(words, shape));
  const parsed = parseCommandText(isCommand ? words : `brief ${words}`, bot.commands);
  if ('problem' in parsed) return answers.show(workspace, place, problem(parsed.problem));
  // A mention is asked in front of all, and answered so; what only managers may ask is theirs to read.
  const isOpen = !shapeOf(bot, parsed.command)?.manage;
  const reply = await ask(handling, workspace, asking, parsed.command, parsed.options, isOpen);
  return answers.show(workspace, place, reply);
}

const startsWith = (words: string, shape: CommandShape): boolean =>
  words.replace(/^\//, '').split(/\s+/, 1)[0]?.toLowerCase() === shape.name.split(' ')[0];

async function ask(
  { bot, people }: Handling,
  workspace: Workspace,
  asking: Asking,
  command: string,
  options: Invocation['options'],
  share = false,
): Promise<Reply> {
  // Whoever posts to another channel needs the right there.
  const target = typeof options.channel === 'string' ? plainWords(options.channel) : undefined;
  const caller = await people.caller(workspace, asking, command, target);
  return bot.answer({ command, options, caller, ...(share ? { share } : {}) });
}

async function answer(
  handling: Handling,
  workspace: Workspace,
  place: Place,
  asking: Asking,
  command: string,
  options: Readonly<Record<string, string>>,
  isBare = false,
): Promise<void> {
  const reply = await ask(handling, workspace, asking, command, options);
  const shape = isBare ? shapeOf(handling.bot, command) : undefined;
  const completing = shape?.options.find((option) => option.completes);
  await handling.answers.show(
    workspace,
    place,
    shape && completing ? withPicker(reply, shape, completing.name) : reply,
  );
}

/** A bare command is answered, and offers to ask for something narrower: Slack has no suggestions while typing. */
function withPicker(reply: Reply, shape: CommandShape, option: string): Reply {
  const pick = { kind: 'form', label: `Choose a ${option}`, command: commandText(shape.name, {}) } as const;
  return { ...reply, document: { ...reply.document, blocks: [...reply.document.blocks, row(pick)] } };
}

const problem = (words: string): Reply => ({
  visibility: 'private',
  document: { summary: words, blocks: [paragraph(words), row(run('Help', '/help'))] },
});

const shapeOf = (bot: Bot, command: string) => bot.commands.find((shape) => shape.name === command);

const originOf = (command: string, channel: string, place: Place): Origin => ({
  command,
  channel,
  ...(place.kind === 'response' ? { responseUrl: place.url } : {}),
  ...(place.kind === 'view' && place.origin.responseUrl ? { responseUrl: place.origin.responseUrl } : {}),
});

// ------------------------------------------------------------------ things pressed

interface Press {
  readonly actionId: string;
  readonly value: string;
  readonly asking: Asking;
  readonly trigger: string;
  readonly responseUrl?: string;
  readonly viewId?: string;
  readonly origin?: Origin;
}

/** What was pressed, from any surface; undefined for things that need no answer (links, fields of a form). */
function readPress(body: object, action: object): Press | undefined {
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

async function press(handling: Handling, workspace: Workspace, pressed: Press): Promise<void> {
  const { bot, answers } = handling;
  const { asking, trigger } = pressed;
  const [kind] = pressed.actionId.split(':', 1);
  const parsed = parseCommandText(pressed.value, bot.commands);
  const command = 'problem' in parsed ? '' : parsed.command;
  const place = placeOf(pressed, command || 'Pullquote');
  const known = kind === 'run' || kind === 'menu' || kind === 'share' || kind === 'form';
  if ('problem' in parsed || !known) {
    const words =
      'This button is from an older version and no longer works. Please ask again; /help lists what there is.';
    return answers.show(workspace, place, problem(words));
  }
  const shape = shapeOf(bot, command);
  const missing = shape?.options.some((option) => option.required && parsed.options[option.name] === undefined);
  if (shape && (kind === 'form' || missing)) {
    const origin = originOf(command, asking.channel, place);
    if (await answers.openForm(workspace, place, form(shape, parsed.options, origin))) return;
  }
  const reply = ask(handling, workspace, asking, command, parsed.options, kind === 'share');
  if (place.kind !== 'trigger') return answers.show(workspace, place, await reply);
  return showInModal(handling, workspace, trigger, place.origin, reply);
}

/** The App Home has no place for an answer but a modal, and that must be opened within three seconds. */
async function showInModal(
  { api, answers }: Handling,
  workspace: Workspace,
  trigger: string,
  origin: Origin,
  reply: Promise<Reply>,
): Promise<void> {
  const quick = await Promise.race([reply, sleep(quickMs, undefined)]);
  if (quick) return answers.show(workspace, { kind: 'trigger', origin, trigger }, quick);
  const opened = await api.call(workspace.token, 'views.open', { trigger_id: trigger, view: workingModal(origin) });
  const viewId = String((opened.view as { id?: string } | undefined)?.id);
  await answers.show(workspace, { kind: 'view', viewId, origin, trigger }, { ...(await reply), visibility: 'private' });
}

function placeOf({ asking, trigger, responseUrl, viewId, origin }: Press, command: string): Place {
  if (responseUrl) return { kind: 'response', url: responseUrl, channel: asking.channel, trigger };
  const back: Origin = { ...(origin ?? { channel: asking.channel }), command };
  return viewId ? { kind: 'view', viewId, origin: back, trigger } : { kind: 'trigger', origin: back, trigger };
}

// ------------------------------------------------------------------ suggestions

interface SuggestedChoice {
  readonly text: ReturnType<typeof plainObject>;
  readonly value: string;
}

/** What an external select offers: what was typed first, since the bot may know more than it suggests. */
async function suggestions(
  { bot, people }: Handling,
  workspace: Workspace,
  user: string,
  actionId: string,
  typedText: string,
): Promise<SuggestedChoice[]> {
  const [kind, command = '', option = ''] = actionId.split(':', 3);
  if (kind !== 'field') return [];
  const words = plainWords(typedText).slice(0, limits.choiceValue);
  const caller = people.quickCaller(workspace, { user, channel: user });
  const offered = await bot.complete({ command, options: { [option]: words }, caller }, option);
  const isOffered = offered.some((choice) => choice.value.toLowerCase() === words.toLowerCase());
  const all = words && !isOffered ? [{ label: words, value: words }, ...offered] : offered;
  return all
    .filter((choice) => choice.value !== '' && choice.value.length <= limits.choiceValue)
    .slice(0, limits.choices)
    .map((choice) => ({ text: plainObject(shortened(choice.label, limits.label) || '…'), value: choice.value }));
}
