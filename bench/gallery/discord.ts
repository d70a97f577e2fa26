/** A message body of Discord (Components V2) as HTML: containers, text, sections, separators, buttons and menus. */
import type { EmbedMessage } from '../../src/platforms/discord/embed.ts';
import { component } from '../../src/platforms/discord/limits.ts';
import type { Button, Container, Menu, Message, Part } from '../../src/platforms/discord/render.ts';
import { markdownHtml } from './discord-markdown.ts';
import { escapeHtml } from './html.ts';

export const discordHtml = (message: Message): string => message.components.map(containerHtml).join('');

const containerHtml = (container: Container): string =>
  `<div class="container">${container.components.map(partHtml).join('')}</div>`;

function partHtml(part: Part): string {
  switch (part.type) {
    case component.text:
      return `<div class="text">${markdownHtml(part.content)}</div>`;
    case component.section:
      return `<div class="section"><div class="text">${part.components.map(({ content }) => markdownHtml(content)).join('')}</div>${buttonHtml(part.accessory)}</div>`;
    case component.separator:
      return `<hr class="space-${part.spacing}"${part.divider ? '' : ' hidden'}>`;
    case component.row:
      return `<div class="row">${part.components.map((one) => (one.type === component.button ? buttonHtml(one) : menuHtml(one))).join('')}</div>`;
  }
}

/** Without Components V2: one embed, and the rows under it. */
export const embedHtml = ({ embeds, components }: EmbedMessage): string =>
  embeds
    .map(
      ({ description, footer }) =>
        `<div class="container embed"><div class="text">${markdownHtml(description)}</div>${footer ? `<small>${escapeHtml(footer.text)}</small>` : ''}</div>`,
    )
    .concat(components.map(partHtml))
    .join('');

function buttonHtml(button: Button): string {
  if ('url' in button)
    return `<a class="button" href="${escapeHtml(button.url)}">${escapeHtml(button.label)}<span aria-hidden="true"> ↗</span></a>`;
  return `<button type="button" class="button">${escapeHtml(button.label)}</button>`;
}

/** Closed, as it arrives; its choices open on a press. */
function menuHtml(menu: Menu): string {
  const choices = menu.options
    .map(
      ({ label, description }) =>
        `<li>${escapeHtml(label)}${description ? `<small>${escapeHtml(description)}</small>` : ''}</li>`,
    )
    .join('');
  return `<details class="menu"><summary>${escapeHtml(menu.placeholder ?? 'Make a selection')}</summary><ul>${choices}</ul></details>`;
}
