/** Forms (modals) made from a command's options, and what is typed in them made into option values again. */
import type { Words } from '../../language/language.ts';
import { choiceName, exampleOf, summaryOf } from '../../language/names.ts';
import type { CommandShape, OptionShape } from '../platform.ts';
import { type PlainText, plainObject } from './inline.ts';
import { limits } from './limits.ts';
import { type SlackBlock, shortened } from './render.ts';

/** Where an answer can go after a form is sent: carried by the form itself, so that nothing is remembered. */
export interface Origin {
  readonly command: string;
  readonly channel: string;
  readonly responseUrl?: string;
}

interface Input {
  readonly type: 'input';
  readonly block_id: string;
  readonly label: PlainText;
  readonly hint?: PlainText;
  readonly optional: boolean;
  readonly element: Readonly<Record<string, unknown>>;
}

export interface Modal {
  readonly type: 'modal';
  readonly callback_id: 'form' | 'answer';
  readonly title: PlainText;
  readonly submit?: PlainText;
  readonly close: PlainText;
  readonly private_metadata: string;
  readonly blocks: readonly (SlackBlock | Input)[];
}

export const fieldId = (command: string, option: string): string => `field:${command}:${option}`;

/** A form for one command, filled with what is known already. */
export function form(shape: CommandShape, given: Readonly<Record<string, string>>, origin: Origin, said: Words): Modal {
  return {
    type: 'modal',
    callback_id: 'form',
    title: title(shape.name, said),
    submit: plainObject(said.slack.submit),
    close: plainObject(said.slack.cancel),
    private_metadata: packOrigin(origin),
    blocks: shape.options.map((option) => input(shape, option, given[option.name]?.trim() || undefined, said)),
  };
}

/** A modal that shows an answer. */
export const answerModal = (blocks: readonly SlackBlock[], origin: Origin, said: Words): Modal => ({
  type: 'modal',
  callback_id: 'answer',
  title: title(origin.command, said),
  close: plainObject(said.slack.close),
  private_metadata: packOrigin(origin),
  blocks,
});

/** `Schedule add`, or what that is called in the reader's language. */
function title(command: string, { commands }: Words): PlainText {
  const [group = '', sub] = command.split(' ');
  const name = [commands[group]?.name ?? group, ...(sub ? [commands[command]?.name ?? sub] : [])].join(' ');
  return plainObject(shortened(name.charAt(0).toUpperCase() + name.slice(1), limits.view.title) || 'Pullquote');
}

/** An origin as a view carries it; the longest part is left out when it does not fit. */
export function packOrigin(origin: Origin): string {
  const whole = JSON.stringify(origin);
  return whole.length <= limits.view.metadata ? whole : JSON.stringify({ ...origin, responseUrl: undefined });
}

/** Reads what `packOrigin` wrote; undefined for views that are not ours. */
export function readOrigin(metadata: unknown): Origin | undefined {
  try {
    const { command, channel, responseUrl } = JSON.parse(String(metadata)) as Partial<Origin>;
    if (typeof command !== 'string' || typeof channel !== 'string') return undefined;
    return { command, channel, ...(typeof responseUrl === 'string' ? { responseUrl } : {}) };
  } catch {
    return undefined; // another app's, or an old one: nothing to go back to
  }
}

function input(shape: CommandShape, option: OptionShape, given: string | undefined, said: Words): Input {
  const summary = option.summary ? summaryOf(said, `${shape.name}.${option.name}`, option.summary) : '';
  const example = exampleOf(said, shape.name, option);
  const hint = [summary, example && !summary.includes(example) ? said.slack.forExample(example) : '']
    .filter(Boolean)
    .join(' · ');
  return {
    type: 'input',
    block_id: option.name,
    label: plainObject(shortened(labelOf(shape.name, option, said), limits.inputLabel)),
    ...(hint ? { hint: plainObject(shortened(hint, limits.inputLabel)) } : {}),
    optional: !option.required,
    element: { action_id: fieldId(shape.name, option.name), ...element(shape.name, option, given, said) },
  };
}

/** `only_new` reads as "Only new", in the reader's language: here a name is only read, never typed. */
function labelOf(command: string, { name }: OptionShape, { commands }: Words): string {
  const words = (commands[`${command}.${name}`]?.name ?? name).replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function element(
  command: string,
  option: OptionShape,
  given: string | undefined,
  said: Words,
): Readonly<Record<string, unknown>> {
  switch (option.type) {
    case 'choice':
      return select(
        (option.choices ?? []).map((value) => ({ value, label: choiceName(said, command, option, value) })),
        given,
      );
    case 'boolean':
      return select(
        [
          { value: 'yes', label: said.slack.yes },
          { value: 'no', label: said.slack.no },
        ],
        given,
      );
    case 'channel':
      return {
        type: 'conversations_select',
        ...(given && /^[CDG][A-Z0-9]+$/.test(given)
          ? { initial_conversation: given }
          : { default_to_current_conversation: true }),
      };
    case 'integer':
      if (option.completes) return searching(given, said);
      return {
        type: 'number_input',
        is_decimal_allowed: false,
        ...(option.minimum === undefined ? {} : { min_value: String(option.minimum) }),
        ...(option.maximum === undefined ? {} : { max_value: String(option.maximum) }),
        ...(given && isWithin(given, option) ? { initial_value: given } : {}),
      };
    case 'text': {
      if (!option.completes)
        return { type: 'plain_text_input', max_length: 300, ...(given ? { initial_value: given.slice(0, 300) } : {}) };
      return searching(given, said);
    }
  }
}

/** A menu that asks the bot for what fits while someone types. */
const searching = (given: string | undefined, said: Words) => ({
  type: 'external_select',
  min_query_length: 0,
  placeholder: plainObject(said.slack.typeToSearch),
  ...(given && given.length <= limits.choiceValue ? { initial_option: choice(given) } : {}),
});

const isWithin = (given: string, { minimum = -Infinity, maximum = Infinity }: OptionShape): boolean =>
  /^-?\d{1,15}$/.test(given) && Number(given) >= minimum && Number(given) <= maximum;

interface Pick {
  readonly value: string;
  readonly label: string;
}

function select(choices: readonly Pick[], given: string | undefined): Readonly<Record<string, unknown>> {
  const known = choices.find(({ value }) => value === given);
  return {
    type: 'static_select',
    options: choices.slice(0, limits.choices).map(({ value, label }) => choice(value, label)),
    ...(known ? { initial_option: choice(known.value, known.label) } : {}),
  };
}

const choice = (value: string, label = value) => ({ text: plainObject(shortened(label, limits.label)), value });

// ------------------------------------------------------------------ what was typed

interface Field {
  readonly value?: string | null;
  readonly selected_option?: { readonly value: string } | null;
  readonly selected_conversation?: string | null;
}

/** Option values by name from a submitted form; empty fields are left out. */
export function formValues(
  values: Readonly<Record<string, Readonly<Record<string, Field>>>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, fields]) => {
      const [field] = Object.values(fields);
      const value = field?.value ?? field?.selected_option?.value ?? field?.selected_conversation;
      return value ? [[name, value]] : [];
    }),
  );
}
