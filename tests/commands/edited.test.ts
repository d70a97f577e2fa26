/** An article is edited, or taken back: whoever holds an old receipt learns what became of the quote. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { entryOf } from '../../src/analysed.ts';
import { makeArticle } from '../../src/corpus/article.ts';
import { loadCorpus } from '../../src/corpus/load.ts';
import { sinkInto } from '../../src/ingest.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { type Asking, NOW, openAsking } from '../support/asking.ts';

let folder: string;
let asking: Asking;
const first = `---
title: Port workers wait
date: 2026-11-20
---
The harbor council met on Monday. “We will sign the contract before the winter comes,” said Ana Ruiz, the mayor of Hallow.

“The crews have waited for a year,” said Ben Moe, who speaks for the union. Ruiz left the meeting early.
`;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'edited-'));
  await writeFile(
    join(folder, 'other.txt'),
    'The bakery gave away bread on Sunday, and many came to the lane to have some.',
  );
  await writeFile(join(folder, 'port.txt'), first);
  asking = await openAsking([folder]);
});
afterEach(async () => {
  await asking.close();
  await rm(folder, { recursive: true, force: true });
});

const receiptOf = async (speaker: string) => {
  const { items } = await asking.store.findQuotes({ tenant: '', speaker, want: 'verbatim', limit: 1 });
  return items[0]!.receipt.id;
};
async function edit(text: string | undefined): Promise<void> {
  if (text === undefined) await rm(join(folder, 'port.txt'));
  else await writeFile(join(folder, 'port.txt'), text);
  const sink = sinkInto(asking.store, () => NOW);
  await loadCorpus([folder], sink, { withdraw: true });
}

it('says nothing while the quote stands', async () => {
  expect(await asking.ask(`/context ${await receiptOf('Ruiz')}`)).not.toMatch(/version|Withdrawn/);
});

it('names the newest version when the article was edited around the quote', async () => {
  const receipt = await receiptOf('Ruiz');
  await edit(first.replace('Ruiz left the meeting early.', 'Ruiz stayed to the end.'));
  const said = await asking.ask(`/context ${receipt}`);
  expect(said).toContain('The same words stand in its newest version.');
  expect(said).toContain('Newest version');
  expect(said).toContain('“We will sign the contract before the winter comes,”');
  expect(await receiptOf('Ruiz')).not.toBe(receipt);
});

it('shows how the quote reads now when its words were edited', async () => {
  const receipt = await receiptOf('Ruiz');
  await edit(first.replace('We will sign', 'We will not sign'));
  const said = await asking.ask(`/context ${receipt}`);
  expect(said).toContain('Edited: this is an earlier version of the article. In its newest version the quote reads:');
  expect(said).toContain('“We will not sign the contract before the winter comes”');
  expect(said).toContain('“We will sign the contract before the winter comes,”');
});

it('says so when the words were given to somebody else', async () => {
  const receipt = await receiptOf('Ruiz');
  await edit(first.replace('said Ana Ruiz, the mayor', 'said Carla Voss, the deputy mayor'));
  expect(await asking.ask(`/context ${receipt}`)).toContain('Its newest version gives these words to Carla Voss.');
});

it('says so when the quote was removed, or is a quote no more', async () => {
  const [ruiz, moe] = [await receiptOf('Ruiz'), await receiptOf('Moe')];
  await edit(
    first
      .replace(/“We will sign.*Hallow\./, 'Nothing was signed.')
      .replace(/“The crews have waited for a year,” said/, 'A banner read: The crews have waited for a year, under'),
  );
  expect(await asking.ask(`/context ${ruiz}`)).toContain('This quote no longer stands in its newest version.');
  expect(await asking.ask(`/context ${moe}`)).toContain('not as a quote that the bot is sure of');
});

it('says so when the article is withdrawn, and no more when it is back', async () => {
  const receipt = await receiptOf('Ruiz');
  await edit(undefined);
  expect(await asking.ask(`/context ${receipt}`)).toContain('Withdrawn: this article is no longer in any answer.');
  expect(await asking.ask('/quote speaker:Ruiz')).not.toContain('We will sign');
  await edit(first);
  expect(await asking.ask(`/context ${receipt}`)).not.toContain('Withdrawn');
});

it('tells the same on the command line: verify, and withdraw', async () => {
  const store = await openSqlite(join(folder, 'data', 'pullquote.db'));
  const sink = sinkInto(store, () => NOW);
  await loadCorpus([join(folder, 'port.txt'), join(folder, 'other.txt')], sink);
  const { items } = await store.findQuotes({ tenant: '', speaker: 'Ruiz', limit: 1 });
  await edit(first.replace('We will sign', 'We will never sign'));
  await loadCorpus([join(folder, 'port.txt')], sink);
  await store.close();
  const cli = async (...args: string[]) =>
    promisify(execFile)(process.execPath, ['src/pullquote.mjs', ...args], {
      env: { ...process.env, DATA_DIR: join(folder, 'data'), CORPUS: folder },
    }).then(
      ({ stdout }) => stdout,
      (failed: { code: number; stdout: string; stderr: string }) => `${failed.code}: ${failed.stdout}${failed.stderr}`,
    );
  const receipt = items[0]!.receipt.id;
  expect(await cli('verify', receipt)).toMatch(
    /^q\w{10}: proven: .*; the quote was edited since and now reads: .*never sign/,
  );
  expect(await cli('withdraw', join(folder, 'port.txt'))).toBe('1 article withdrawn\n');
  expect(await cli('withdraw', join(folder, 'port.txt'))).toBe('1: 0 articles withdrawn\n');
  expect(await cli('withdraw')).toMatch(/^2: expected one or more files or folders/);
  expect(await cli('verify', receipt)).toMatch(/; the article is withdrawn since\n$/);
}, 60_000);

it('leads with the article that is there whole, and says where only a beginning was to be had', async () => {
  const teaser = {
    title: 'Port workers wait, says mayor',
    url: 'https://paid.example/port',
    outlet: 'Paid Post',
    date: '2026-11-21',
  };
  const save = async (outlet: string) => {
    const article = await makeArticle(
      {
        text: 'The harbor council met on Monday and the crews of the port have waited for a year, the mayor of Hallow said…',
        tenant: '',
        origin: teaser.url,
        key: `${outlet}//paid.example/port`,
        stated: { ...teaser, outlet },
        partialText: true,
      },
      NOW,
    );
    if ('refused' in article) throw new Error(article.refused);
    const other = entryOf(article, Buffer.from(article.text));
    await asking.store.saveArticle(other);
  };
  await save('Paid Post');
  const brief = await asking.ask('/brief harbor');
  expect(brief).toContain('Port workers wait\n');
  expect(brief).not.toContain('…');
  await edit(undefined);
  const alone = await asking.ask('/brief harbor');
  expect(alone).toContain('Paid Post (only its beginning)');
});
