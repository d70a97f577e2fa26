/** Pictures of messages, taken by a headless Chromium: those of the first-time admin's walk for the documents. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { findChromium } from './chromium.ts';
import { themes } from './page.ts';

/** From the first question to the first post in the channel. */
const WALK = ['brief', 'set-up-missing', 'set-up-2', 'set-up-3', 'set-up-4', 'schedule-add', 'digest-new'];

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
    for (const platform of ['discord', 'slack'])
      for (const kind of WALK) {
        const theme = platform === 'discord' ? themes[1] : themes[0];
        const file = join(folder, `${platform}-${kind}.png`);
        writeFileSync(file, await page.locator(`.panel.${platform}.${theme}[data-kind="${kind}"]`).screenshot());
        files.push(file);
      }
    return files;
  } finally {
    await browser.close();
  }
}
