/**
 * Commands, said once: options are one zod schema, and Discord's option list, Slack's text, forms, the usage line and
 * the types come from it. The words a person types become values here, and one command is run so that it always answers.
 */
import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { Document } from './document.ts';
import { actions, code, paragraph, plainWords, small } from './document.ts';
import { type Words, wordsFor } from './language/language.ts';
import { choiceName, exampleOf, summaryOf } from './language/names.ts';
import { chosenBy, commandNamed, isTyped, optionNamed } from './language/typed.ts';
import type { Tenant } from './model.ts';
import type { Bot, Caller, Choice, CommandShape, Invocation, OptionShape, Reply } from './platforms/platform.ts';

type Options = z.ZodObject<Record<string, z.ZodType>>;

/** Suggestions for one option while it is typed; `given` are the other options, as far as they are filled in. */
export type Complete<Services> = (
  typed: string,
  caller: Caller,
  services: Services,
  given: Readonly<Record<string, unknown>>,
) => Promise<readonly Choice[]>;

export interface Command<Services, O extends Options = Options> {
  /** `brief`, or `schedule add` for a subcommand. */
  readonly name: string;
  readonly summary: string;
  readonly options: O;
  /** Only for those who may manage the channel or server. */
  readonly manage?: boolean;
  /** Private answers get a Share button. */
  readonly shareable?: boolean;
  readonly complete?: Partial<Record<keyof O['shape'] & string, Complete<Services>>>;
  run(options: z.infer<O>, caller: Caller, services: Services): Promise<Reply | Document>;
}

/** Marks an option for platforms: what a form shows as an example, and whether a value is one word (`since:3d cartels`). */
export interface OptionMeta {
  readonly example?: string;
  readonly word?: boolean;
  readonly channel?: boolean;
  /** What choices are called, where that is the same in every language. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** A function that defines commands for one set of services; it only serves the types. */
export const commandFor =
  <Services>() =>
  <O extends Options>(command: Command<Services, O>): Command<Services> =>
    command as unknown as Command<Services>;

/** A mistake of the person who asks, told to them as it is: what was expected, what came, how to ask. */
export class AskError extends Error {
  override readonly name = 'AskError';
  readonly document: Document;
  constructor(document: Document | string) {
    super(typeof document === 'string' ? document : document.summary);
    this.document = typeof document === 'string' ? { summary: document, blocks: [paragraph(document)] } : document;
  }
}

// ------------------------------------------------------------------ shapes

/** What platforms declare: names, summaries, option types, read from the schema. */
export function shapeOf<Services>(command: Command<Services>): CommandShape {
  return {
    name: command.name,
    summary: command.summary,
    manage: command.manage ?? false,
    options: Object.entries(command.options.shape).map(([name, schema]) =>
      optionShape(name, schema, command.complete?.[name] !== undefined),
    ),
  };
}

interface SchemaDef {
  readonly type: string;
  readonly innerType?: z.ZodType;
  readonly entries?: Readonly<Record<string, string>>;
}

function optionShape(name: string, schema: z.ZodType, completes: boolean): OptionShape {
  let inner = schema;
  let required = true;
  let meta: Record<string, unknown> = {};
  // Wrappers (optional, default) may stand in any order around the type; the outermost description wins.
  for (;;) {
    meta = { ...(inner.meta() ?? {}), ...meta };
    const def = inner.def as unknown as SchemaDef;
    if (def.type === 'optional' || def.type === 'default') required = false;
    if (!def.innerType) break;
    inner = def.innerType;
  }
  const def = inner.def as unknown as SchemaDef;
  const number = inner as unknown as { minValue?: number | null; maxValue?: number | null };
  const type = meta.channel
    ? 'channel'
    : def.type === 'number'
      ? 'integer'
      : def.type === 'boolean'
        ? 'boolean'
        : def.type === 'enum'
          ? 'choice'
          : 'text';
  return {
    name,
    summary: String(meta.description ?? name),
    type,
    required,
    completes,
    ...(def.entries ? { choices: Object.values(def.entries) } : {}),
    ...(type === 'integer' && Number.isFinite(number.minValue) ? { minimum: number.minValue as number } : {}),
    ...(type === 'integer' && Number.isFinite(number.maxValue) ? { maximum: number.maxValue as number } : {}),
    ...(typeof meta.example === 'string' ? { example: meta.example } : {}),
    ...(meta.word === true ? { word: true } : {}),
    ...(meta.labels ? { labels: meta.labels as Readonly<Record<string, string>> } : {}),
  };
}

// ------------------------------------------------------------------ text to values

/**
 * Reads a command as a person types it: `/quote speaker:claudia sheinbaum topic:strikes`, `/brief cartels since:3d`.
 *
 * A text value runs to the next `name:`; a value that holds such a word, or ends before bare words, is quoted. Bare words
 * fill the first text option. A group without its subcommand means its list. Names may be those of any language. Linear
 * in the length of the text.
 *
 * @returns What is asked, or what is wrong with it, in the words of whoever reads.
 */
export function parseCommandText(
  input: string,
  shapes: readonly CommandShape[],
):
  | { readonly command: string; readonly options: Record<string, string> }
  | { readonly problem: (said: Words) => string } {
  const words = input.trim().replace(/^\/+/, '');
  const [, first = '', afterFirst = ''] = /^(\S*)\s*([\s\S]*)$/.exec(words) ?? [];
  const [, second = '', afterSecond = ''] = /^(\S*)\s*([\s\S]*)$/.exec(afterFirst) ?? [];
  const typed = first.toLowerCase();
  const isEnglish = shapes.some((shape) => shape.name.split(' ')[0] === typed);
  const name = isEnglish ? typed : (commandNamed(typed) ?? typed);
  const group = shapes.filter((shape) => shape.name.startsWith(`${name} `));
  const subName = `${name} ${second.toLowerCase()}`;
  const sub =
    group.find((shape) => shape.name === subName) ?? group.find((shape) => shape.name === commandNamed(subName));
  const shape =
    sub ??
    shapes.find((one) => one.name === name) ??
    (second ? undefined : group.find((one) => one.name === `${name} list`));
  if (!shape) {
    if (group.length > 0) {
      const names = group.map((one) => one.name);
      return { problem: ({ ask }) => ask.oneOf(names, clip(words)) };
    }
    const near = nearestWord(name, [...new Set(shapes.map((one) => one.name.split(' ')[0] ?? ''))]);
    return { problem: ({ ask }) => ask.noCommand(clip(name), near) };
  }
  return { command: shape.name, options: parseOptions(sub ? afterSecond : afterFirst, shape) };
}

const QUOTED = /^(?:"([^"]*)"|“([^”]*)”|'([^']*)')(?=\s|$)/;

function parseOptions(input: string, shape: CommandShape): Record<string, string> {
  const options: Record<string, string> = {};
  const bare: string[] = [];
  let open: string | undefined; // a text option whose value is still growing
  // No command a person types is longer; the cut keeps hostile input cheap.
  let rest = input.slice(0, 2000);
  for (;;) {
    rest = rest.trimStart();
    if (rest === '') break;
    const named = /^([\p{L}_]{1,40}):/u.exec(rest);
    const option = named && optionOf(shape, (named[1] ?? '').toLowerCase());
    if (named && option) {
      rest = rest.slice(named[0].length);
      const quoted = QUOTED.exec(rest);
      const value = quoted ? (quoted[1] ?? quoted[2] ?? quoted[3] ?? '') : (/^\S*/.exec(rest)?.[0] ?? '');
      rest = rest.slice(quoted ? quoted[0].length : value.length);
      options[option.name] = value;
      open = !quoted && option.type === 'text' && !option.word ? option.name : undefined;
      continue;
    }
    const quoted = QUOTED.exec(rest);
    const word = quoted ? (quoted[1] ?? quoted[2] ?? quoted[3] ?? '') : (/^\S+/.exec(rest)?.[0] ?? '');
    rest = rest.slice(quoted ? quoted[0].length : word.length);
    if (open) options[open] = options[open] ? `${options[open]} ${word}` : word;
    else bare.push(word);
  }
  const home =
    shape.options.find((one) => one.type === 'text' && !one.word && options[one.name] === undefined) ??
    shape.options.find((one) => options[one.name] === undefined);
  if (bare.length > 0 && home) options[home.name] = bare.join(' ');
  return options;
}

/** An option by its name in any language. */
function optionOf({ name, options }: CommandShape, typed: string): OptionShape | undefined {
  const find = (wanted: string | undefined) => options.find((one) => one.name === wanted);
  return find(typed) ?? find(optionNamed(name, typed));
}

/** The text that asks for the same thing again: for buttons, Share and "next page". */
export function commandText(command: string, options: Readonly<Record<string, unknown>>): string {
  const parts = Object.entries(options).flatMap(([name, value]) => {
    if (value === undefined || value === '') return [];
    const words = String(value).replaceAll('"', ' ').trim();
    return [/^[^\s“'"]+$/.test(words) ? `${name}:${words}` : `${name}:"${words}"`];
  });
  return [`/${command}`, ...parts].join(' ');
}

/** How a command is asked: `/quote [speaker] [topic]`. */
export function usage(shape: CommandShape, { names }: Words): string {
  const option = ({ name }: OptionShape) => names.option(shape.name, name);
  return [
    names.command(shape.name),
    ...shape.options.map((one) => (one.required ? option(one) : `[${option(one)}]`)),
  ].join(' ');
}

function coerce(value: unknown, shape: OptionShape, command: string): unknown {
  if (typeof value !== 'string') return value;
  const trimmed = value.trim();
  if (trimmed === '') return undefined;
  if (shape.type === 'integer') return /^[+-]?\d+$/.test(trimmed) ? Number(trimmed) : trimmed;
  if (shape.type === 'boolean')
    return /^(yes|y|true|on|1)$/i.test(trimmed) || isTyped(trimmed, 'yes')
      ? true
      : /^(no|n|false|off|0)$/i.test(trimmed) || isTyped(trimmed, 'no')
        ? false
        : trimmed;
  if (shape.type === 'choice') return chosen(trimmed, shape, command) ?? trimmed;
  return trimmed;
}

/** The choice by its own name, or by what any language calls it. */
function chosen(typed: string, { name, choices = [], labels = {} }: OptionShape, command: string): string | undefined {
  const is = (word: string | undefined) => word?.toLowerCase() === typed.toLowerCase();
  return choices.find((choice) => is(choice) || is(labels[choice])) ?? chosenBy(typed, `${command}.${name}`);
}

// ------------------------------------------------------------------ running

export interface BotParts<Services> {
  readonly commands: readonly Command<Services>[];
  readonly services: Services;
  /** The last step before a message leaves: proves every quote and withholds what fails. */
  readonly gate: (document: Document, said: Words) => Promise<Document>;
  readonly removed: (tenant: Tenant) => Promise<void>;
  readonly log: { error(fields: object, message: string): void };
}

/** The bot as platforms see it. Every question gets an answer; a fault is logged once and answered with its reference. */
export function createBot<Services>({ commands, services, gate, removed, log }: BotParts<Services>): Bot {
  const shapes = commands.map(shapeOf);
  const find = (name: string) => commands.find((command) => command.name === name);
  const shapeBy = new Map(shapes.map((shape) => [shape.name, shape]));

  return {
    commands: shapes,
    removed,

    async answer(invocation) {
      const said = wordsFor(invocation.caller);
      const reference = randomUUID().slice(0, 8);
      try {
        const reply = await run(invocation, said);
        return { ...reply, document: await gate(reply.document, said) };
      } catch (cause) {
        if (cause instanceof AskError) return { visibility: 'private', document: cause.document };
        log.error({ err: cause, reference, command: invocation.command }, 'a command failed');
        return {
          visibility: 'private',
          document: {
            summary: said.ask.wentWrongShort(reference),
            blocks: [paragraph(said.ask.wentWrong), small(...said.ask.reference(code(reference)))],
          },
        };
      }
    },

    async complete(invocation, option) {
      const complete = find(invocation.command)?.complete?.[option];
      if (!complete) return [];
      try {
        const { [option]: typed = '', ...given } = invocation.options;
        return (await complete(String(typed), invocation.caller, services, given)).slice(0, 25);
      } catch (cause) {
        log.error({ err: cause, command: invocation.command, option }, 'suggestions failed');
        return [];
      }
    },
  };

  async function run(invocation: Invocation, said: Words): Promise<Reply> {
    const command = find(invocation.command);
    const shape = shapeBy.get(invocation.command);
    if (!command || !shape) throw new AskError(said.ask.noCommand(clip(invocation.command), undefined));
    if (command.manage && !invocation.caller.canManage) throw new AskError(said.ask.managersOnly(command.name));
    const given = Object.fromEntries(
      shape.options.flatMap((option) => {
        const value = coerce(invocation.options[option.name], option, shape.name);
        return value === undefined ? [] : [[option.name, value]];
      }),
    );
    const read = command.options.safeParse(given);
    if (!read.success) throw new AskError(problemDocument(shape, read.error, given, said));
    const answer = await command.run(read.data, invocation.caller, services);
    const reply: Reply = 'visibility' in answer ? answer : { visibility: 'private', document: answer };
    if (invocation.share) return { visibility: 'public', document: reply.document };
    if (!command.shareable || reply.visibility === 'public') return reply;
    return { ...reply, document: withShare(reply.document, commandText(command.name, given), said) };
  }
}

/** Puts the Share button at the end of the document's last row of buttons. */
function withShare(document: Document, command: string, { press }: Words): Document {
  const share = { kind: 'share', label: press.share, command } as const;
  const last = document.blocks.findLastIndex((block) => block.kind === 'actions');
  const row = document.blocks[last];
  if (row?.kind !== 'actions' || row.actions.length >= 5)
    return { ...document, blocks: [...document.blocks, actions(share)] };
  return { ...document, blocks: document.blocks.with(last, actions(...row.actions, share)) };
}

function problemDocument(
  shape: CommandShape,
  error: z.ZodError,
  given: Readonly<Record<string, unknown>>,
  said: Words,
): Document {
  const nameOf = (option: string) => said.names.option(shape.name, option);
  const problems = error.issues.map((issue) => {
    const name = String(issue.path[0] ?? '');
    const option = shape.options.find((one) => one.name === name);
    const came = given[name] === undefined ? said.ask.nothing : clip(String(given[name]));
    return said.ask.expected(nameOf(name), expected(shape, option, issue.message, said), code(came));
  });
  const asked = shape.options
    .filter((option) => option.required || option.example)
    .map(
      (option) =>
        `${nameOf(option.name)}:${exampleOf(said, shape.name, option) ?? namesOfChoices(shape.name, option, said)[0] ?? '…'}`,
    );
  const attempt = [said.names.command(shape.name), ...asked].join(' ');
  return {
    summary: problems.map(plainWords).join(' '),
    blocks: [...problems.map((line) => paragraph(...line)), small(...said.ask.tryThis(code(attempt)))],
  };
}

const namesOfChoices = (command: string, option: OptionShape, said: Words): readonly string[] =>
  (option.choices ?? []).map((choice) => choiceName(said, command, option, choice));

function expected(shape: CommandShape, option: OptionShape | undefined, message: string, said: Words): string {
  if (!option) return message;
  if (option.type === 'integer') {
    const { minimum, maximum } = option;
    return minimum !== undefined && maximum !== undefined
      ? said.ask.wholeNumberFrom(minimum, maximum)
      : said.ask.wholeNumber;
  }
  if (option.type === 'boolean') return said.ask.yesOrNo;
  if (option.type === 'choice') return said.ask.oneOfThese(namesOfChoices(shape.name, option, said));
  if (!/^(Invalid|Too)/.test(message)) return message;
  return summaryOf(said, `${shape.name}.${option.name}`, option.summary).toLowerCase();
}

/** Cuts what a person typed for an answer: whole code points, at most 60. */
export function clip(value: string, most = 60): string {
  const points = [...value.slice(0, most * 2 + 2)];
  return points.length > most ? `${points.slice(0, most).join('')}…` : points.join('');
}

/** The candidate within two edits of `word`, if any. */
export function nearestWord(word: string, candidates: readonly string[]): string | undefined {
  if (word.length > 40) return undefined;
  const ranked = candidates
    .map((candidate) => ({ candidate, edits: editDistance(word, candidate) }))
    .sort((a, b) => a.edits - b.edits);
  return ranked[0] && ranked[0].edits <= Math.min(2, Math.floor(word.length / 2)) ? ranked[0].candidate : undefined;
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min(
        (row[j] ?? 0) + 1,
        (next[j - 1] ?? 0) + 1,
        (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1),
      );
    row = next;
  }
  return row[b.length] ?? 0;
}
