/** Forms (modals) made from a command's options, and what is typed in them back as options. */
import type { CommandShape, OptionShape } from '../platform.ts';
import { component, limits } from './limits.ts';
import { clip } from './render.ts';
import type { WireField } from './wire.ts';
import { channelType } from './wire.ts';
import type { Words } from './words.ts';

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
    title: clip(shape.summary, limits.formTitle) || `/${shape.name}`,
    components: fieldsOf(shape).map((option) => ({
      type: component.label,
      label: clip(labelOf(option), limits.formLabel),
      ...(option.summary ? { description: clip(option.summary, limits.formDescription) } : {}),
      component: field(option, given[option.name], said),
    })),
  };
}

const fieldsOf = (shape: CommandShape): readonly OptionShape[] =>
  shape.options.toSorted((a, b) => Number(b.required) - Number(a.required)).slice(0, limits.formFields);

/** `only_new` reads as "Only new". */
function labelOf(option: OptionShape): string {
  const words = option.name.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function field(option: OptionShape, value: string | undefined, said: Words): unknown {
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
        ...(option.example ? { placeholder: clip(option.example, limits.formPlaceholder) } : {}),
      };
    case 'choice':
      return menu(
        option,
        (option.choices ?? [])
          .slice(0, limits.menuChoices)
          .map((choice) => ({ label: clip(choice, limits.menuLabel), value: choice })),
        value,
      );
    case 'boolean':
      return menu(
        option,
        [
          { label: said.yes, value: 'true' },
          { label: said.no, value: 'false' },
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
