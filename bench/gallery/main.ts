/**
 * `npm run gallery`: every kind of message as Discord and Slack would show it, in one local page.
 *
 *   npm run gallery                        writes gallery/index.html and serves it on 127.0.0.1
 *   npm run gallery -- --once [FOLDER]     writes it and ends
 *   npm run gallery -- --pictures FOLDER   takes the pictures of the first-time admin's walk
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startGalleryBot } from './bot.ts';
import { everyMessage } from './messages.ts';
import { galleryPage } from './page.ts';
import { takePictures } from './pictures.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { once: { type: 'boolean' }, pictures: { type: 'string' } },
});
const folder = positionals[0] ?? 'gallery';
const bot = await startGalleryBot();
const shown = await everyMessage(bot).finally(() => bot.stop());
const html = galleryPage(shown);
mkdirSync(folder, { recursive: true });
const file = join(folder, 'index.html');
writeFileSync(file, html);
console.log(`${file}: ${shown.length} messages`);

if (values.pictures !== undefined)
  for (const picture of await takePictures(html, values.pictures)) console.log(picture);
else if (!values.once) serve();

/** On this machine only, until it is stopped. */
function serve(): void {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(html);
  });
  server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`));
}
