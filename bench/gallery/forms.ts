/** Forms (modals) as HTML, from the bodies that go over the wire: Discord's labels with a field each, Slack's input blocks. */
import { component } from '../../src/platforms/discord/limits.ts';
import type { Modal } from '../../src/platforms/slack/forms.ts';
import { escapeHtml } from './html.ts';

/** A field as either platform describes it; what one of them lacks is absent. */
interface Field {
  readonly label: string;
  readonly note: string;
  readonly optional: boolean;
  readonly choices?: readonly string[];
  readonly value: string;
  readonly placeholder: string;
}

export interface DiscordForm {
  readonly title: string;
  readonly components: readonly unknown[];
}

/** Only what is drawn of a label component and the field in it. */
interface DiscordLabel {
  readonly label: string;
  readonly description?: string;
  readonly component: {
    readonly type: number;
    readonly required?: boolean;
    readonly value?: string;
    readonly placeholder?: string;
    readonly options?: readonly { readonly label: string; readonly default?: boolean }[];
    readonly default_values?: readonly unknown[];
  };
}

export function discordFormHtml({ title, components }: DiscordForm): string {
  const fields = (components as readonly DiscordLabel[]).map(({ label, description = '', component: field }): Field => {
    const chosen = field.options?.find((one) => one.default)?.label;
    const channel = field.type === component.channelMenu;
    return {
      label,
      note: description,
      optional: field.required === false,
      ...(field.options ? { choices: field.options.map((one) => one.label) } : {}),
      ...(channel ? { choices: ['#briefs', '#announcements'] } : {}),
      value: field.value ?? chosen ?? (channel && field.default_values ? '#briefs' : ''),
      placeholder: field.placeholder ?? (field.options || channel ? 'Make a selection' : ''),
    };
  });
  return formHtml(title, fields, { submit: 'Submit', close: 'Cancel', required: '*', optional: '' });
}

/** Only what is drawn of an input block. */
interface SlackInput {
  readonly label: { readonly text: string };
  readonly hint?: { readonly text: string };
  readonly optional?: boolean;
  readonly element: {
    readonly type: string;
    readonly initial_value?: string;
    readonly initial_option?: { readonly text: { readonly text: string } };
    readonly placeholder?: { readonly text: string };
    readonly options?: readonly { readonly text: { readonly text: string } }[];
    readonly default_to_current_conversation?: boolean;
    readonly initial_conversation?: string;
  };
}

export function slackFormHtml({ title, blocks, submit, close }: Modal): string {
  const fields = (blocks as unknown as readonly SlackInput[]).map(({ label, hint, optional, element }): Field => {
    const isMenu = /select$/.test(element.type);
    const here = element.default_to_current_conversation || element.initial_conversation;
    return {
      label: label.text,
      note: hint?.text ?? '',
      optional: optional === true,
      ...(isMenu ? { choices: (element.options ?? []).map((one) => one.text.text) } : {}),
      value: element.initial_value ?? element.initial_option?.text.text ?? (here ? '# briefs' : ''),
      placeholder: element.placeholder?.text ?? (isMenu ? 'Choose an option' : ''),
    };
  });
  const words = { submit: submit?.text ?? '', close: close.text, required: '', optional: ' (optional)' };
  return formHtml(title.text, fields, words);
}

function formHtml(
  title: string,
  fields: readonly Field[],
  words: Readonly<Record<'submit' | 'close' | 'required' | 'optional', string>>,
): string {
  return `<div class="form" role="group" aria-label="${escapeHtml(title)}"><h2>${escapeHtml(title)}</h2>${fields
    .map((field) => fieldHtml(field, field.optional ? words.optional : words.required))
    .join('')}<p class="ends"><button type="button" class="end">${escapeHtml(words.close)}</button>${
    words.submit ? `<button type="button" class="end submit">${escapeHtml(words.submit)}</button>` : ''
  }</p></div>`;
}

/** The name of a field is in its label, so that the keyboard says it. */
function fieldHtml({ label, note, choices, value, placeholder }: Field, mark: string): string {
  const shown = escapeHtml(value || placeholder);
  const field = choices
    ? `<span class="field menu-field" tabindex="0" role="combobox" aria-expanded="false" aria-label="${escapeHtml(label)}"><span${value ? '' : ' class="empty"'}>${shown || '&#160;'}</span></span>`
    : `<input class="field" aria-label="${escapeHtml(label)}" value="${escapeHtml(value)}" placeholder="${escapeHtml(placeholder)}">`;
  return `<div class="labelled"><span class="label">${escapeHtml(label)}<i>${escapeHtml(mark)}</i></span>${
    note ? `<small>${escapeHtml(note)}</small>` : ''
  }${field}</div>`;
}
