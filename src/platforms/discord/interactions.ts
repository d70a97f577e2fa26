/**
 * Answers what people do: slash commands, buttons, menus, forms, suggestions. Works on what Discord sends as it stands, so
 * the gateway and HTTP share it: each brings only a way to give the first answer.
 */
import { DiscordAPIError, type REST, Routes } from 'discord.js';
import { parseCommandText } from '../../command.ts';
import { paragraph } from '../../document.ts';
import { wordsFor } from '../../language/language.ts';
import type { Bot, Caller, Choice, Invocation, OptionShape, Reply } from '../platform.ts';
import { gatedCommands } from './commands.ts';
import { customId, readCustomId } from './custom-id.ts';
import { asEmbed, type EmbedMessage } from './embed.ts';
import { codeOf, describeFault } from './faults.ts';
import { formOf, formValues } from './forms.ts';
import { flag, limits } from './limits.ts';
import { isVisible } from './markdown.ts';
import { clip, type Message, renderDocument } from './render.ts';
import {
  type Callback,
  callbackType,
  type Interaction,
  interaction,
  interactionType,
  right,
  type WireOption,
} from './wire.ts';

/** Gives the first answer. Rejects when Discord does not take it. */
export type Respond = (callback: Callback) => Promise<void>;

export interface DiscordLog {
  debug?(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface Interactions {
  /** Answers one interaction. Never rejects. */
  handle(payload: unknown, respond: Respond): Promise<void>;
  /** Resolves when everything that came so far is answered, or after the time. */
  idle(atMostMs: number): Promise<void>;
}

/** An answer that is not there by then is put off ("thinking…"), long before Discord's 3 s are over. */
const PATIENCE_MS = 50;
/** Suggestions come while someone types: late ones help nobody. */
const SUGGESTIONS_MS = 2000;
const MOST_PAGES = 5;
const TELL_EVERY_MS = 10_000;

export function createInteractions({
  bot,
  answers,
  log,
}: {
  readonly bot: Bot;
  readonly answers: REST;
  readonly log: DiscordLog;
}): Interactions {
  const gated = gatedCommands(bot.commands);
  const running = new Set<Promise<void>>();
  let missed = 0;
  let toldAt = 0;

  return {
    handle(payload, respond) {
      const work = handle(payload, respond).catch(unanswered);
      running.add(work);
      return work.finally(() => running.delete(work));
    },
    async idle(atMostMs) {
      const late = new Promise<void>((resolve) => setTimeout(resolve, atMostMs).unref());
      while (running.size > 0) {
        const done = await Promise.race([Promise.allSettled([...running]), late.then(() => 'late' as const)]);
        if (done === 'late') return;
      }
    },
  };

  /** Told once in a while: when one answer is too late, hundreds are. */
  function unanswered(cause: unknown): void {
    missed += 1;
    if (Date.now() - toldAt < TELL_EVERY_MS) return;
    log.warn({ ...describeFault(cause), missed }, 'discord: interactions could not be answered');
    toldAt = Date.now();
    missed = 0;
  }

  async function handle(payload: unknown, respond: Respond): Promise<void> {
    const read = interaction.safeParse(payload);
    if (!read.success) return log.warn({}, 'discord: an interaction of a shape we do not know');
    const one = read.data;
    switch (one.type) {
      case interactionType.ping:
        return respond({ type: callbackType.pong });
      case interactionType.command:
        return answer(one, slashInvocation(one), respond);
      case interactionType.autocomplete:
        return suggest(one, respond);
      case interactionType.component:
        return press(one, respond);
      case interactionType.form:
        return formSent(one, respond);
      default:
        return log.warn({ type: one.type }, 'discord: an interaction of a type we do not know');
    }
  }

  function slashInvocation(one: Interaction): Invocation {
    const { command, options } = commandOf(one);
    const caller = callerOf(one);
    // Discord lets only those run a gated command who may, by the server's own settings.
    const allowed = gated.has(command.split(' ')[0] ?? '') && one.guild_id !== undefined;
    return { command, options: valuesOf(options), caller: allowed ? { ...caller, canManage: true } : caller };
  }

  async function suggest(one: Interaction, respond: Respond): Promise<void> {
    const { command, options } = commandOf(one);
    const focused = options.find((option) => option.focused)?.name;
    const invocation = { command, options: valuesOf(options), caller: callerOf(one) };
    const found = focused === undefined ? [] : await within(SUGGESTIONS_MS, bot.complete(invocation, focused), []);
    await respond({ type: callbackType.suggestions, data: { choices: choicesOf(found, typeOf(command, focused)) } });
  }

  function typeOf(command: string, option: string | undefined): OptionShape['type'] | undefined {
    const shape = bot.commands.find(({ name }) => name === command);
    return shape?.options.find(({ name }) => name === option)?.type;
  }

  async function press(one: Interaction, respond: Respond): Promise<void> {
    const caller = callerOf(one);
    const pressed = readCustomId(one.data?.custom_id ?? '');
    const text = pressed?.press === 'menu' ? one.data?.values?.[0] : pressed?.command;
    if (pressed === undefined || text === undefined) return tell(one, wordsFor(caller).discord.oldButton, respond);
    const asked = parseCommandText(text, bot.commands);
    if ('problem' in asked)
      return tell(one, `${wordsFor(caller).discord.oldButton} (${asked.problem(wordsFor(caller))})`, respond);
    if (pressed.press === 'form') return openForm(asked, text, caller, respond);
    return answer(one, { ...asked, caller, ...(pressed.press === 'share' ? { share: true } : {}) }, respond);
  }

  async function openForm(
    asked: { readonly command: string; readonly options: Record<string, string> },
    text: string,
    caller: Caller,
    respond: Respond,
  ): Promise<void> {
    const shape = bot.commands.find(({ name }) => name === asked.command);
    const id = customId('form', text);
    if (shape === undefined || id === undefined) throw new Error(`no form for ${asked.command}`);
    await respond({ type: callbackType.form, data: formOf(shape, asked.options, id, wordsFor(caller)) });
  }

  async function formSent(one: Interaction, respond: Respond): Promise<void> {
    const caller = callerOf(one);
    const form = readCustomId(one.data?.custom_id ?? '');
    const asked = parseCommandText(form?.command ?? '', bot.commands);
    if ('problem' in asked) return tell(one, wordsFor(caller).discord.oldButton, respond);
    const shape = bot.commands.find(({ name }) => name === asked.command);
    const shown = new Set(shape ? shownFields(shape) : []);
    // What the form showed counts as it was sent, emptied fields too; what it had no room for stays.
    const kept = Object.entries(asked.options).filter(([name]) => !shown.has(name));
    const options = { ...Object.fromEntries(kept), ...formValues(one.data?.components) };
    return answer(one, { command: asked.command, options, caller }, respond);
  }

  function tell(one: Interaction, line: string, respond: Respond): Promise<void> {
    return send(
      one,
      { visibility: 'private', document: { summary: line, blocks: [paragraph(line)] } },
      undefined,
      respond,
    );
  }

  /** Answers at once when the answer is there at once; else says that it comes, and brings it. */
  async function answer(one: Interaction, invocation: Invocation, respond: Respond): Promise<void> {
    const { failed } = wordsFor(invocation.caller).discord;
    const coming = bot.answer(invocation).catch((cause: unknown): Reply => {
      log.error({ ...describeFault(cause), command: invocation.command }, 'discord: the bot did not answer');
      return {
        visibility: 'private',
        document: { summary: failed, blocks: [paragraph(failed)] },
      };
    });
    const ready = await within(PATIENCE_MS, coming, undefined);
    if (ready !== undefined) return send(one, ready, undefined, respond);
    const deferred = invocation.share ? 'public' : 'private';
    await respond({ type: callbackType.deferred, data: deferred === 'private' ? { flags: flag.ephemeral } : {} });
    await send(one, await coming, deferred, respond);
  }

  async function send(
    one: Interaction,
    reply: Reply,
    deferred: Reply['visibility'] | undefined,
    respond: Respond,
  ): Promise<void> {
    const caller = callerOf(one);
    const { locale } = caller;
    const { document } = reply;
    // Nobody made a thread for a private answer: what belongs in one comes after it.
    const detail = reply.visibility === 'private' && document.thread ? renderDocument(document.thread, locale) : [];
    const pages = [...renderDocument(document, locale), ...detail].map(({ message }) => message);
    const shown = pages.slice(0, MOST_PAGES);
    const left = pages.length - shown.length;
    if (left > 0) {
      const line = wordsFor(caller).discord.moreParts(left);
      shown.push(
        ...renderDocument(
          { summary: line, blocks: [{ kind: 'small', text: [{ kind: 'text', text: line }] }] },
          locale,
        ).map(({ message }) => message),
      );
    }
    const [first, ...rest] = shown as [Message, ...Message[]];
    const flags = reply.visibility === 'private' ? flag.ephemeral : 0;
    if (deferred === undefined)
      await v2OrEmbed(first, (body) => respond({ type: callbackType.message, data: withFlags(body, flags) }));
    else if (deferred === reply.visibility) await v2OrEmbed(first, (body) => editOriginal(one, body));
    else {
      // Who sees it was settled when it was put off: take that back and send it as it should be.
      await hook(() =>
        answers.delete(Routes.webhookMessage(one.application_id, one.token, '@original'), { auth: false }),
      );
      await v2OrEmbed(first, (body) => followUp(one, withFlags(body, flags)));
    }
    for (const page of rest) await v2OrEmbed(page, (body) => followUp(one, withFlags(body, flags)));
  }

  async function v2OrEmbed(
    message: Message,
    deliver: (body: Message | EmbedMessage) => Promise<unknown>,
  ): Promise<void> {
    try {
      await deliver(message);
    } catch (cause) {
      if (!isRefusedBody(cause)) throw cause;
      log.warn(describeFault(cause), 'discord: a message with Components V2 was refused; sending it as an embed');
      await deliver(asEmbed(message));
    }
  }

  function editOriginal(one: Interaction, body: object): Promise<unknown> {
    return hook(() =>
      answers.patch(Routes.webhookMessage(one.application_id, one.token, '@original'), { body, auth: false }),
    );
  }

  function followUp(one: Interaction, body: object): Promise<unknown> {
    return hook(() => answers.post(Routes.webhook(one.application_id, one.token), { body, auth: false }));
  }
}

/** With HTTP the first answer is on its way as the HTTP response: Discord may not know the interaction's webhook yet. */
async function hook<T>(request: () => Promise<T>): Promise<T> {
  for (const waitMs of [100, 300, 900]) {
    try {
      return await request();
    } catch (cause) {
      if (codeOf(cause) !== 10015) throw cause; // Unknown Webhook
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  }
  return request();
}

/** Discord did not like the body itself (50035, Invalid Form Body). */
export const isRefusedBody = (cause: unknown): boolean =>
  cause instanceof DiscordAPIError && cause.status === 400 && cause.code === 50035;

function withFlags(body: Message | EmbedMessage, flags: number): Message | EmbedMessage {
  const all = ('flags' in body ? body.flags : 0) | flags;
  return all === 0 ? body : { ...body, flags: all };
}

function shownFields(shape: Bot['commands'][number]): string[] {
  return shape.options
    .toSorted((a, b) => Number(b.required) - Number(a.required))
    .slice(0, limits.formFields)
    .map(({ name }) => name);
}

/** `schedule` with a subcommand `add` is our `schedule add`. */
function commandOf(one: Interaction): { readonly command: string; readonly options: readonly WireOption[] } {
  const name = one.data?.name ?? '';
  const options = one.data?.options ?? [];
  const sub = options.find((option) => option.type === 1);
  return sub === undefined
    ? { command: name, options }
    : { command: `${name} ${sub.name}`, options: sub.options ?? [] };
}

const valuesOf = (options: readonly WireOption[]): Record<string, unknown> =>
  Object.fromEntries(options.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])));

const managing = right.administrator | right.manageGuild | right.manageChannels;

export function callerOf(one: Interaction): Caller {
  const user = one.member?.user.id ?? one.user?.id ?? '';
  const inServer = one.guild_id !== undefined;
  const named = Object.entries(one.data?.resolved?.channels ?? {}).flatMap(([id, { name }]) =>
    name ? [[id, `#${name}`] as const] : [],
  );
  return {
    platform: 'discord',
    tenant: inServer ? `discord:${one.guild_id}` : `discord:dm:${user}`,
    user,
    channel: one.channel_id ?? '',
    ...(one.channel?.name ? { channelName: `#${one.channel.name}` } : {}),
    ...(named.length > 0 ? { channelNames: Object.fromEntries(named) } : {}),
    locale: one.locale ?? 'en',
    ...channelLocale(one),
    // Alone with the bot, a person manages what is theirs.
    canManage: inServer ? (bits(one.member?.permissions) & managing) !== 0n : true,
  };
}

/**
 * Every server's language is American English until its admins choose another, which only community servers can: so that
 * one tells nothing, and the person who asks is the better guess.
 */
const channelLocale = ({ guild_locale }: Interaction) =>
  guild_locale === undefined || guild_locale === 'en-US' ? {} : { channelLocale: guild_locale };

const bits = (value: string | undefined): bigint =>
  value !== undefined && /^\d{1,30}$/.test(value) ? BigInt(value) : 0n;

function choicesOf(
  found: readonly Choice[],
  type: OptionShape['type'] | undefined,
): readonly { readonly name: string; readonly value: string | number }[] {
  return found
    .filter(({ label, value }) => isVisible(label) && value.length > 0 && value.length <= limits.suggestionValue)
    .slice(0, limits.suggestions)
    .map(({ label, value }) => ({
      name: clip(label, limits.suggestionLabel),
      // Discord wants numbers for an option that is one.
      value: type === 'integer' ? Number(value) : value,
    }));
}

/** What comes in time, else something instead. */
async function within<T, U>(ms: number, coming: Promise<T>, instead: U): Promise<T | U> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<U>((resolve) => {
    timer = setTimeout(resolve, ms, instead);
  });
  return Promise.race([coming, late]).finally(() => clearTimeout(timer));
}
