/**
 * The gallery: every kind of message, drawn from the bodies that go over the wire. In a Chromium, where there is one, it is
 * looked at as a reader would: nothing sticks out, all can be read, the keyboard reaches every button, nothing is fetched.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGalleryBot } from '../../bench/gallery/bot.ts';
import { findChromium } from '../../bench/gallery/chromium.ts';
import { markdownHtml } from '../../bench/gallery/discord-markdown.ts';
import { everyMessage, type Shown } from '../../bench/gallery/messages.ts';
import { galleryPage } from '../../bench/gallery/page.ts';
import { openBrowser } from '../../bench/gallery/pictures.ts';

let shown: readonly Shown[];
let html: string;

beforeAll(async () => {
  const bot = await startGalleryBot();
  shown = await everyMessage(bot).finally(() => bot.stop());
  html = galleryPage(shown);
});

describe('the page', () => {
  it('shows the same kinds on both platforms, each with something to see', () => {
    const kinds = (platform: string) => shown.filter((one) => one.platform === platform).map(({ kind }) => kind);
    // Only Slack has a Home tab.
    expect(kinds('discord')).toEqual(kinds('slack').filter((kind) => kind !== 'app-home'));
    expect(new Set(kinds('discord')).size).toBe(kinds('discord').length);
    expect(shown.filter(({ pages, form }) => pages.length === 0 && !form)).toEqual([]);
  });

  it('walks a first-time admin through set-up with what the platform itself says is missing', () => {
    const said = (kind: string, platform: string) =>
      JSON.stringify(shown.find((one) => one.kind === kind && one.platform === platform)?.pages);
    expect(said('set-up-missing', 'discord')).toContain('Edit Channel → Permissions');
    expect(said('set-up-missing', 'slack')).toContain('/invite @pullquote');
    for (const platform of ['discord', 'slack'])
      expect(['set-up-2', 'set-up-3', 'set-up-4'].map((kind) => /of 4/.test(said(kind, platform)))).not.toContain(
        false,
      );
  });

  it('shows what Spanish readers get, and posts in their language', () => {
    const spanish = shown.filter(({ language }) => language === 'es');
    expect(spanish.length).toBeGreaterThan(40);
    const said = (kind: string) => JSON.stringify(spanish.filter((one) => one.kind === kind).map(({ pages }) => pages));
    expect(said('set-up-missing-es')).toContain('Editar canal → Permisos');
    expect(said('set-up-missing-es')).toContain('/invite @pullquote');
    const forms = JSON.stringify(spanish.map(({ form }) => form));
    for (const words of [
      'Publica un boletín en un canal',
      'Horario',
      'Aceptar',
      'Por ejemplo: sheinbaum',
      '"text":"tarde"',
    ])
      expect(forms).toContain(words);
    expect(said('digest-late-es')).toContain('Prevista 08:00, enviada 09:12');
    expect(JSON.stringify(spanish.map(({ pages }) => pages))).not.toMatch(/\b(?:Reactions|Quoted|Share|Back|as of)\b/);
  });

  it('holds no fault but the one that is asked for', () => {
    const faulty = shown.filter(({ pages }) => JSON.stringify(pages).includes('Something went wrong while'));
    expect(new Set(faulty.map(({ kind }) => kind))).toEqual(new Set(['fault']));
  });

  it('lets no text become markup', () => {
    expect(html).not.toMatch(/<(?:script|img|iframe|link)\b|class="mention"|javascript:[^<]*"/i);
    expect(html).toContain('&#60;script&#62;alert(1)&#60;/script&#62;');
  });
});

describe('Discord’s Markdown', () => {
  it.each([
    ['**bold** and *slanted*', '<p><strong>bold</strong> and <em>slanted</em></p>'],
    ['\\*\\*not bold\\*\\*', '<p>**not bold**</p>'],
    ['## Heading\n-# small', '<h2>Heading</h2><small>small</small>'],
    ['> one\n> two\nafter', '<blockquote>one<br>two</blockquote><p>after</p>'],
    ['- `a`\n- b', '<ul><li><code>a</code></li><li>b</li></ul>'],
    ['[a \\[b\\]](<https://example.com/>)', '<p><a href="https://example.com/">a [b]</a></p>'],
    ['before\n```\n{ **a** }\n```\nafter', '<p>before</p><pre>{ **a** }</pre><p>after</p>'],
    ['@everyone', '<p><span class="mention">@everyone</span></p>'],
    ['<t:1772866800:t>', '<p><time>08:00</time></p>'],
    ['<b> & "c"', '<p>&#60;b&#62; &#38; &#34;c&#34;</p>'],
  ])('%s', (markdown, expected) => {
    expect(markdownHtml(markdown)).toBe(expected);
  });
});

const chromium = findChromium();
if (!chromium)
  console.log('gallery: no Chromium here, so nothing was looked at in a browser (set CHROMIUM, or install one)');

describe.skipIf(!chromium)('in a browser', () => {
  let browser: Awaited<ReturnType<typeof openBrowser>>;
  let page: Page;
  const heard: string[] = [];

  beforeAll(async () => {
    browser = await openBrowser();
    page = await browser.newPage({ viewport: { width: 1360, height: 900 } });
    page.on('request', (request) => heard.push(`asked for ${request.url()}`));
    page.on('console', (message) => heard.push(message.text()));
    page.on('dialog', (dialog) => heard.push(`said ${dialog.message()}`));
    await page.setContent(html);
    await page.evaluate(readFileSync(join(import.meta.dirname, 'look.js'), 'utf8'));
  });
  afterAll(async () => browser?.close());

  it.each([1360, 390])('fits every message into a window %i wide', async (width) => {
    await page.setViewportSize({ width, height: 900 });
    expect(await page.evaluate('look.overflowing()')).toEqual([]);
  });

  it('can be read: contrast is 4.5 or more', async () => {
    expect(await page.evaluate('look.contrastProblems()')).toEqual([]);
  });

  it('hides no words', async () => {
    expect(await page.evaluate('look.hidden()')).toEqual([]);
  });

  it('is reached by the keyboard in the order of reading, and every stop has a name', async () => {
    await page.check('input[value="dark"]');
    const expected = await page.evaluate<{ readonly name: string; readonly kind: string }[]>('look.stops()');
    expect(expected.length).toBeGreaterThan(100);
    expect(expected.filter(({ name }) => name === '')).toEqual([]);
    await page.focus('nav a:last-child');
    // Noted in the page itself: to ask after each of a thousand presses takes as long as the presses.
    await page.evaluate(
      "globalThis.reached = []; document.addEventListener('focusin', ({ target }) => reached.push(target.dataset.stop))",
    );
    for (const _ of expected) await page.keyboard.press('Tab');
    expect(await page.evaluate('reached')).toEqual(expected.map((_, n) => String(n)));
  }, 120_000);

  it('fetches nothing and runs nothing', () => {
    expect(heard).toEqual([]);
  });
});
