/** A Chromium of this machine, if there is one: `CHROMIUM` names it, else the usual places are tried. */
import { accessSync, constants } from 'node:fs';

const USUAL = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

export const findChromium = (): string | undefined =>
  [...(process.env.CHROMIUM ? [process.env.CHROMIUM] : []), ...USUAL].find(isExecutable);

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
