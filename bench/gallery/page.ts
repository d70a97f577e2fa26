/** The gallery as one HTML file that asks nothing of anyone: styles inside, no scripts, no pictures. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { EmbedMessage } from '../../src/platforms/discord/embed.ts';
import type { DiscordPage } from '../../src/platforms/discord/render.ts';
import type { Page } from '../../src/platforms/platform.ts';
import type { Modal } from '../../src/platforms/slack/forms.ts';
import type { SlackMessage } from '../../src/platforms/slack/render.ts';
import type { PlatformName } from './bot.ts';
import { discordHtml, embedHtml } from './discord.ts';
import { type DiscordForm, discordFormHtml, slackFormHtml } from './forms.ts';
import { escapeHtml } from './html.ts';
import type { Shown } from './messages.ts';
import { slackHtml } from './slack.ts';

export const themes = ['light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const slackStyle = readFileSync(createRequire(import.meta.url).resolve('slack-blocks-to-jsx/dist/style.css'), 'utf8');
const ownStyle = readFileSync(join(import.meta.dirname, 'gallery.css'), 'utf8');
const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

export function galleryPage(shown: readonly Shown[]): string {
  const kinds = [...new Set(shown.map(({ kind }) => kind))];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>Pullquote: every kind of message</title>
<style>${slackStyle}</style>
<style>${ownStyle}</style>
</head>
<body>
<header>
<h1>Every kind of message</h1>
<fieldset><legend>Theme</legend>${['light', 'dark', 'both'].map(themeSwitch).join('')}</fieldset>
<nav>${kinds.map((kind) => `<a href="#${kind}">${words(kind)}</a>`).join(' ')}</nav>
</header>
<main>
${kinds
  .map((kind) =>
    kindSection(
      kind,
      shown.filter((one) => one.kind === kind),
    ),
  )
  .join('\n')}
</main>
</body>
</html>
`;
}

const words = (kind: string): string => kind.replaceAll('-', ' ');

const themeSwitch = (name: string): string =>
  `<label><input type="radio" name="theme" value="${name}"${name === 'both' ? ' checked' : ''}> ${name}</label>`;

const kindSection = (kind: string, shown: readonly Shown[]): string =>
  `<section id="${kind}" class="kind"><h2>${words(kind)}</h2><div class="panels">${themes
    .flatMap((theme) => shown.map((one) => panel(one, theme)))
    .join('')}</div></section>`;

/** One kind of message on one platform in one theme. */
function panel(one: Shown, theme: Theme): string {
  const name = `${one.kind} on ${one.platform}, ${theme}`;
  return `<article class="panel ${one.platform} ${theme}" aria-label="${name}" data-kind="${one.kind}"${one.language ? ` lang="${one.language}"` : ''}>
<p class="asked">${escapeHtml(one.asked)}</p>
${one.form ? formHtml(one) : one.pages.map((page, n) => messageHtml(one, page, n, theme)).join('\n')}
</article>`;
}

function messageHtml({ platform, visibility }: Shown, page: Page, n: number, theme: Theme): string {
  const thread = page.inThread && n > 0 ? ' in-thread' : '';
  const seenBy = visibility === 'private' && n === 0 ? `<p class="only-you">${onlyYou[platform]}</p>` : '';
  return `<div class="message${thread}"><div class="avatar" aria-hidden="true">”</div><div class="body">
${platform === 'slack' ? seenBy : ''}<p class="author"><b>Pullquote</b> <span class="app">APP</span> <time>08:00</time></p>
${bodyHtml(platform, page, theme)}
${platform === 'discord' ? seenBy : ''}</div></div>`;
}

const formHtml = ({ platform, form }: Shown): string =>
  platform === 'discord' ? discordFormHtml(form as DiscordForm) : slackFormHtml(form as Modal);

const onlyYou: Readonly<Record<PlatformName, string>> = {
  discord: 'Only you can see this',
  slack: 'Only visible to you',
};

const bodyHtml = (platform: PlatformName, { body }: Page, theme: Theme): string =>
  platform === 'slack'
    ? slackHtml(body as SlackMessage, theme)
    : 'embeds' in (body as object)
      ? embedHtml(body as EmbedMessage)
      : discordHtml((body as DiscordPage).message);
