/** The terminal: a prompt for people, one answer a line for pipes. Needs no account and no network. */
import { createInterface } from 'node:readline/promises';
import type { Readable, Writable } from 'node:stream';
import { clip, parseCommandText } from '../../command.ts';
import type { Document } from '../../document.ts';
import { wordsFor } from '../../language/language.ts';
import type { Bot, Caller, Page, Platform, Posted } from '../platform.ts';
import { renderTerminal } from './render.ts';

export interface TerminalOptions {
  readonly input: Readable & { readonly isTTY?: boolean };
  readonly output: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly zone: string;
  readonly user: string;
  /** Language of whoever sits there; English when left out. */
  readonly locale?: string;
  /** Called when the input ends or a person types /quit. */
  readonly ended: () => void;
}

export interface TerminalPlatform extends Platform {
  /** Answers one line; also what `ask` uses. */
  say(line: string): Promise<string>;
}

export const terminalCaller = (user: string, zone: string, locale: string): Caller => ({
  platform: 'terminal',
  tenant: '',
  user,
  channel: 'terminal',
  channelName: wordsFor({ locale, platform: 'terminal' }).schedule.thisTerminal,
  locale,
  zone,
  canManage: true,
});

export function openTerminal({ input, output, zone, user, locale = 'en', ended }: TerminalOptions): TerminalPlatform {
  const caller = terminalCaller(user, zone, locale);
  const said = wordsFor(caller);
  const interactive = Boolean(input.isTTY && output.isTTY);
  const style = () => ({
    width: Math.min(output.columns || 100, 110),
    colour: interactive && !process.env.NO_COLOR,
    zone,
    locale,
  });
  let bot: Bot | undefined;
  let lines: ReturnType<typeof createInterface> | undefined;
  let pressable: readonly { readonly command: string }[] = [];
  let working: Promise<unknown> = Promise.resolve();
  let posted = 0;

  function show(document: Document): string {
    const { text, actions } = renderTerminal(document, style());
    pressable = actions;
    return text;
  }

  async function say(line: string): Promise<string> {
    if (!bot) return said.terminal.starting;
    const pressed = /^\d{1,3}$/.test(line.trim()) ? pressable[Number(line.trim()) - 1]?.command : undefined;
    if (/^\d{1,3}$/.test(line.trim()) && !pressed) return said.terminal.noButton(line.trim());
    const asked = parseCommandText(pressed ?? line, bot.commands);
    if ('problem' in asked) return asked.problem(said);
    const reply = await bot.answer({ ...asked, caller });
    return show(reply.document);
  }

  async function listen(): Promise<void> {
    lines = createInterface({ input, output, terminal: interactive, prompt: 'pullquote> ' });
    if (interactive) {
      output.write(`${said.terminal.welcome}\n\n`);
      lines.prompt();
    }
    for await (const line of lines) {
      if (/^\/?(quit|exit)$/i.test(line.trim())) break;
      if (line.trim()) {
        const answer = say(line);
        working = answer;
        output.write(`${interactive ? '\n' : ''}${await answer}\n\n`);
      }
      if (interactive) lines.prompt();
    }
    lines.close();
    ended();
  }

  return {
    name: 'terminal',
    say,
    async start(to) {
      bot = to;
      void listen().catch((cause) => {
        output.write(`The terminal stopped: ${clip(String(cause), 200)}\n`);
        ended();
      });
    },
    async stop() {
      await working.catch(() => {});
      lines?.close();
    },
    pages: ({ thread, ...head }): readonly Page[] => [
      { body: head },
      ...(thread ? [{ body: thread, inThread: true }] : []),
    ],
    async post(_to, page): Promise<Posted> {
      posted++;
      output.write(`\n${renderTerminal(page.body as Document, style()).text}\n\n`);
      if (interactive) lines?.prompt();
      return { messageId: `t${posted}` };
    },
    // A line on a screen cannot be read back: nothing was seen is the honest answer after a restart.
    find: async () => undefined,
    // What is written on a terminal stays.
    edit: async () => 'refused',
    problems: async () => [],
    tell: async (_tenant, _user, document) => {
      output.write(`\n${renderTerminal(document, style()).text}\n`);
      return true;
    },
    state: () => 'connected',
  };
}
