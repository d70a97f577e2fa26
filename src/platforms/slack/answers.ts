/** Brings an answer to where it was asked: by `response_url`, in a channel or thread, or in a view. */
import { type Document, paragraph } from '../../document.ts';
import { type Words, wordsFor } from '../../language/language.ts';
import { PlatformError, type Reply } from '../platform.ts';
import { answerModal, type Modal, type Origin } from './forms.ts';
import { plainObject } from './inline.ts';
import { limits } from './limits.ts';
import type { Log } from './log.ts';
import type { Naming } from './naming.ts';
import type { Pace } from './pace.ts';
import { type SlackBlock, type SlackMessage, slackPages, viewBlocks } from './render.ts';
import type { WebApi } from './webapi.ts';
import type { Workspace } from './workspaces.ts';

/** Where a person asked, and so where the answer belongs. */
export type Place =
  /** A command, or a button in a message. */
  | { readonly kind: 'response'; readonly url: string; readonly channel: string; readonly trigger: string }
  /** A mention, or a direct message. */
  | { readonly kind: 'channel'; readonly channel: string; readonly user: string; readonly thread?: string }
  /** A button in a modal, which shows the answer in its place. */
  | { readonly kind: 'view'; readonly viewId: string; readonly origin: Origin; readonly trigger: string }
  /** A button in the App Home, a shortcut: the answer opens in a modal. */
  | { readonly kind: 'trigger'; readonly origin: Origin; readonly trigger: string };

/** Sent with every message: nothing in it pings, links by itself or unfolds a preview. */
export const quiet = { parse: 'none', link_names: false, unfurl_links: false, unfurl_media: false } as const;

/** A reply, and the language of the person it is for. */
export type LocalReply = Reply & { readonly locale?: string };

export interface Answers {
  show(workspace: Workspace, place: Place, reply: LocalReply): Promise<void>;
  /** Opens a form. False when the moment has passed: Slack lets a press open a view for three seconds. */
  openForm(workspace: Workspace, place: Place, modal: Modal): Promise<boolean>;
}

export function createAnswers({
  api,
  pace,
  naming,
  log,
}: {
  readonly api: WebApi;
  readonly pace: Pace;
  readonly naming: Naming;
  readonly log: Log;
}): Answers {
  const inChannel = (workspace: Workspace, channel: string, task: () => Promise<unknown>) =>
    pace.run({ team: workspace.team, channel, urgent: true }, task);

  async function show(workspace: Workspace, place: Place, given: LocalReply): Promise<void> {
    const reply = { ...given, document: naming(given.document) };
    const isPublic = reply.visibility === 'public';
    switch (place.kind) {
      case 'response':
        return respond(place.url, reply.document, isPublic, reply.locale);
      case 'channel':
        return say(workspace, place, reply);
      case 'view':
        if (isPublic) return shareFromView(workspace, place, reply);
        return showView(workspace, place, viewBlocks(reply.document, reply.locale), wordsOf(reply.locale));
      case 'trigger':
        return showView(workspace, place, viewBlocks(reply.document, reply.locale), wordsOf(reply.locale));
    }
  }

  async function say(
    workspace: Workspace,
    { channel, user, thread }: Extract<Place, { kind: 'channel' }>,
    { document, visibility, locale }: LocalReply,
  ): Promise<void> {
    const isForAll = visibility === 'public' || /^[DUW]/.test(channel);
    const method = isForAll ? 'chat.postMessage' : 'chat.postEphemeral';
    for (const { body } of slackPages(document, locale)) {
      const args = { channel, ...body, ...quiet, ...(thread ? { thread_ts: thread } : {}) };
      await inChannel(workspace, channel, () => api.call(workspace.token, method, isForAll ? args : { ...args, user }));
    }
  }

  /** Posts what was shared where the form or view came from, and says so in the view. */
  async function shareFromView(
    workspace: Workspace,
    place: Extract<Place, { kind: 'view' }>,
    reply: LocalReply,
  ): Promise<void> {
    const { channel, responseUrl } = place.origin;
    const { slack } = wordsOf(reply.locale);
    let outcome = slack.shared;
    try {
      if (responseUrl) await respond(responseUrl, reply.document, true, reply.locale);
      else await say(workspace, { kind: 'channel', channel, user: '' }, reply);
    } catch (cause) {
      if (!(cause instanceof PlatformError)) throw cause;
      log.info({ channel, problem: cause.message }, 'slack: could not share');
      outcome = slack.notShared(workspace.handle);
    }
    const document = { summary: outcome, blocks: [paragraph(outcome)] };
    await showView(workspace, place, viewBlocks(document, reply.locale), wordsOf(reply.locale));
  }

  async function showView(
    workspace: Workspace,
    place: Extract<Place, { kind: 'view' | 'trigger' }>,
    blocks: readonly SlackBlock[],
    said: Words,
  ): Promise<void> {
    const view = answerModal(blocks, place.origin, said);
    if (place.kind === 'view') await api.call(workspace.token, 'views.update', { view_id: place.viewId, view });
    else await api.call(workspace.token, 'views.open', { trigger_id: place.trigger, view });
  }

  return {
    show,
    async openForm(workspace, place, modal) {
      if (place.kind === 'channel') return false;
      try {
        // A form that is opened from a modal takes its place: Slack stacks three views at most.
        if (place.kind === 'view')
          await api.call(workspace.token, 'views.update', { view_id: place.viewId, view: modal });
        else await api.call(workspace.token, 'views.open', { trigger_id: place.trigger, view: modal });
        return true;
      } catch (cause) {
        log.warn({ err: cause }, 'slack: could not open a form');
        return false;
      }
    },
  };
}

/** Shown in a modal while the answer takes longer than Slack waits. */
export const workingModal = (origin: Origin, said: Words): Modal =>
  answerModal([{ type: 'section', text: plainObject(said.slack.oneMoment) }], origin, said);

/** The words for a person here by their locale. */
export const wordsOf = (locale = 'en'): Words => wordsFor({ locale, platform: 'slack' });

// ------------------------------------------------------------------ response_url

/** Answers through a `response_url`: five messages at most, and it needs no token, so it works for strangers too. */
export async function respond(url: string, document: Document, isPublic: boolean, locale = 'en'): Promise<void> {
  const pages = slackPages(document, locale).map(({ body }) => body);
  const most = limits.message.responses;
  const left = pages.length - most + 1;
  const told =
    pages.length <= most ? pages : [...pages.slice(0, most - 1), note(wordsOf(locale).slack.moreParts(left))];
  for (const page of told) await postResponse(url, page, isPublic);
}

const note = (text: string): SlackMessage => ({ text, blocks: [{ type: 'section', text: plainObject(text) }] });

async function postResponse(url: string, message: SlackMessage, isPublic: boolean): Promise<void> {
  const response_type = isPublic ? 'in_channel' : 'ephemeral';
  const post = (body: object) =>
    fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ response_type, replace_original: false, ...body, ...quiet }),
      redirect: 'error',
      signal: AbortSignal.timeout(10_000),
    });
  let response = await post(message);
  // A private answer may be tried again after a fault: nobody minds seeing it twice.
  if (response.status === 400 || (response.status >= 500 && !isPublic)) response = await post(wordsOnly(message));
  await response.body?.cancel();
  if (response.ok) return;
  const kind = response.status >= 500 ? 'ambiguous' : 'refused';
  throw new PlatformError(kind, `slack: response_url answered ${response.status}`);
}

/**
 * The same message without layout, for blocks that Slack will not take: its limits are not all written down, and a plain
 * answer is better than none. Whole lines, nothing read as markup.
 */
export const wordsOnly = ({ text }: SlackMessage) => ({ text, mrkdwn: false });
