/** Our commands as Discord declares them, and registering them only when they changed. */
import { DiscordAPIError, HTTPError, type REST, Routes } from 'discord.js';
import type { CommandShape, OptionShape } from '../platform.ts';
import { limits } from './limits.ts';
import { localized, localizedChoice } from './locales.ts';
import { clip } from './render.ts';
import { channelType, right } from './wire.ts';

const optionType = { subcommand: 1, text: 3, choice: 3, integer: 4, boolean: 5, channel: 7 } as const;

export interface CommandOption {
  readonly type: number;
  readonly name: string;
  readonly description: string;
  readonly name_localizations?: Readonly<Record<string, string>>;
  readonly description_localizations?: Readonly<Record<string, string>>;
  readonly required?: boolean;
  readonly autocomplete?: boolean;
  readonly choices?: readonly {
    readonly name: string;
    readonly name_localizations?: Readonly<Record<string, string>>;
    readonly value: string;
  }[];
  readonly min_value?: number;
  readonly max_value?: number;
  readonly channel_types?: readonly number[];
  readonly options?: readonly CommandOption[];
}
export interface ApplicationCommand extends Omit<CommandOption, 'type' | 'required'> {
  readonly type: 1;
  /** A number, as Discord's OpenAPI document has it; it answers with a string. */
  readonly default_member_permissions: number | string | null;
  readonly contexts: readonly number[];
  readonly integration_types: readonly number[];
}

/** All commands; those of two words become subcommands of their first. */
export function applicationCommands(shapes: readonly CommandShape[]): readonly ApplicationCommand[] {
  const groups = Map.groupBy(shapes, (shape) => shape.name.split(' ')[0] ?? shape.name);
  return [...groups].map(([name, members]) => {
    const [only] = members;
    const group = members.filter((shape) => shape.name.includes(' '));
    const alone = group.length === 0 && only !== undefined;
    return {
      type: 1,
      name,
      description: alone
        ? described(only.summary)
        : described(`${name}: ${group.map((shape) => shape.name.split(' ')[1]).join(', ')}`),
      ...localized(name),
      options: alone
        ? only.options.toSorted(requiredFirst).map((option) => commandOption(option, name))
        : group.map(subcommand),
      default_member_permissions: isGated(members) ? Number(right.manageGuild) : null,
      contexts: [0, 1], // servers and direct messages with the bot
      integration_types: [0], // installed to a server
    };
  });
}

/** Discord itself asks for the right to manage the server: every subcommand needs it. Admins can change that per role. */
const isGated = (members: readonly CommandShape[]): boolean => members.every((shape) => shape.manage);

/** First words of the commands that Discord lets only those run who may. */
export function gatedCommands(shapes: readonly CommandShape[]): ReadonlySet<string> {
  const groups = Map.groupBy(shapes, (shape) => shape.name.split(' ')[0] ?? shape.name);
  return new Set([...groups].flatMap(([name, members]) => (isGated(members) ? [name] : [])));
}

function subcommand(shape: CommandShape): CommandOption {
  return {
    type: optionType.subcommand,
    name: shape.name.split(' ')[1] ?? shape.name,
    description: described(shape.summary),
    ...localized(shape.name),
    options: shape.options.toSorted(requiredFirst).map((option) => commandOption(option, shape.name)),
  };
}

const requiredFirst = (a: OptionShape, b: OptionShape): number => Number(b.required) - Number(a.required);

function commandOption(option: OptionShape, command: string): CommandOption {
  return {
    type: optionType[option.type],
    name: option.name,
    description: described(option.summary),
    ...localized(`${command}.${option.name}`),
    required: option.required,
    ...((option.type === 'text' || option.type === 'integer') && option.completes ? { autocomplete: true } : {}),
    ...(option.choices === undefined
      ? {}
      : {
          choices: option.choices
            .slice(0, limits.commandChoices)
            .map((choice) => localizedChoice(command, option, choice)),
        }),
    ...(option.minimum === undefined ? {} : { min_value: option.minimum }),
    ...(option.maximum === undefined ? {} : { max_value: option.maximum }),
    ...(option.type === 'channel' ? { channel_types: postable } : {}),
  };
}

const postable = [
  channelType.text,
  channelType.announcement,
  channelType.announcementThread,
  channelType.thread,
  channelType.privateThread,
  channelType.forum,
];

const described = (summary: string): string => clip(summary, limits.commandDescription) || '…';

/** Registers commands for everyone, or for one server; does nothing when Discord has them already. */
export async function registerCommands(
  rest: REST,
  application: string,
  guildId: string | undefined,
  shapes: readonly CommandShape[],
): Promise<'registered' | 'unchanged'> {
  const wanted = applicationCommands(shapes);
  // When they cannot be read back, they are set again: that is always safe.
  if (await areRegistered(rest, application, guildId, shapes).catch(() => false)) return 'unchanged';
  const route = commandsRoute(application, guildId);
  try {
    await rest.put(route, { body: wanted });
  } catch (cause) {
    const refused = cause instanceof DiscordAPIError ? cause.status === 400 : cause instanceof HTTPError;
    if (!refused) throw cause;
    // Rights are a number in Discord's OpenAPI document and a string in its reference.
    await rest.put(route, { body: wanted.map(withTextualRights) });
  }
  return 'registered';
}

const withTextualRights = (one: ApplicationCommand): ApplicationCommand =>
  one.default_member_permissions === null
    ? one
    : { ...one, default_member_permissions: String(one.default_member_permissions) };

/** True when Discord has exactly these commands. */
export async function areRegistered(
  rest: REST,
  application: string,
  guildId: string | undefined,
  shapes: readonly CommandShape[],
): Promise<boolean> {
  const query = new URLSearchParams({ with_localizations: 'true' });
  const present = (await rest.get(commandsRoute(application, guildId), { query })) as readonly Loose[];
  return fingerprint(present) === fingerprint(applicationCommands(shapes) as readonly Loose[]);
}

const commandsRoute = (application: string, guildId: string | undefined) =>
  guildId === undefined
    ? Routes.applicationCommands(application)
    : Routes.applicationGuildCommands(application, guildId);

type Loose = Partial<Omit<ApplicationCommand, 'type'>> & Partial<CommandOption>;

/** What we declare, in one order and with Discord's defaults filled in: it answers with more than it was given. */
const fingerprint = (commands: readonly Loose[]): string =>
  JSON.stringify(commands.toSorted((a, b) => ((a.name ?? '') < (b.name ?? '') ? -1 : 1)).map(known));

function known(one: Loose): unknown {
  return [
    one.type ?? 1,
    one.name,
    one.description,
    sorted(one.name_localizations),
    sorted(one.description_localizations),
    one.required ?? false,
    one.autocomplete ?? false,
    (one.choices ?? []).map((choice) => [choice.name, choice.value, sorted(choice.name_localizations)]),
    one.min_value ?? null,
    one.max_value ?? null,
    [...(one.channel_types ?? [])].sort((a, b) => a - b),
    String(one.default_member_permissions ?? ''),
    [...(one.contexts ?? [])].sort(),
    (one.options ?? []).map((option) => known(option)),
  ];
}

const sorted = (texts: Readonly<Record<string, string>> | null | undefined) =>
  Object.entries(texts ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
