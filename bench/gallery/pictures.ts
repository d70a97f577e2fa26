/** Pictures of messages, taken by a headless Chromium: those of the first-time admin's walk for the documents. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import type { PlatformName } from './bot.ts';
import { findChromium } from './chromium.ts';
import type { Theme } from './page.ts';

/** From the first question to the first post in the channel. */
const WALK = ['brief', 'set-up-1', 'set-up-missing', 'set-up-2', 'set-up-3', 'set-up-4', 'schedule-add', 'first-post'];

/** Each platform in the theme that it starts with. */
const FACES: readonly (readonly [PlatformName, Theme])[] = [
  ['discord', 'dark'],
  ['slack', 'light'],
];

export async function openBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath)
    throw new Error('no Chromium found: install one (apt-get install chromium), or name it in CHROMIUM');
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
}

/** Writes one picture for each step and platform; resolves to the files. */
export async function takePictures(html: string, folder: string): Promise<readonly string[]> {
  mkdirSync(folder, { recursive: true });
  const browser = await openBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 700, height: 900 } });
    await page.setContent(html);
    const files: string[] = [];
    for (const [platform, theme] of FACES)
      for (const kind of WALK) {
        const file = join(folder, `${platform}-${kind}.webp`);
        const panel = page.locator(`.panel.${platform}.${theme}[data-kind="${kind}"]`);
        writeFileSync(file, await webp(page, panel));
        files.push(file);
      }
    return files;
  } finally {
    await browser.close();
  }
}

/** Playwright itself takes no WebP, which is a third of the size. */
async function webp(page: Page, element: Locator): Promise<Buffer> {
  const box = await element.boundingBox();
  if (!box) throw new Error(`not in the page: ${element}`);
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', {
    format: 'webp',
    quality: 85,
    captureBeyondViewport: true,
    clip: { ...box, scale: 1 },
  });
  await session.detach();
  return Buffer.from(data, 'base64');
}
