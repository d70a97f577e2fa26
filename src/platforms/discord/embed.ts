/**
 * The same content without Components V2, for an API that refuses them: the texts become one embed, buttons and menus
 * become rows. Works on a rendered page, whose texts always fit (4,000 characters against an embed's 4,096).
 */
import { component, limits } from './limits.ts';
import { type Button, clip, type Menu, type Message, type Part, type Row, type Section } from './render.ts';

export interface EmbedMessage {
  readonly allowed_mentions: { readonly parse: readonly [] };
  readonly embeds: readonly { readonly description: string; readonly footer?: { readonly text: string } }[];
  readonly components: readonly Row[];
}

/** @param mark Shown in the footer where there is a delivery to find again (`mark.ts`). */
export function asEmbed(message: Message, mark?: string): EmbedMessage {
  const parts = message.components[0].components;
  const description = parts.flatMap(textsOf).join('\n').trim().slice(0, limits.embedDescription);
  return {
    allowed_mentions: message.allowed_mentions,
    embeds: [{ description: description || '…', ...(mark === undefined ? {} : { footer: { text: mark } }) }],
    components: rowsOf(parts),
  };
}

function textsOf(part: Part): string[] {
  switch (part.type) {
    case component.text:
      return [part.content];
    case component.section:
      return part.components.map(({ content }) => content);
    case component.separator:
      return [''];
    case component.row:
      return [];
  }
}

/** Away from its section a button says whose it is: its first bold words are the speaker's name. */
function accessoryOf({ components, accessory }: Section): Button {
  const name = /\*\*(.+?)\*\*/.exec(components[0]?.content ?? '')?.[1]?.replace(/\\([^A-Za-z0-9\s])/g, '$1');
  return name ? { ...accessory, label: clip(`${accessory.label}: ${name}`, limits.buttonLabel) } : accessory;
}

/** Buttons five a row, a menu in a row of its own; five rows at most, the page's last ones (its actions) first to stay. */
function rowsOf(parts: readonly Part[]): Row[] {
  const rows: (Button | Menu)[][] = [];
  for (const part of parts) {
    const controls =
      part.type === component.row ? part.components : part.type === component.section ? [accessoryOf(part)] : [];
    for (const control of controls) {
      const last = rows.at(-1);
      const joins =
        control.type === component.button &&
        last !== undefined &&
        last.length < limits.buttonsInRow &&
        last[0]?.type === component.button;
      if (joins) last.push(control);
      else rows.push([control]);
    }
  }
  return rows.slice(-limits.rows).map((components) => ({ type: component.row, components }));
}
