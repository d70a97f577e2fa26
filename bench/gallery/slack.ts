/** A message body of Slack (Block Kit) as HTML, drawn by slack-blocks-to-jsx. */
import { type ComponentProps, createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { Message } from 'slack-blocks-to-jsx';
import type { SlackMessage } from '../../src/platforms/slack/render.ts';
import { ZONE } from './bot.ts';
import { escapeHtml } from './html.ts';

type Props = ComponentProps<typeof Message>;

export function slackHtml(message: SlackMessage, theme: 'light' | 'dark'): string {
  // Words without layout, which Slack then shows as they stand.
  if (message.blocks.length === 0) return `<p class="words">${escapeHtml(unescaped(message.text))}</p>`;
  const props: Props = {
    blocks: asSlackReads(message.blocks) as Props['blocks'],
    name: 'Pullquote',
    logo: '',
    theme,
    withoutWrapper: true,
    hooks: { date: ({ timestamp, format }) => readerTime(Number(timestamp), format) },
  };
  const html = renderToStaticMarkup(createElement(Message, props));
  return (
    html
      // The library repeats Slack's action ids as ids of the page, where they would not be unique.
      .replace(/ id="(?!slack_blocks_to_jsx")[^"]*"/g, '')
      // It makes the arrow of a menu a second stop for the keyboard; in Slack a menu is one.
      .replaceAll('<button type="button" class="absolute', '<button type="button" tabindex="-1" class="absolute')
  );
}

/** Slack's three escapes, read as it reads them. */
const unescaped = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/**
 * Slack shows `plain_text` as it stands, and formats `mrkdwn` that is `verbatim` (which only keeps bare addresses and names
 * from becoming links); the library has the two the other way round.
 */
function asSlackReads(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(asSlackReads);
  if (typeof node !== 'object' || node === null) return node;
  const { verbatim: _, ...rest } = node as Readonly<Record<string, unknown>>;
  const read = Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, asSlackReads(value)]));
  return read.type === 'plain_text' ? { ...read, verbatim: true } : read;
}

/** What the reader's Slack makes of a time. */
function readerTime(seconds: number, format: string): string {
  const at = new Date(seconds * 1000);
  const say = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('en-GB', { ...options, timeZone: ZONE }).format(at);
  const day = say({ day: 'numeric', month: 'short', year: 'numeric' });
  return format
    .replace(/\{date_short(?:_pretty)?\}|\{ago\}/g, day)
    .replace('{time}', say({ hour: '2-digit', minute: '2-digit' }));
}
