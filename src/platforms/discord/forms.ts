/** Forms (modals) made from a command's options, and what is typed in them back as options. */
import type { Words } from '../../language/language.ts';
import { choiceName, exampleOf, summaryOf } from '../../language/names.ts';
import type { CommandShape, OptionShape } from '../platform.ts';
import { component, limits } from './limits.ts';
import { clip } from './render.ts';
import type { WireField } from './wire.ts';
import { channelType } from './wire.ts';

/**
 * A form for a command, filled in with what is known already. At most five fields: required options first, then those
 * that are not known yet. What does not fit keeps its value, or its default; `customId` carries it.
 */
export function formOf(
  shape: CommandShape,
  given: Readonly<Record<string, string>>,
  customId: string,
  said: Words,
): { readonly custom_id: string; readonly title: string; readonly components: readonly unknown[] } {
  return {
    custom_id: customId,
    title: titleOf(summaryOf(said, shape.name, shape.summary)) ?? `/${shape.name}`,
    components: fieldsOf(shape).map((option) => ({
      type: component.label,
      label: clip(labelOf(shape.name, option, said), limits.formLabel),
      ...(option.summary ? { description: clip(describe(shape.name, option, said), limits.formDescription) } : {}),
      component: field(shape.name, option, given[option.name], said),
    })),
  };
}

/** What a command is for, as far as it fits whole: all of it, else its first clause. */
const titleOf = (summary: string): string | undefined =>
  [summary, summary.split(/[:;,.]/, 1)[0] ?? '']
    .map((one) => one.trim())
    .find((one) => one !== '' && one.length <= limits.formTitle);

const fieldsOf = (shape: CommandShape): readonly OptionShape[] =>
  shape.options.toSorted((a, b) => Number(b.required) - Number(a.required)).slice(0, limits.formFields);

const describe = (command: string, option: OptionShape, said: Words): string =>
  summaryOf(said, `${command}.${option.name}`, option.summary);

/** `only_new` reads as "Only new". */
function labelOf(command: string, option: OptionShape, { names }: Words): string {
  const words = names.option(command, option.name).replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function field(command: string, option: OptionShape, value: string | undefined, said: Words): unknown {
  const example = exampleOf(said, command, option);
  switch (option.type) {
    case 'text':
    case 'integer':
      return {
        type: component.input,
        custom_id: option.name,
        style: 1,
        required: option.required,
        max_length: Math.min(limits.formValue, 300),
        ...(value ? { value: value.slice(0, 300) } : {}),
        ...(example ? { placeholder: clip(example, limits.formPlaceholder) } : {}),
      };
    case 'choice':
      return menu(
        option,
        (option.choices ?? []).slice(0, limits.menuChoices).map((choice) => ({
          label: clip(choiceName(said, command, option, choice), limits.menuLabel),
          value: choice,
        })),
        value,
      );
    case 'boolean':
      return menu(
        option,
        [
          { label: said.discord.yes, value: 'true' },
          { label: said.discord.no, value: 'false' },
        ],
        value,
      );
    case 'channel':
      return {
        type: component.channelMenu,
        custom_id: option.name,
        required: option.required,
        channel_types: [channelType.text, channelType.announcement, channelType.forum],
        ...(value && /^\d{5,20}$/.test(value) ? { default_values: [{ id: value, type: 'channel' }] } : {}),
      };
  }
}

function menu(
  option: OptionShape,
  choices: readonly { readonly label: string; readonly value: string }[],
  value?: string,
) {
  return {
    type: component.menu,
    custom_id: option.name,
    required: option.required,
    options: choices.map((choice) => (choice.value === value ? { ...choice, default: true } : choice)),
  };
}

/** Option values from a form that was sent; what was left empty is left out. */
export function formValues(fields: readonly WireField[] | undefined): Record<string, string> {
  const values: Record<string, string> = {};
  const read = (one: WireField) => {
    const value = one.value ?? one.values?.[0];
    if (one.custom_id !== undefined && value !== undefined && value.trim() !== '') values[one.custom_id] = value;
    if (one.component) read(one.component);
    one.components?.forEach(read);
  };
  fields?.forEach(read);
  return values;
}
