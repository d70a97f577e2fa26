/** Words made into invocations: slash commands, mentions, direct messages. */
import { commandText, parseCommandText } from '../../command.ts';
import { paragraph, actions as row, run } from '../../document.ts';
import { type Words, wordsFor } from '../../language/language.ts';
import { commandNamed } from '../../language/typed.ts';
import type { Bot, CommandShape, Invocation, Reply } from '../platform.ts';
import { type Answers, type LocalReply, type Place, wordsOf } from './answers.ts';
import { form, type Origin } from './forms.ts';
import type { Log } from './log.ts';
import { everyCommand } from './manifest.ts';
import type { Naming } from './naming.ts';
import type { Asking, People } from './people.ts';
import type { WebApi } from './webapi.ts';
import { plainWords, withoutMention } from './words.ts';
import type { Workspace, Workspaces } from './workspaces.ts';

/** What the handlers share. */
export interface Handling {
  readonly bot: Bot;
  readonly api: WebApi;
  readonly answers: Answers;
  /** Commands by the names that work here, for what does not go through `answers`. */
  readonly naming: Naming;
  readonly people: People;
  readonly workspaces: Workspaces;
  /** `news` when commands are called `/news-brief`. */
  readonly prefix: string;
  readonly log: Log;
  /** Follows a task so that a stop can wait for it. */
  readonly track: (task: Promise<void>) => void;
}

/** Milliseconds that an answer may take before a form says "One moment": Slack waits three seconds. */
export const quickMs = 1500;

/** A command with its options, as words gave them. */
export interface Asked {
  readonly command: string;
  readonly options: Readonly<Record<string, string>>;
}

/** A slash command: `/brief cartels`, or with a prefix `/news-brief cartels`. */
export async function typed(
  handling: Handling,
  workspace: Workspace,
  place: Place,
  { command, text, user_id, channel_id }: Readonly<Record<'command' | 'text' | 'user_id' | 'channel_id', string>>,
): Promise<void> {
  const { bot, prefix } = handling;
  const asking = { user: user_id, channel: channel_id };
  const said = plainWords(text);
  const isEvery = command === everyCommand(prefix);
  const name = isEvery ? (said.split(/\s+/, 1)[0] ?? '') : command.slice(prefix ? prefix.length + 2 : 1);
  const words = isEvery ? said.slice(name.length).trim() : said;
  // Slack asks every command to answer to "help".
  if (/^(help|\?)$/i.test(words) || name === '') return answer(handling, workspace, place, asking, 'help', {});
  const parsed = parseCommandText(`${name} ${words}`, bot.commands);
  if ('problem' in parsed) return misunderstood(handling, workspace, place, asking, parsed.problem);
  if (lacksWords(bot, parsed) && (await openForm(handling, workspace, place, asking, parsed))) return;
  return answer(handling, workspace, place, asking, parsed.command, parsed.options, words === '');
}

/** Words after a mention or in a direct message: a command without its slash, else what to be briefed on. */
export async function spoken(
  handling: Handling,
  workspace: Workspace,
  place: Extract<Place, { kind: 'channel' }>,
  text: string,
): Promise<void> {
  const { bot, answers } = handling;
  const asking = { user: place.user, channel: place.channel };
  const words = plainWords(withoutMention(text, workspace.botUser));
  if (words === '') return answer(handling, workspace, place, asking, 'help', {});
  const isCommand = bot.commands.some((shape) => startsWith(words, shape)) || isLocalCommand(words);
  const parsed = parseCommandText(isCommand ? words : `brief ${words}`, bot.commands);
  if ('problem' in parsed) return misunderstood(handling, workspace, place, asking, parsed.problem);
  // A mention is asked in front of all, and answered so; what only managers may ask is theirs to read.
  const isOpen = !shapeOf(bot, parsed.command)?.manage;
  const reply = await ask(handling, workspace, asking, parsed.command, parsed.options, isOpen);
  return answers.show(workspace, place, reply);
}

/** A command by its name in another language: alone or with its slash, for many of these names begin a topic too. */
const isLocalCommand = (words: string): boolean =>
  (words.startsWith('/') || !/\s/.test(words)) &&
  commandNamed(words.replace(/^\//, '').split(/\s/, 1)[0] ?? '') !== undefined;

const startsWith = (words: string, shape: CommandShape): boolean =>
  words.replace(/^\//, '').split(/\s+/, 1)[0]?.toLowerCase() === shape.name.split(' ')[0];

export async function ask(
  { bot, people }: Handling,
  workspace: Workspace,
  asking: Asking,
  command: string,
  options: Invocation['options'],
  share = false,
): Promise<LocalReply> {
  // Whoever posts to another channel needs the right there.
  const target = typeof options.channel === 'string' ? plainWords(options.channel) : undefined;
  const caller = await people.caller(workspace, asking, command, target);
  const reply = await bot.answer({ command, options, caller, ...(share ? { share } : {}) });
  return { ...reply, locale: caller.locale };
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
function withPicker(reply: LocalReply, shape: CommandShape, option: string): LocalReply {
  const said = wordsOf(reply.locale);
  const name = said.commands[`${shape.name}.${option}`]?.name ?? option;
  const pick = { kind: 'form', label: said.slack.choose(name), command: commandText(shape.name, {}) } as const;
  return { ...reply, document: { ...reply.document, blocks: [...reply.document.blocks, row(pick)] } };
}

/** Words that are no command: what is wrong with them, in the language of whoever typed them. */
async function misunderstood(
  { people, answers }: Handling,
  workspace: Workspace,
  place: Place,
  asking: Asking,
  problemIn: (said: Words) => string,
): Promise<void> {
  const caller = await people.caller(workspace, asking, '');
  const said = wordsFor(caller);
  return answers.show(workspace, place, { ...problem(problemIn(said), said), locale: caller.locale });
}

export const problem = (words: string, { press }: Words): Reply => ({
  visibility: 'private',
  document: { summary: words, blocks: [paragraph(words), row(run(press.help, '/help'))] },
});

export const shapeOf = (bot: Bot, command: string) => bot.commands.find((shape) => shape.name === command);

/** Whether an option that must be given was not: then a form asks for it. */
export const lacksWords = (bot: Bot, { command, options }: Asked): boolean =>
  shapeOf(bot, command)?.options.some((option) => option.required && options[option.name] === undefined) ?? false;

/** Opens the form of a command, filled with what is known. False where no form can be opened. */
export async function openForm(
  { bot, answers, people }: Handling,
  workspace: Workspace,
  place: Place,
  asking: Asking,
  { command, options }: Asked,
): Promise<boolean> {
  const shape = shapeOf(bot, command);
  if (!shape) return false;
  const origin = originOf(command, asking.channel, place);
  const said = wordsFor(await people.caller(workspace, asking, command));
  return answers.openForm(workspace, place, form(shape, options, origin, said));
}

const originOf = (command: string, channel: string, place: Place): Origin => ({
  command,
  channel,
  ...(place.kind === 'response' ? { responseUrl: place.url } : {}),
  ...(place.kind === 'view' && place.origin.responseUrl ? { responseUrl: place.origin.responseUrl } : {}),
});
