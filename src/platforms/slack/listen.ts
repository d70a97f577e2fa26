/**
 * Everything that people do in Slack, taken from Bolt: commands, buttons, menus, forms, shortcuts, mentions, direct messages.
 *
 * All is acknowledged at once and answered afterwards, and what Slack delivers twice is answered once. A handler never
 * throws: what fails is logged, once.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { App } from '@slack/bolt';
import { type Document, paragraph } from '../../document.ts';
import { type Words, wordsFor } from '../../language/language.ts';
import { type Place, respond, wordsOf, workingModal } from './answers.ts';
import { ask, type Handling, quickMs, spoken, typed } from './asking.ts';
import { answerModal, form, formValues, type Modal, readOrigin } from './forms.ts';
import { publishHome } from './home.ts';
import { createSeen } from './memory.ts';
import { press, readPress } from './pressing.ts';
import { shortened, viewBlocks } from './render.ts';
import { type SuggestedChoice, suggestions } from './suggesting.ts';
import { plainWords } from './words.ts';
import { tenantOf, type Workspace } from './workspaces.ts';

/** In English: without a token nobody tells which language a person reads. */
const notInstalled: Document = {
  summary: 'Pullquote is not installed in this workspace.',
  blocks: [
    paragraph(
      'Pullquote is not installed in this workspace (any more), so it cannot answer here. Someone who manages apps can add it again.',
    ),
  ],
};

const notAnswered = ({ slack }: Words): Document => ({
  summary: slack.notAnswered,
  blocks: [paragraph(slack.notAnsweredWhy)],
});

/** Registers everything with Bolt. */
export function listen(app: App, handling: Handling): void {
  const { bot, workspaces, log, track } = handling;
  const firstTime = createSeen();

  /** Looks up the workspace, then runs a task, and logs what goes wrong in it. */
  const inWorkspace = (
    team: string | undefined,
    what: string,
    responseUrl: string | undefined,
    user: string,
    task: (workspace: Workspace) => Promise<void>,
  ) =>
    track(
      (async () => {
        let said = wordsOf();
        try {
          const workspace = team === undefined ? undefined : await workspaces.find(team);
          if (workspace) said = wordsFor(handling.people.quickCaller(workspace, { user, channel: user }));
          if (workspace) await task(workspace);
          else if (responseUrl) await respond(responseUrl, notInstalled, false);
        } catch (cause) {
          log.error({ err: cause, team }, `slack: could not answer ${what}`);
          if (responseUrl) await respond(responseUrl, notAnswered(said), false).catch(() => undefined); // logged above
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
    inWorkspace(context.teamId, 'a command', body.response_url, body.user_id, (workspace) =>
      typed(handling, workspace, place, body),
    );
  });

  app.action(/.*/, async ({ ack, body, action, context }) => {
    await ack();
    const pressed = readPress(body, action);
    if (!pressed || !firstTime(pressed.trigger)) return;
    inWorkspace(context.teamId, 'a button', pressed.responseUrl, pressed.asking.user, (workspace) =>
      press(handling, workspace, pressed),
    );
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
    let said = wordsOf();
    inWorkspace(context.teamId, 'a form', undefined, body.user.id, async (workspace) => {
      const asking = { user: body.user.id, channel: origin.channel };
      said = wordsFor(handling.people.quickCaller(workspace, asking));
      const reply = await ask(handling, workspace, asking, origin.command, options);
      const modal = answerModal(
        viewBlocks(handling.naming(reply.document), reply.locale),
        origin,
        wordsOf(reply.locale),
      );
      answered.resolve(modal);
      if ((await waited.promise) === 'late')
        await handling.api.call(workspace.token, 'views.update', { view_id: view.id, view: modal });
    });
    const ready = await Promise.race([answered.promise, sleep(quickMs, undefined)]);
    await ack({ response_action: 'update', view: (ready ?? workingModal(origin, said)) as never });
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
    inWorkspace(context.teamId, 'a shortcut', undefined, shortcut.user.id, async (workspace) => {
      const origin = { command, channel };
      const place: Place = { kind: 'trigger', origin, trigger: shortcut.trigger_id };
      const caller = await handling.people.caller(workspace, { user: shortcut.user.id, channel }, command);
      await handling.answers.openForm(workspace, place, form(shape, given, origin, wordsFor(caller)));
    });
  });

  app.event('app_mention', async ({ event, body, context }) => {
    if (!firstTime(body.event_id) || !event.user) return;
    const { user, channel, text } = event;
    inWorkspace(context.teamId, 'a mention', undefined, user, (workspace) =>
      spoken(handling, workspace, { kind: 'channel', channel, user, thread: event.thread_ts ?? event.ts }, text),
    );
  });

  app.event('message', async ({ event, body, context }) => {
    // Only people's plain words to the bot itself: no edits, no joins, no other bots.
    if (event.channel_type !== 'im' || event.subtype !== undefined || 'bot_id' in event) return;
    if (!firstTime(body.event_id)) return;
    const { user, channel, text, thread_ts } = event;
    inWorkspace(context.teamId, 'a direct message', undefined, user, (workspace) =>
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
    inWorkspace(context.teamId, 'App Home', undefined, event.user, (workspace) =>
      publishHome(handling, workspace, event),
    );
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
