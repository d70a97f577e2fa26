/** Reporting an error, from the button to the list that the operator works through. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Document } from '../../src/document.ts';
import { reports } from '../../src/operator.ts';
import type { Platform } from '../../src/platforms/platform.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { newBriefing } from '../store/entries.ts';
import { type Asking, openAsking } from '../support/asking.ts';

const told: { readonly user: string; readonly document: Document }[] = [];
const discord = {
  name: 'discord',
  state: () => 'connected',
  tell: async (_tenant: string, user: string, document: Document) => {
    told.push({ user, document });
    return true;
  },
} as unknown as Platform;

let asking: Asking;
let receipt: string;
beforeAll(async () => {
  asking = await openAsking(['seeds'], { platforms: new Map([['discord', discord]]) });
  const found = await asking.store.findQuotes({ tenant: '', speaker: 'trump', want: 'verbatim', limit: 1 });
  receipt = found.items[0]?.receipt.id ?? '';
}, 60_000);
afterAll(() => asking.close());
beforeEach(() => told.splice(0));

/** What a press of the button with that label asks. */
function command(document: Document, label: RegExp): string {
  const all = document.blocks.flatMap((block): { label: string; command?: string }[] =>
    block.kind === 'actions' ? [...block.actions] : block.kind === 'menu' ? [...block.choices] : [],
  );
  const found = all.find((one) => label.test(one.label));
  if (!found?.command) throw new Error(`no ${label} in ${JSON.stringify(all)}`);
  return found.command;
}

it('leads from every answer with quotes in it to one passage, what is wrong, and thanks', async () => {
  for (const line of ['/brief cartels', '/quote trump', '/reactions cartels', `/context ${receipt}`, '/quote']) {
    const { document } = await asking.reply(line);
    const first = await asking.reply(command(document, /^Report an error$/));
    const which = first.document.summary.endsWith('which passage?')
      ? await asking.reply(command(first.document, /: /))
      : first;
    expect(which.document.summary).toMatch(/^Report an error: what is wrong with these words of /);
    expect(which.visibility).toBe('private');
    expect(JSON.stringify(which.document)).not.toContain('"share"');
  }
});

it('keeps the receipt, counts the same report once more, and never who sent it', async () => {
  const who = { tenant: 'discord:7', user: 'reader-4711', platform: 'discord' };
  const asked = await asking.reply(`/report ${receipt}`, who);
  const press = command(asked.document, /^Wrong speaker$/);
  expect(await asking.ask(press, who)).toContain(`Thank you: wrong speaker, ${receipt}`);
  expect(await asking.ask(press, { ...who, user: 'reader-4712' })).toContain('Reported 2 times so far');
  expect(await asking.ask(`/report ${receipt} wrong:other note:"The mayor said it"`, who)).toContain('Reported.');
  const kept = await asking.store.reports({ tenant: 'discord:7', limit: 10 });
  expect(kept).toMatchObject([
    { about: receipt, wrong: 'other', note: 'The mayor said it', times: 1 },
    { about: receipt, wrong: 'speaker', times: 2 },
  ]);
  const exported = JSON.stringify(await asking.store.exportTenant('discord:7'));
  expect(exported).toContain(receipt);
  expect(exported).not.toContain('reader-47');
  expect(await asking.ask('/status why:yes', { ...who, canManage: false })).not.toContain('The mayor said it');
  expect(await asking.ask('/status why:yes', who)).toMatch(/Reported: wrong speaker q[a-z2-7]{10}, 2 times/);
  expect(await asking.ask('/status why:yes', { tenant: 'discord:8' })).not.toContain(receipt);
  await asking.store.removeTenant('discord:7');
  expect(await asking.store.reports({ tenant: 'discord:7', limit: 10 })).toEqual([]);
});

it('tells the owner of a briefing there, once for the same report', async () => {
  await asking.store.addBriefing(newBriefing({ tenant: 'discord:9', owner: 'admin-1' }));
  const who = { tenant: 'discord:9', platform: 'discord', user: 'reader' };
  for (let times = 0; times < 3; times++) await asking.ask(`/report ${receipt} wrong:quote`, who);
  await expect.poll(() => told.length).toBe(1);
  expect(told[0]?.user).toBe('admin-1');
  expect(told[0]?.document.summary).toBe(`A reader reported an error: not a quote, ${receipt}`);
  expect(JSON.stringify(told[0]?.document)).not.toContain('"reader"');
});

it('reports on a story as a whole, which asks for words', async () => {
  const [covered] = (await asking.store.coverage({ tenant: '', now: '2026-11-22T08:00:00.000Z', stories: 1 })).stories;
  const about = `#${covered?.story.id}`;
  const { document } = await asking.reply(`/report ${about}`);
  expect(JSON.stringify(document.blocks)).toContain(
    `"kind":"form","label":"Something else","command":"/report about:${about} wrong:other"`,
  );
  expect(await asking.ask(`/report ${about} wrong:other note:"two stories in one"`)).toContain(about);
  expect((await asking.store.reports({ tenant: '', limit: 1 }))[0]).toMatchObject({
    about,
    note: 'two stories in one',
  });
});

it('holds back a flood of one person, and answers kindly what it does not know', async () => {
  const who = { tenant: 'discord:11', platform: 'discord', user: 'flood' };
  const said = [];
  for (let n = 0; n < 12; n++) said.push(await asking.ask(`/report ${receipt} wrong:other note:"${n}"`, who));
  expect(said.filter((one) => one.includes('Thank you: '))).toHaveLength(10);
  expect(said.at(-1)).toContain('a lot of reports');
  expect(await asking.ask(`/report ${receipt} wrong:other note:"mine"`, { ...who, user: 'other' })).toContain(
    'Reported.',
  );
  expect(await asking.ask('/report qaaaaaaaaaa', who)).toContain('Nothing was found for qaaaaaaaaaa');
  expect(await asking.ask('/report #999999999', who)).toContain('Nothing was found for #999999999');
  expect(await asking.ask('/report zzzzzz', who)).toContain('Nothing was found for zzzzzz');
  expect(await asking.ask('/report #1,q2,<@1>', who)).toContain('Nothing was found for');
});

it('lists reports with their receipts for the operator, and makes folders of gold of them', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'pullquote-reports-'));
  const before = process.env.DATA_DIR;
  const printed: string[] = [];
  const write = process.stdout.write.bind(process.stdout);
  try {
    process.env.DATA_DIR = folder;
    const store = await openSqlite(join(folder, 'pullquote.db'));
    const article = await asking.store.article((await asking.store.quote(receipt, ''))?.article.id ?? '');
    const { entryOf } = await import('../../src/analysed.ts');
    if (!article) throw new Error('no article');
    await store.saveArticle(entryOf(article, Buffer.from(article.text)));
    await store.addReport({ tenant: 'slack:T1', about: receipt, wrong: 'speaker', at: '2026-11-22T08:00:00.000Z' });
    await store.close();
    process.stdout.write = ((line: string) => printed.push(line) > 0) as typeof process.stdout.write;
    expect(await reports({ json: false, gold: join(folder, 'gold'), done: [] })).toBe(0);
    expect(await reports({ json: false, gold: undefined, done: [1, 99] })).toBe(1);
    expect(await reports({ json: true, gold: undefined, done: [] })).toBe(0);
  } finally {
    process.stdout.write = write;
    if (before === undefined) delete process.env.DATA_DIR;
    else process.env.DATA_DIR = before;
  }
  expect(printed).toHaveLength(1);
  expect(printed[0]).toMatch(
    /^1 · 2026-11-22T08:00 · slack:T1 · speaker · 1x · q[a-z2-7]{10} · \S*cartels\S* ¶\d+: Donald Trump, partial: /,
  );
  const gold = (file: string) => readFileSync(join(folder, 'gold', receipt, file), 'utf8');
  expect(JSON.parse(gold('expected.json')).quotes.length).toBeGreaterThan(3);
  expect(gold('article.txt')).toContain(JSON.parse(gold('reported.json')).content);
  rmSync(folder, { recursive: true, force: true });
  expect(existsSync(folder)).toBe(false);
});
