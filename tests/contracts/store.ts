/** What every store promises, whatever the engine. Each engine's test file runs the whole of it. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Briefing, FoundAlias, Quote } from '../../src/model.ts';
import { prove } from '../../src/receipt.ts';
import type { Store } from '../../src/store/store.ts';
import { entry, newBriefing, spanOf, type Told } from '../store/entries.ts';

const now = '2026-01-12T12:00:00.000Z';
const slot = '2026-01-12T08:00:00.000Z';

// ---------------------------------------------------------------- a small corpus

const strikes: Told = {
  origin: 'strikes.txt',
  title: 'Governor vows raids on smugglers’ depots',
  outlet: 'The Harbour Post',
  url: 'https://harbour.example/strikes',
  at: '2026-01-09T08:00:00.000Z',
  text: [
    'Governor Ada Quill said the cartels would be hit on land next. “We are going to start hitting the depots on land,” Quill said on Friday night.',
    'She called the gangs “lords of the harbour” and promised more patrols against cartels.',
    'Mayor Bruno Vetch condemned the plan as an insult to the city. Forty harbour councillors wrote that raids without consent would be “ruinous”.',
    'Legal experts warn that the raids raise serious questions.',
  ].join('\n'),
  topics: ['drug cartels', 'raids'],
  speakers: [
    { name: 'Ada Quill', role: 'Governor', aliases: ['Quill'] },
    { name: 'Bruno Vetch', role: 'Mayor', aliases: ['Vetch'] },
    { name: 'Forty Harbour Councillors', kind: 'group' },
    { name: 'Legal experts', kind: 'unnamed' },
  ],
  quotes: [
    { words: 'We are going to start hitting the depots on land,', who: 'Ada Quill' },
    { words: 'lords of the harbour', clause: 'the gangs “lords of the harbour”', kind: 'partial', who: 'Ada Quill' },
    { words: 'the plan as an insult to the city', kind: 'indirect', who: 'Bruno Vetch' },
    {
      words: 'ruinous',
      clause: 'raids without consent would be “ruinous”',
      kind: 'partial',
      medium: 'written',
      who: 'Forty Harbour Councillors',
    },
    { words: 'the raids raise serious questions', kind: 'indirect', who: 'Legal experts' },
  ],
  reactions: [
    { who: 'Legal experts', stance: 'concern', clause: 'the raids raise serious questions' },
    { who: 'Bruno Vetch', stance: 'oppose', clause: 'condemned the plan as an insult to the city' },
  ],
  key: ['Governor Ada Quill said the cartels would be hit on land next.'],
};

const again: Told = {
  origin: 'again.txt',
  title: 'Depots on land are next, says governor',
  outlet: 'Coast Wire',
  at: '2026-01-09T10:00:00.000Z',
  text: 'Governor Ada Quill said raids on the smugglers’ depots would follow. “We’re gonna start hitting the depots on land,” Quill told reporters in the harbour, speaking of the cartels.',
  topics: ['drug cartels'],
  speakers: [{ name: 'Ada Quill', role: 'Governor', aliases: ['Quill'] }],
  quotes: [{ words: 'We’re gonna start hitting the depots on land,', who: 'Ada Quill' }],
  key: ['Governor Ada Quill said raids on the smugglers’ depots would follow.'],
};

const moon: Told = {
  origin: 'moon.txt',
  title: 'Probe lands on the far side of the moon',
  outlet: 'Orbit Weekly',
  at: '2026-01-02T09:00:00.000Z',
  text: 'A probe touched down on the moon. “It is a quiet sea of dust,” said flight director Ines Okoro. Engineers cheered in the control room as pictures of the crater came in.',
  topics: ['moon', 'space probes'],
  speakers: [{ name: 'Ines Okoro', role: 'flight director', aliases: ['Okoro'] }],
  quotes: [{ words: 'It is a quiet sea of dust,', who: 'Ines Okoro' }],
  key: ['A probe touched down on the moon.'],
};

const undated: Told = {
  origin: 'notes/undated.txt',
  text: 'The bakery on Mill Lane gave away bread. “Nobody should go hungry in the snow,” the baker said.',
  readAt: '2026-01-11T07:00:00.000Z',
  speakers: [{ name: 'the baker', kind: 'unnamed' }],
  quotes: [{ words: 'Nobody should go hungry in the snow,', who: 'the baker' }],
  topics: ['bakery'],
};

/** What people or scripts type that a query language would take for its own. */
const hostile = [
  '" OR NEAR(',
  'NOT',
  '*',
  ':',
  'a AND (b',
  'title:x',
  '{title}:y',
  '^z',
  "'; DROP TABLE quotes; --",
  '%',
  '_',
  '\\',
  '\u0000',
  '\uD800',
  '🦊',
  '"',
  '""',
  '-',
  'a '.repeat(300),
  ' ',
  '',
  '(((((',
  'NEAR(a b, 2)',
  'a & !b | c:*',
  "to_tsquery('",
  '$1',
  '?1',
  'ids : s1',
  'scope : x',
];

/** `open` gives a store that nobody else has used; it is closed by the suite. */
export function storeContract(engine: string, open: () => Promise<Store>): void {
  describe(`store on ${engine}`, () => {
    describe('articles in', () => {
      let store: Store;
      beforeEach(async () => {
        store = await open();
        return () => store.close();
      });

      it('saves once, however often it is asked, and a change makes a new version', async () => {
        expect(await store.saveArticle(entry(strikes))).toBe('added');
        expect(await store.saveArticle(entry({ ...strikes, readAt: '2026-01-11T00:00:00.000Z' }))).toBe('unchanged');
        const { article } = entry(strikes);
        expect(await store.articleState(article.id)).toEqual({ hash: article.hash, engine: 'test-1' });
        const edited = entry({ ...strikes, text: strikes.text.replace('Friday', 'Saturday') });
        expect(await store.saveArticle(edited)).toBe('changed');
        expect((await store.articleState(article.id))?.hash).toBe(edited.article.hash);
        expect(await store.stats('')).toMatchObject({ articles: 1, quotes: 3, paraphrases: 2, stories: 1, outlets: 1 });
      });

      it('knows how each article was read, and which files articles stand in', async () => {
        const from = (told: Told, digest: string, file?: string) => ({
          ...entry(told),
          provenance: { digest, ...(file !== undefined && { file }) },
        });
        const { id, hash } = entry(strikes).article;
        await store.saveArticle(from(strikes, 'd1', 'news/a.jsonl'));
        await store.saveArticle(from(moon, 'd2', 'news/a.jsonl'));
        await store.saveArticle(from(undated, 'd3'));
        expect(await store.articleState(id)).toEqual({ hash, engine: 'test-1', digest: 'd1', file: 'news/a.jsonl' });
        expect(await store.articleState(entry(undated).article.id)).toMatchObject({ digest: 'd3' });
        expect(await store.articleFiles({ after: '', limit: 9 })).toEqual([{ file: 'news/a.jsonl', articles: 2 }]);
        // Read from another file, with nothing else new: noted, and no change.
        expect(await store.saveArticle(from(strikes, 'd1', 'news/b.jsonl'))).toBe('unchanged');
        expect(await store.saveArticle(entry(strikes))).toBe('unchanged');
        expect(await store.articleFiles({ after: '', limit: 1 })).toEqual([{ file: 'news/a.jsonl', articles: 1 }]);
        expect(await store.articleFiles({ after: 'news/a.jsonl', limit: 9 })).toEqual([
          { file: 'news/b.jsonl', articles: 1 },
        ]);
        expect(await store.articlesInFile({ file: 'news/b.jsonl', limit: 9 })).toEqual({ ids: [id] });
        await store.saveArticle(from({ ...strikes, text: `${strikes.text}\nMore.` }, 'd1', 'news/b.jsonl'));
        expect(await store.articlesInFile({ file: 'news/b.jsonl', limit: 9 })).toEqual({ ids: [id] });
        await store.withdrawArticle(id);
        expect(await store.articlesInFile({ file: 'news/b.jsonl', limit: 9 })).toEqual({ ids: [] });
        await store.saveArticle(from(strikes, 'd4', 'news/c.jsonl'));
        expect(await store.articleState(id)).toEqual({ hash, engine: 'test-1', digest: 'd4', file: 'news/c.jsonl' });
      });

      it('takes a long list of articles of a file page by page', async () => {
        const ids: string[] = [];
        for (let n = 0; n < 7; n += 1) {
          const told = entry({ ...moon, origin: `m${n}`, at: `2026-01-0${n + 1}T09:00:00.000Z` });
          ids.push(told.article.id);
          await store.saveArticle({ ...told, provenance: { digest: 'd', file: 'f' } });
        }
        const first = await store.articlesInFile({ file: 'f', limit: 4 });
        const rest = await store.articlesInFile({ file: 'f', limit: 4, after: first.next! });
        expect(rest.next).toBeUndefined();
        expect([...first.ids, ...rest.ids].sort()).toEqual(ids.sort());
      });

      it('takes a corrected headline and date into the version that stands, receipts and all', async () => {
        await store.saveArticle(entry(strikes));
        await store.saveArticle(entry({ ...moon, at: '2026-01-05T09:00:00.000Z' }));
        const { items } = await store.findQuotes({ tenant: '', limit: 9 });
        const corrected = entry({ ...strikes, title: 'Another headline', at: '2025-12-01T09:00:00.000Z' });
        expect(await store.saveArticle(corrected)).toBe('changed');
        for (const { receipt, text } of items.filter(({ article }) => article.id === corrected.article.id)) {
          const shown = await store.quote(receipt.id, '');
          expect(shown).toMatchObject({ receipt, text, article: { title: 'Another headline' } });
          expect(shown?.article.date).toEqual(corrected.article.date);
          expect(shown?.standing).toBeUndefined();
        }
        const newest = await store.coverage({ tenant: '', now, stories: 3 });
        expect(newest.stories.map(({ story }) => story.articles[0]!.title)).toEqual([moon.title, 'Another headline']);
        expect(await store.forgetArticles({ tenant: '', before: '2026-01-01T00:00:00.000Z', limit: 9 })).toBe(1);
        expect(await store.stats('')).toMatchObject({ articles: 1 });
      });

      it('gives back an article as it came, each version, and the bytes', async () => {
        const original = new TextEncoder().encode(`\uFEFF${strikes.text.replaceAll('\n', '\r\n')}`);
        const first = entry({ ...strikes, original, masks: [{ start: 0, end: 8, kind: 'byline' }] });
        await store.saveArticle(first);
        expect(await store.article(first.article.id)).toEqual(first.article);
        expect(await store.original(first.article.id, first.article.hash)).toEqual(original);
        const second = entry({ ...strikes, text: `${strikes.text}\nMore to come.` });
        await store.saveArticle(second);
        expect(await store.article(first.article.id)).toEqual(second.article);
        expect(await store.article(first.article.id, first.article.hash)).toEqual(first.article);
        expect(await store.original(second.article.id, second.article.hash)).toEqual(second.original);
        expect(await store.article('nobody')).toBeUndefined();
        expect(await store.original(first.article.id, 'no such hash')).toBeUndefined();
      });

      it('keeps receipts of an older version good and says that there is a newer one', async () => {
        await store.saveArticle(entry(strikes));
        const [before] = (await store.findQuotes({ tenant: '', speaker: 'quill', limit: 1 })).items;
        await store.saveArticle(
          entry({ ...strikes, text: strikes.text.replace('start hitting', 'begin hitting'), quotes: [] }),
        );
        expect((await store.findQuotes({ tenant: '', speaker: 'quill', limit: 5 })).total).toBe(0);
        const after = await store.quote(before!.receipt.id, '');
        expect(after).toMatchObject({ text: before!.text, standing: 'superseded' });
        const old = await store.article(before!.receipt.articleId, before!.receipt.hash);
        expect(prove(before!.receipt, old!.text)).toBe('proven');
        await store.saveArticle(entry(strikes));
        expect(await store.quote(before!.receipt.id, '')).toEqual(before);
        expect((await store.findQuotes({ tenant: '', speaker: 'quill', limit: 5 })).total).toBe(2);
      });

      it('analyses again under a new engine without losing a receipt', async () => {
        await store.saveArticle(entry(strikes));
        const { items } = await store.findQuotes({ tenant: '', limit: 9 });
        expect(
          await store.saveArticle(entry({ ...strikes, engine: 'test-2', quotes: strikes.quotes!.slice(0, 1) })),
        ).toBe('changed');
        expect((await store.findQuotes({ tenant: '', limit: 9 })).total).toBe(1);
        for (const quote of items) expect((await store.quote(quote.receipt.id, ''))?.text).toBe(quote.text);
        await store.saveArticle(entry({ ...strikes, engine: 'test-3' }));
        await store.saveArticle(entry({ ...strikes, engine: 'test-4', quotes: [] }));
        for (const quote of items) expect((await store.quote(quote.receipt.id, ''))?.text).toBe(quote.text);
        expect(await store.stats('')).toMatchObject({ articles: 1, quotes: 0, paraphrases: 0 });
      });

      it('takes a withdrawn article out of all answers, and its receipts say so', async () => {
        const { article } = entry(strikes);
        await store.saveArticle(entry(strikes));
        const [quote] = (await store.findQuotes({ tenant: '', speaker: 'quill', limit: 1 })).items;
        expect(await store.withdrawArticle(article.id)).toBe(true);
        expect(await store.withdrawArticle(article.id)).toBe(false);
        expect(await store.articleState(article.id)).toBeUndefined();
        expect((await store.findQuotes({ tenant: '', speaker: 'quill', limit: 1 })).total).toBe(0);
        expect((await store.findReactions({ tenant: '', limit: 5 })).items).toEqual([]);
        expect((await store.coverage({ tenant: '', now, topic: 'cartels', stories: 3 })).stories).toEqual([]);
        expect((await store.coverage({ tenant: '', now, stories: 3 })).stories).toEqual([]);
        expect(await store.searchArticles({ tenant: '', text: 'depots', now, limit: 5 })).toEqual([]);
        expect(await store.topics({ tenant: '', limit: 5 })).toEqual([]);
        expect(await store.speakers({ tenant: '', limit: 5 })).toEqual([]);
        expect(await store.stats('')).toMatchObject({
          articles: 0,
          quotes: 0,
          paraphrases: 0,
          speakers: 0,
          stories: 0,
          outlets: 0,
        });
        expect(await store.quote(quote!.receipt.id, '')).toMatchObject({ text: quote!.text, standing: 'withdrawn' });
        expect(await store.saveArticle(entry(strikes))).toBe('added');
        expect((await store.findQuotes({ tenant: '', speaker: 'quill', limit: 5 })).total).toBe(2);
      });

      it('puts two reports of one event in one story and leaves another event alone', async () => {
        await store.saveArticle(entry(strikes));
        await store.saveArticle(entry(again));
        await store.saveArticle(entry(moon));
        const hits = await store.searchArticles({ tenant: '', text: 'depots', now, limit: 5 });
        expect(new Set(hits.map((hit) => hit.storyId)).size).toBe(1);
        expect(await store.stats('')).toMatchObject({ articles: 3, stories: 2, outlets: 3, speakers: 5 });
      });

      it('finds the story of an undated article, whatever days have come since the last one', async () => {
        await store.saveArticle(entry(undated));
        await store.saveArticle(entry({ ...strikes, at: '2025-06-02T08:00:00.000Z' }));
        const { at: _, ...report } = again;
        await store.saveArticle(entry(report));
        const hits = await store.searchArticles({ tenant: '', text: 'depots', now, limit: 5 });
        expect(hits).toHaveLength(2);
        expect(new Set(hits.map((hit) => hit.storyId)).size).toBe(1);
        await store.withdrawArticle(entry(strikes).article.id);
        await store.saveArticle(entry({ ...strikes, at: '2025-03-02T08:00:00.000Z' }));
        expect(await store.stats('')).toMatchObject({ articles: 3, stories: 2 });
      });

      describe('stories grouped anew', () => {
        const told = (origin: string, title: string, text: string, more: Partial<Told> = {}) =>
          entry({ origin, title, text, at: '2026-01-09T08:00:00.000Z', outlet: origin, ...more });
        const quakes = [
          'A strong earthquake struck the island of Lombra early on Friday, killing at least 14 people and burying homes in the port town of Vesk. Rescuers dug through rubble with their hands. The quake measured 6.4, the Lombra seismic office said.',
          'At least 14 people were killed in Lombra when a 6.4 earthquake flattened houses in Vesk on Friday. Rescue teams dug with dogs as hospitals in Vesk ran out of blood, officials of the Lombra seismic office said.',
          'Hospitals in Vesk asked for blood and tents after the earthquake of magnitude 6.4 that killed 14 people on Lombra. Rescuers were still digging in the port on Friday evening, the seismic office said.',
        ] as const;
        const tax =
          'The senate of Orland passed a budget on Friday that raises the fuel tax. Farmers blocked roads in protest, and the finance minister, Ilse Brandt, said that the tax would pay for schools and railways over ten years.';
        const storyOf = async (text: string, tenant = '') => {
          const hits = await store.searchArticles({ tenant, text, now, limit: 9 });
          return hits.map(({ storyId }) => storyId);
        };
        const showIn = async (channel: string, storiesShown: readonly number[], at: string) => {
          const briefing = await store.addBriefing({ ...newBriefing(), channel });
          const key = `b${briefing.id}@${at}`;
          await store.claimDelivery({ key, briefingId: briefing.id, dueAt: at, by: 'p', now: at, leaseMs: 1000 });
          const end = { key, by: 'p', state: 'delivered', outcome: 'posted', now: at, storiesShown } as const;
          await store.settleDelivery(end);
          return briefing.platform;
        };

        it('puts an article where those are that tell the same; the number of its old story still answers', async () => {
          await store.saveArticle(told('one', 'Earthquake kills 14 on Lombra', quakes[0]));
          await store.saveArticle(told('two', 'Vesk counts its dead', quakes[2]));
          await store.saveArticle(told('three', 'Senate of Orland passes budget', tax));
          const [quake] = await storyOf('Lombra');
          const [budget] = await storyOf('Orland');
          expect(new Set(await storyOf('Lombra'))).toEqual(new Set([quake]));
          expect(budget).not.toBe(quake);
          const platform = await showIn('c-merge', [budget!], slot);
          // An edited article stays in its story until stories are grouped anew.
          await store.saveArticle(told('three', 'Rescuers search Vesk after quake', quakes[1]));
          expect(await store.stats('')).toMatchObject({ articles: 3, stories: 2 });

          expect(await store.regroupStories({ now })).toEqual({ articles: 3, moved: 1 });
          expect(await storyOf('Lombra')).toEqual([quake, quake, quake]);
          expect(await store.stats('')).toMatchObject({ articles: 3, stories: 1 });
          const [one] = (await store.coverage({ tenant: '', now, storyId: budget!, stories: 1 })).stories;
          expect(one?.story).toMatchObject({ id: quake });
          expect(one?.story.articles).toHaveLength(3);
          expect((await store.shown(platform, 'c-merge')).get(quake!)).toBe(slot);

          expect(await store.regroupStories({ now })).toEqual({ articles: 0, moved: 0 });
          await store.withdrawArticle(told('three', '', quakes[1]).article.id);
          expect(await store.stats('')).toMatchObject({ articles: 2, stories: 1 });
        });

        it('takes an article out of a story that it does not tell; who saw the story has seen it', async () => {
          const quake = ['one', 'two', 'three'].map((origin, i) => told(origin, `Quake report ${i}`, quakes[i]!));
          for (const one of quake) await store.saveArticle(one);
          const [story] = await storyOf('Lombra');
          expect(await storyOf('Lombra')).toEqual([story, story, story]);
          const seenAt = '2026-01-10T08:00:00.000Z';
          const platform = await showIn('c-split', [story!], seenAt);
          await store.saveArticle(told('two', 'Senate of Orland passes budget', tax));
          expect(await storyOf('Orland')).toEqual([story]);

          expect(await store.regroupStories({ now })).toEqual({ articles: 3, moved: 1 });
          expect(await storyOf('Lombra')).toEqual([story, story]);
          const [other] = await storyOf('Orland');
          expect(other).not.toBe(story);
          expect(await store.stats('')).toMatchObject({ articles: 3, stories: 2 });
          const shown = await store.shown(platform, 'c-split');
          expect([shown.get(story!), shown.get(other!)]).toEqual([seenAt, seenAt]);
          expect((await store.coverage({ tenant: '', now, storyId: other!, stories: 1 })).stories[0]?.story.id).toBe(
            other,
          );
        });

        it('moves the articles of a server to the operator’s story, never the other way', async () => {
          await store.saveArticle(told('one', 'Earthquake kills 14 on Lombra', quakes[0]));
          const tenant = 'discord:1';
          await store.saveArticle(told('own', 'Senate of Orland passes budget', tax, { tenant }));
          await store.saveArticle(told('own', 'Rescuers search Vesk after quake', quakes[1], { tenant }));
          await store.saveArticle(told('two', 'Vesk counts its dead', quakes[2]));
          const [operators] = await storyOf('Lombra');
          expect(await store.stats(tenant)).toMatchObject({ stories: 2 });

          expect(await store.regroupStories({ now })).toMatchObject({ moved: 1 });
          expect(new Set(await storyOf('Lombra', tenant))).toEqual(new Set([operators]));
          expect(await storyOf('Lombra')).toEqual([operators, operators]);
          expect(await store.stats('')).toMatchObject({ articles: 2, stories: 1 });
          expect(await store.stats(tenant)).toMatchObject({ articles: 3, stories: 1 });
        });

        it('stops where it is told to, and goes on the next time', async () => {
          await store.saveArticle(told('one', 'Earthquake kills 14 on Lombra', quakes[0]));
          const signal = AbortSignal.abort();
          expect(await store.regroupStories({ now, signal })).toEqual({ articles: 0, moved: 0 });
          const both = await Promise.all([store.regroupStories({ now }), store.regroupStories({ now })]);
          expect(Math.max(...both.map(({ articles }) => articles))).toBe(1);
          expect(await store.stats('')).toMatchObject({ articles: 1, stories: 1 });
        });
      });

      it('loses nothing when fifty save at once', async () => {
        const all = Array.from({ length: 50 }, (_, i) =>
          entry({
            ...moon,
            origin: `moon-${i}.txt`,
            text: `${moon.text} Picture number ${i} shows crater ${i}.`,
            at: `2026-01-${String(((i * 7) % 28) + 1).padStart(2, '0')}T09:00:00.000Z`,
          }),
        );
        const results = await Promise.all(all.map((one) => store.saveArticle(one)));
        expect(results).toEqual(all.map(() => 'added'));
        expect(await store.stats('')).toMatchObject({ articles: 50, quotes: 50, speakers: 1 });
        expect((await store.findQuotes({ tenant: '', speaker: 'okoro', limit: 1 })).total).toBe(50);
      });

      it('fails one article of many that are saved at once, and saves the others whole and counted once', async () => {
        const note = (n: number) => entry({ origin: `note-${n}.txt`, text: `Note number ${n} on the harbour.` });
        const wrong = entry({
          origin: 'wrong.txt',
          text: 'Pilot Ona Reed spoke. “It holds,” said Reed.',
          speakers: [{ name: 'Ona Reed' }],
          quotes: [{ words: 'It holds,', who: 'Ona Reed' }],
          topics: ['plans'],
        });
        // No engine holds a row without a hash: the last statement but a few of a save fails.
        const failing = { ...wrong, article: { ...wrong.article, hash: null as unknown as string } };
        const saves = [note(1), failing, note(2), note(3), failing, note(4)].map((one) => store.saveArticle(one));
        expect((await Promise.allSettled(saves)).map(({ status }) => status)).toEqual([
          'fulfilled',
          'rejected',
          'fulfilled',
          'fulfilled',
          'rejected',
          'fulfilled',
        ]);
        expect(await store.stats('')).toMatchObject({ articles: 4, quotes: 0, speakers: 0 });
        expect(await store.searchArticles({ tenant: '', text: 'holds', now, limit: 5 })).toEqual([]);
        expect(await store.saveArticle(wrong)).toBe('added');
        expect(await store.stats('')).toMatchObject({ articles: 5, quotes: 1, speakers: 1 });
      });

      it('takes an article that comes several times at once in the order it came', async () => {
        const first = entry({ origin: 'twice.txt', title: 'Quay opens', text: 'The new quay opens on Monday.' });
        const second = entry({ origin: 'twice.txt', title: 'Quay opens', text: 'The new quay opens on Tuesday.' });
        const { id } = first.article;
        const saves = [first, first, second].map((one) => store.saveArticle(one));
        expect(await Promise.all(saves)).toEqual(['added', 'unchanged', 'changed']);
        expect(await store.stats('')).toMatchObject({ articles: 1, stories: 1 });
        expect((await store.article(id))?.text).toBe(second.article.text);
        expect(await store.withdrawArticle(id)).toBe(true);
        expect(await Promise.all([first, second].map((one) => store.saveArticle(one)))).toEqual(['added', 'changed']);
        expect(await store.stats('')).toMatchObject({ articles: 1, stories: 1 });
      });

      it('lets one of fifty add an article that all bring', async () => {
        const results = await Promise.all(Array.from({ length: 50 }, () => store.saveArticle(entry(strikes))));
        expect(results.filter((result) => result === 'added')).toHaveLength(1);
        expect(await store.stats('')).toMatchObject({ articles: 1, quotes: 3 });
      });

      it.each([
        ['emoji, right-to-left and combining marks', 'The “مرحبا 👩‍👩‍👧 é” sign stood. 𝕏 marks it.'],
        ['NUL and lone surrogates', 'A\u0000B \uD800 C \uDC00 cargo “D” said Zoë.'],
        ['nothing but marks', '“””“‘’"\'"'],
        ['one letter', 'x'],
      ])('keeps text of %s at its length', async (_, text) => {
        const one = entry({ origin: 'odd.txt', text });
        await store.saveArticle(one);
        const stored = await store.article(one.article.id);
        expect(stored?.text).toHaveLength(text.length);
        expect(stored?.text).toBe(text.toWellFormed().replaceAll('\u0000', '\uFFFD'));
        expect(
          await store.slices([{ articleId: one.article.id, hash: one.article.hash, span: { start: 0, end: 1 } }]),
        ).toEqual([stored!.text.slice(0, 1)]);
      });

      it('takes hostile names, dates and headlines as they are', async () => {
        const title = `Robert'); DROP TABLE quotes;-- @everyone <!channel> \u0000 \u202E "NEAR(`;
        const one = entry({ ...moon, title, at: '+275760-09-13T00:00:00.000Z', outlet: '\u0000' });
        expect(await store.saveArticle(one)).toBe('added');
        const old = entry({ ...moon, origin: 'old.txt', at: '0001-01-01T00:00:00.000Z' });
        expect(await store.saveArticle(old)).toBe('added');
        const broken = entry({ ...moon, origin: 'broken.txt', at: 'yesterday' });
        expect(await store.saveArticle(broken)).toBe('added');
        expect((await store.article(one.article.id))?.title).toBe(title);
        expect((await store.searchArticles({ tenant: '', text: 'probe moon', now, limit: 9 })).length).toBe(3);
      });

      // Seconds of work for the database: on a machine that is busy with ten other things, a minute.
      it('holds an article of ten megabytes', { timeout: 180_000 }, async () => {
        const text = `A whistle-blower spoke. ${'The quick brown fox jumps over the lazy dog. '.repeat(230_000)}“It ends here,” said Max Endling.`;
        const one = entry({
          origin: 'huge.txt',
          text,
          at: now,
          speakers: [{ name: 'Max Endling' }],
          quotes: [{ words: 'It ends here,', who: 'Max Endling' }],
        });
        expect(await store.saveArticle(one)).toBe('added');
        expect((await store.findQuotes({ tenant: '', speaker: 'endling', limit: 1 })).items[0]?.text).toBe(
          'It ends here,',
        );
        expect(await store.searchArticles({ tenant: '', text: 'whistle', now, limit: 1 })).toHaveLength(1);
        expect(
          await store.slices([
            { articleId: one.article.id, hash: one.article.hash, span: spanOf(text, 'It ends here,') },
          ]),
        ).toEqual(['It ends here,']);
      });
    });

    describe('readers’ questions', () => {
      let store: Store;
      beforeAll(async () => {
        store = await open();
        for (const told of [moon, again, undated, strikes]) await store.saveArticle(entry(told));
      });
      afterAll(() => store.close());

      it('briefs on a topic: the story, why, its sentences, quotes in order of worth, reactions', async () => {
        const { stories, more, topic } = await store.coverage({ tenant: '', now, topic: 'cartels', stories: 3 });
        expect({ topic, more, found: stories.length }).toEqual({ topic: 'cartels', more: 0, found: 1 });
        const [one] = stories;
        expect(one!.story).toMatchObject({
          labelIsOurs: false,
          outlets: ['Coast Wire', 'The Harbour Post'],
          firstAt: '2026-01-09T08:00:00.000Z',
          latestAt: '2026-01-09T10:00:00.000Z',
        });
        expect(one!.story.topics[0]).toBe('drug cartels');
        expect(one!.matched).toBe('cartels');
        expect(one!.key.map((sentence) => sentence.text)).toContain(strikes.key![0]);
        expect(one!.quotes.map((quote) => [quote.speaker?.name, quote.kind])).toEqual([
          ['Ada Quill', 'direct'],
          ['Ada Quill', 'partial'],
          ['Forty Harbour Councillors', 'partial'],
          ['Bruno Vetch', 'indirect'],
          ['Legal experts', 'indirect'],
        ]);
        expect(one!.reactions.map((reaction) => [reaction.speaker.name, reaction.stance])).toEqual([
          ['Bruno Vetch', 'oppose'],
          ['Legal experts', 'concern'],
        ]);
      });

      it.each([
        ['cartles', [{ typed: 'cartles', meant: 'cartels' }]],
        ['carttels', [{ typed: 'carttels', meant: 'cartels' }]],
        ['deppots', [{ typed: 'deppots', meant: 'depots' }]],
        [
          'govrenor qiull',
          [
            { typed: 'govrenor', meant: 'governor' },
            { typed: 'qiull', meant: 'quill' },
          ],
        ],
        ['controlroom probe', [{ typed: 'controlroom', meant: 'control room' }]],
      ])('reads %s as what it was meant to be, and says so', async (topic, respelled) => {
        const { stories, understood } = await store.coverage({ tenant: '', now, topic, stories: 1 });
        // A name is written as it is known ("Quill").
        const folded = understood?.respelled.map(({ typed, meant }) => ({ typed, meant: meant.toLowerCase() }));
        expect({ ...understood, respelled: folded }).toEqual({ respelled, leftOut: [], partial: false, also: [] });
        expect(stories[0]?.story.label).toBe(
          topic.includes('probe') ? moon.title : topic.includes('depp') ? again.title : stories[0]?.story.label,
        );
        expect((await store.findQuotes({ tenant: '', topic, limit: 1 })).understood?.respelled).toEqual(respelled);
        expect((await store.findReactions({ tenant: '', topic, limit: 1 })).understood?.respelled).toEqual(respelled);
        expect(await store.searchArticles({ tenant: '', text: topic, now, limit: 1 })).toHaveLength(1);
      });

      it('takes words as typed where they are found, and good words for themselves', async () => {
        expect(
          (await store.coverage({ tenant: '', now, topic: 'cartel raid', stories: 1 })).understood,
        ).toBeUndefined();
        // "Mood" is a word that this corpus lacks, not a slip for "moon".
        expect((await store.coverage({ tenant: '', now, topic: 'mood', stories: 1 })).stories).toEqual([]);
        // Nothing is about both; one word of two is about something else.
        expect((await store.coverage({ tenant: '', now, topic: 'probe qqzzxx', stories: 1 })).stories).toEqual([]);
        // A slip is one in every period, and nothing new is no slip.
        const since = '2026-01-11T00:00:00.000Z';
        expect((await store.coverage({ tenant: '', now, topic: 'cartels', since, stories: 1 })).stories).toEqual([]);
      });

      it('leaves out what nothing says, and says when no article has all the words', async () => {
        const most = await store.coverage({ tenant: '', now, topic: 'probe moon qqzzxx', stories: 1 });
        expect(most.stories[0]?.story.label).toBe(moon.title);
        expect(most.understood).toEqual({ respelled: [], leftOut: ['qqzzxx'], partial: false, also: [] });
        const some = await store.coverage({ tenant: '', now, topic: 'probe moon crater governor', stories: 1 });
        expect(some.stories[0]?.story.label).toBe(moon.title);
        expect(some.understood).toEqual({ respelled: [], leftOut: [], partial: true, also: [] });
        const question = 'what did the governor say about raids on depots of the harbour gangs on the moon';
        const asked = await store.coverage({ tenant: '', now, topic: question, stories: 1 });
        expect(asked.stories[0]?.story.outlets).toContain('The Harbour Post');
        expect(asked.understood?.partial).toBe(true);
      });

      it('says when a story names what was asked in passing only', async () => {
        const passing = async (topic: string) =>
          (await store.coverage({ tenant: '', now, topic, stories: 1 })).stories[0]?.inPassing;
        expect(await passing('cartels')).toBeUndefined();
        expect(await passing('okoro')).toBeUndefined();
        // Who speaks in a story is no passing mention, and is written as names are.
        const vetch = await store.coverage({ tenant: '', now, topic: 'vetsch', stories: 1 });
        expect(vetch.understood?.respelled).toEqual([{ typed: 'vetsch', meant: 'Vetch' }]);
        expect(vetch.stories[0]).toMatchObject({ matched: 'Bruno Vetch' });
        expect(vetch.stories[0]?.inPassing).toBeUndefined();
        const late = await open();
        const filler = 'Nothing else of note was told about the weather of that day. '.repeat(20);
        await late.saveArticle(entry({ ...moon, text: `${moon.text} ${filler} A fox was seen.` }));
        const fox = await late.coverage({ tenant: '', now, topic: 'fox', stories: 1 });
        await late.close();
        expect(fox.stories[0]?.inPassing).toBe(true);
      });

      it('finds a topic under its other names, with the count that it was learned from', async () => {
        const other = await open();
        const pair = (how: 'letters' | 'kindred', name: string, second: string): FoundAlias => {
          const key = (label: string) => label.toLowerCase().replace(/s$/, '');
          return { how, name: { key: key(name), label: name }, other: { key: key(second), label: second } };
        };
        const save = (n: number, text: string, alias?: FoundAlias) => {
          const told = { origin: `alias-${n}.txt`, title: `Note ${n}`, text, at: `2026-01-0${n}T08:00:00.000Z` };
          const topics = text.includes('Union') ? ['European Union'] : text.includes('EU') ? ['EU'] : [];
          const { analysis, ...rest } = entry({ ...told, topics });
          return other.saveArticle({ ...rest, analysis: { ...analysis, aliases: alias ? [alias] : [] } });
        };
        const groups = pair('kindred', 'cartels', 'drug trafficking groups');
        for (const n of [1, 2, 3]) await save(n, `Cartels and drug trafficking groups met ${n} times.`, groups);
        await save(4, 'The drug trafficking groups were tried by a court.');
        await save(5, 'Fishermen fear cartels on the coast.');
        await save(6, 'The European Union (EU) met. Wine was served.', pair('letters', 'European Union', 'EU'));
        await save(7, 'The EU signed a pact on cod.');
        await save(8, 'The European Union fined a maker of screens.');
        // Said of one pair by a single article, and borne out by none: no alias.
        await save(9, 'Groups met in the rain.', pair('kindred', 'screens', 'pact'));
        const ask = async (topic: string) => {
          const { stories, more, understood } = await other.coverage({ tenant: '', now, topic, stories: 10 });
          const articles = stories.flatMap(({ story }) => story.articles);
          return { n: articles.length + more, also: understood?.also, passing: stories.some((one) => one.inPassing) };
        };
        expect(await ask('cartel')).toEqual({
          n: 5,
          also: [{ name: 'drug trafficking groups', both: 3, of: 5 }],
          passing: false,
        });
        expect(await ask('the EU')).toEqual({
          n: 3,
          also: [{ name: 'European Union', both: 1, of: 2, rarer: 'other' }],
          passing: false,
        });
        // The rarer name counts no more than the one that was typed.
        expect((await other.coverage({ tenant: '', now, topic: 'EU', stories: 1 })).stories[0]?.story.label).toBe(
          'Note 7',
        );
        expect((await ask('E.U.')).n).toBe(3);
        expect((await ask('european unoin')).n).toBe(3);
        expect((await ask('screens')).also).toBeUndefined();
        const topics = await other.topics({ tenant: '', limit: 9 });
        expect(topics.map(({ label, also }) => [label, also])).toEqual([['European Union', ['EU']]]);
        // What no article says any more is no alias any more.
        await other.withdrawArticle(entry({ origin: 'alias-6.txt', text: '' }).article.id);
        expect((await ask('EU')).n).toBe(1);
        await other.close();
      });

      it('lists topics that full text cannot tell apart once, by the name that most articles have', async () => {
        const other = await open();
        const about = (n: number, topic: string) =>
          other.saveArticle(
            entry({ origin: `stem-${n}`, text: `Note ${n} of ${topic} in town.`, topics: [topic], at: now }),
          );
        for (const [n, topic] of ['protesters', 'protests', 'protests', 'illegal immigration'].entries())
          await about(n, topic);
        const labels = async (like?: string) =>
          (await other.topics({ tenant: '', limit: 9, ...(like && { like }) })).map(({ label }) => label);
        expect(await labels()).toEqual(['protests', 'illegal immigration']);
        expect(await labels('prot')).toEqual(['protests']);
        await other.close();
      });

      it('takes no name for another that every article has, because one sentence said so', async () => {
        const other = await open();
        const alias: FoundAlias = {
          how: 'called',
          name: { key: 'mayor reed', label: 'Mayor Reed' },
          other: { key: 'quarry', label: 'Quarry' },
        };
        for (let n = 0; n < 24; n++) {
          const text = `Mayor Reed spoke of plan ${n}. ${n < 2 ? 'The Quarry was sold.' : 'Rain fell.'}`;
          const { analysis, ...rest } = entry({ origin: `reed-${n}`, title: `Plan ${n}`, text, at: now });
          await other.saveArticle({ ...rest, analysis: { ...analysis, aliases: n === 0 ? [alias] : [] } });
        }
        const { understood } = await other.coverage({ tenant: '', now, topic: 'mayor reed', stories: 3 });
        await other.close();
        expect(understood).toBeUndefined();
      });

      it('names the speaker who was typed, of several the one of the story, and no body by a word of its name', async () => {
        const other = await open();
        const said = (n: number, who: string, kind: 'person' | 'organization', role?: string) =>
          entry({
            origin: `harvest-${n}`,
            title: `Story ${n} of the harvest`,
            text: `The harvest is late in valley ${n}. “We shall bring it in before the frost ${n},” ${who} said.`,
            at: `2026-01-0${n}T08:00:00.000Z`,
            speakers: [{ name: who, kind, ...(role && { role }) }],
            quotes: [{ words: `We shall bring it in before the frost ${n},`, who }],
          });
        await other.saveArticle(said(1, 'Clerks for a Fair Harvest', 'organization'));
        await other.saveArticle(said(2, 'Ola Brandt', 'person'));
        await other.saveArticle(said(3, 'Ida Brandt', 'person', 'harvest minister'));
        const matched = async (topic: string) => {
          const { stories } = await other.coverage({ tenant: '', now, topic, stories: 5 });
          return stories.map((one) => [one.story.label, one.matched]).sort();
        };
        expect((await matched('harvest')).map(([, name]) => name)).toEqual(['harvest', 'harvest', 'harvest']);
        expect(await matched('brandt')).toEqual([
          ['Story 2 of the harvest', 'Ola Brandt'],
          ['Story 3 of the harvest', 'Ida Brandt'],
        ]);
        expect(await matched('clerks for a fair harvest')).toEqual([
          ['Story 1 of the harvest', 'Clerks for a Fair Harvest'],
        ]);
        await other.close();
      });

      it('finds a country by what else it is called, and what is its own', async () => {
        const other = await open();
        const texts = [
          'Voters in the United Kingdom chose a new House. The election ended a long rule of the farmers.',
          'Rain and floods kept many at home as the British election was held, and boats carried ballots over the river.',
          'Britain sells wool to weavers abroad. Sheep graze on all hills, a shepherd counted.',
          'An election was held in France. Bakers won seats and promised bread for every school.',
        ];
        for (const [n, text] of texts.entries())
          await other.saveArticle(entry({ origin: `poll-${n}`, title: `Poll ${n}`, text, at: now }));
        const found = async (topic: string) => {
          const { stories, understood } = await other.coverage({ tenant: '', topic, now, stories: 9 });
          expect(understood).toBeUndefined();
          expect(stories.every(({ inPassing }) => !inPassing)).toBe(true);
          return stories.flatMap(({ story }) => story.articles.map(({ title }) => title)).sort();
        };
        expect(await found('UK election')).toEqual(['Poll 0', 'Poll 1']);
        expect(await found('election in Great Britain')).toEqual(['Poll 0', 'Poll 1']);
        expect(await found('britain')).toEqual(['Poll 0', 'Poll 1', 'Poll 2']);
        expect(await found('french election')).toEqual(['Poll 3']);
        await other.close();
      });

      it('takes "9/11" for one thing, not for a nine and an eleven', async () => {
        const other = await open();
        const texts = [
          'The 9/11 attacks are remembered.',
          'On day 11 some 9 attacks came.',
          'Cases of covid-19 rise; the 9/11 fund pays.',
        ];
        for (const [n, text] of texts.entries())
          await other.saveArticle(entry({ origin: `day-${n}`, title: `Note ${n}`, text, at: now }));
        const found = async (text: string) =>
          (await other.searchArticles({ tenant: '', text, now, limit: 9 })).map(({ article }) => article.title).sort();
        expect(await found('9/11')).toEqual(['Note 0', 'Note 2']);
        expect((await found('9/11 attacks'))[0]).toBe('Note 0');
        expect(await found('Covid-19')).toEqual(['Note 2']);
        await other.close();
      });

      it('finds initials however they are printed', async () => {
        const other = await open();
        await other.saveArticle(
          entry({ origin: 'fbi.txt', title: 'A raid by the F.B.I.', text: 'The F.B.I. came.', at: now }),
        );
        for (const text of ['fbi', 'F.B.I.', 'f.b.i', 'FBI raid'])
          expect(await other.searchArticles({ tenant: '', text, now, limit: 2 })).toHaveLength(1);
        await other.close();
      });

      it('does not take an undated article for the newest', async () => {
        const mixed = await open();
        const text = 'The lighthouse burns its lamp again. Keepers lit it at dusk.';
        const told = (origin: string, at?: string): Told => ({
          origin,
          title: `Lamp ${origin}`,
          text,
          ...(at && { at }),
        });
        await mixed.saveArticle(entry(told('new', '2026-01-12T08:00:00.000Z')));
        await mixed.saveArticle(entry({ ...told('undated'), text: `${text} Ships saw it.` }));
        await mixed.saveArticle(entry({ ...told('old', '2019-01-12T08:00:00.000Z'), text: `${text} Boats saw it.` }));
        const hits = await mixed.searchArticles({ tenant: '', text: 'lighthouse lamp', now, limit: 3 });
        await mixed.close();
        expect(hits.map(({ article }) => article.title)).toEqual(['Lamp new', 'Lamp undated', 'Lamp old']);
      });

      it('does not take an undated article for newer than an archive', async () => {
        const archive = await open();
        const about = 'The lighthouse burns its lamp again. Keepers of the lighthouse lit the lamp at dusk.';
        const passing = 'A ferry left for the islands. Guests on board saw the lighthouse and its lamp at dusk.';
        await archive.saveArticle(
          entry({ origin: 'old', title: 'Lighthouse lamp burns', text: about, at: '2019-01-12T08:00:00.000Z' }),
        );
        await archive.saveArticle(entry({ origin: 'undated', title: 'A ferry leaves', text: passing }));
        const hits = await archive.searchArticles({ tenant: '', text: 'lighthouse lamp', now, limit: 3 });
        await archive.close();
        expect(hits.map(({ article }) => article.title)).toEqual(['Lighthouse lamp burns', 'A ferry leaves']);
      });

      it('briefs on what is about the topic before newer articles that only name it', async () => {
        const mixed = await open();
        const others = ['bakers', 'ferries', 'orchards', 'schools', 'bridges'];
        for (const [n, other] of others.entries())
          await mixed.saveArticle(
            entry({
              origin: `passing-${n}`,
              title: `News of ${other}`,
              text: `${`The ${other} of the town had a year of ${other} to speak of. `.repeat(9)}Tariffs came up once.`,
              at: '2026-01-12T08:00:00.000Z',
            }),
          );
        await mixed.saveArticle(
          entry({
            origin: 'about',
            title: 'Tariffs on steel rise',
            text: 'Tariffs on steel rise in spring, the ministry said. The tariffs hit imports. Makers said tariffs hurt.',
            at: '2025-12-02T08:00:00.000Z',
          }),
        );
        const { stories } = await mixed.coverage({ tenant: '', topic: 'tariffs', now, stories: 2 });
        await mixed.close();
        expect(stories[0]?.story.label).toBe('Tariffs on steel rise');
      });

      it('shows two wordings of one utterance once, the other as its carrier with its own proof', async () => {
        const { stories } = await store.coverage({ tenant: '', now, topic: 'drug cartels', stories: 1 });
        const direct = stories[0]!.quotes.find((quote) => quote.kind === 'direct')!;
        expect(stories[0]!.matched).toBe('drug cartels');
        expect(direct.carriers).toHaveLength(1);
        const other = await store.quote(direct.carriers[0]!.receipt, '');
        expect(other?.text).not.toBe(direct.text);
        for (const quote of [direct, other!]) await expectProven(store, quote);
      });

      it('counts what it shows: an utterance with its carriers is one quote', async () => {
        const whole = await store.findQuotes({ tenant: '', topic: 'drug cartels', want: 'verbatim', limit: 50 });
        expect(whole.items.some((quote) => quote.carriers.length > 0)).toBe(true);
        expect(whole.total).toBe(whole.items.length);
      });

      it('gives only words that stand in the stored text, each with its proof', async () => {
        const { items } = await store.findQuotes({ tenant: '', limit: 50 });
        expect(items.length).toBeGreaterThan(5);
        for (const quote of items) await expectProven(store, quote);
      });

      it.each(['Ada Quill', 'quill', 'QUILL', 'governor', 'governor quill', 'quíll', "Quill's"])(
        'finds a speaker typed as %s',
        async (speaker) => {
          const { items, total } = await store.findQuotes({ tenant: '', speaker, want: 'verbatim', limit: 9 });
          // Three rows, two of them wordings of one utterance.
          expect(total).toBe(2);
          expect(new Set(items.map((quote) => quote.speaker?.name))).toEqual(new Set(['Ada Quill']));
        },
      );

      it.each([
        ['councillors', 'Forty Harbour Councillors', 'ruinous'],
        ['councillor', 'Forty Harbour Councillors', 'ruinous'],
        ['experts', 'Legal experts', undefined],
      ])('finds a group by a word of it: %s', async (speaker, name, verbatim) => {
        const { items } = await store.findQuotes({ tenant: '', speaker, limit: 9 });
        expect(items.map((quote) => quote.speaker?.name)).toEqual([name]);
        expect(items[0]?.verbatim[0]).toBe(verbatim);
      });

      it('tells words from paraphrases', async () => {
        const ask = (want: 'verbatim' | 'paraphrase' | 'all') =>
          store.findQuotes({ tenant: '', speaker: 'vetch', want, limit: 9 });
        expect((await ask('verbatim')).total).toBe(0);
        expect((await ask('paraphrase')).items.map((quote) => quote.verbatim)).toEqual([[]]);
        expect((await ask('all')).total).toBe(1);
      });

      it('finds what a speaker said on a topic that the article, not the sentence, names', async () => {
        const ask = (topic: string) => store.findQuotes({ tenant: '', speaker: 'councillors', topic, limit: 9 });
        expect((await ask('cartels')).items.map((quote) => quote.verbatim)).toEqual([['ruinous']]);
        expect((await ask('raids')).total).toBe(1);
        expect((await ask('moon')).total).toBe(0);
      });

      it('pages through quotes without losing or repeating one', async () => {
        const whole = await store.findQuotes({ tenant: '', speaker: 'quill', limit: 9 });
        const { items } = await store.findQuotes({ tenant: '', speaker: 'quill', limit: 1, offset: 1 });
        expect(items[0]?.receipt.id).toBe(
          whole.items.length === whole.total ? whole.items[1]?.receipt.id : items[0]?.receipt.id,
        );
        const past = await store.findQuotes({ tenant: '', speaker: 'quill', limit: 5, offset: 50 });
        expect(past).toEqual({ items: [], total: 3 });
      });

      it('limits quotes to articles and to a speaker by number', async () => {
        const { id } = entry(moon).article;
        const { items } = await store.findQuotes({ tenant: '', articleIds: [id], limit: 9 });
        expect(items.map((quote) => quote.speaker?.name)).toEqual(['Ines Okoro']);
        const byId = await store.findQuotes({ tenant: '', speakerId: items[0]!.speaker!.id, limit: 9 });
        expect(byId.items).toEqual(items);
        expect((await store.findQuotes({ tenant: '', speakerId: -1, limit: 9 })).total).toBe(0);
      });

      it('answers reactions by topic, speaker and stance', async () => {
        const names = async (query: object) =>
          (await store.findReactions({ tenant: '', limit: 9, ...query })).items.map(
            (reaction) => reaction.speaker.name,
          );
        expect(await names({ topic: 'cartels' })).toEqual(['Legal experts', 'Bruno Vetch']);
        expect(await names({ stance: 'oppose' })).toEqual(['Bruno Vetch']);
        expect(await names({ speaker: 'mayor' })).toEqual(['Bruno Vetch']);
        expect(await names({ topic: 'moon' })).toEqual([]);
        const [reaction] = (await store.findReactions({ tenant: '', stance: 'oppose', limit: 1 })).items;
        const ref = { articleId: reaction!.article.id, hash: reaction!.article.hash, span: reaction!.clauseSpan };
        expect(await store.slices([ref])).toEqual([reaction!.clause]);
      });

      it('briefs on the day: strongest story first, undated articles by when they were read', async () => {
        const { stories } = await store.coverage({ tenant: '', now, stories: 5 });
        const day = await store.coverage({ tenant: '', now, since: '2026-01-09T00:00:00.000Z', stories: 5 });
        expect(stories).toHaveLength(3);
        expect(day.stories).toHaveLength(2);
        const bakery = stories.find((one) => one.story.labelIsOurs);
        expect(bakery?.story).toMatchObject({ latestAt: '2026-01-11T07:00:00.000Z' });
        expect(bakery?.story.articles[0]?.date).toEqual({ state: 'none' });
      });

      it('leaves out stories that were shown, finds one by its number, and counts the rest', async () => {
        const all = await store.coverage({ tenant: '', now, stories: 1 });
        expect(all.more).toBe(2);
        const { id } = all.stories[0]!.story;
        const rest = await store.coverage({ tenant: '', now, stories: 5, except: [id] });
        expect(rest.stories.map((one) => one.story.id)).not.toContain(id);
        const one = await store.coverage({ tenant: '', now, stories: 1, storyId: id });
        expect(one.stories[0]?.story.id).toBe(id);
        expect((await store.coverage({ tenant: '', now, stories: 1, storyId: 999_999 })).stories).toEqual([]);
      });

      it('finds a story by one who speaks in it, and says so', async () => {
        const { stories } = await store.coverage({ tenant: '', now, topic: 'okoro', stories: 2 });
        expect(stories.map((one) => [one.story.label, one.matched])).toEqual([[moon.title, 'Ines Okoro']]);
      });

      it('lists topics and speakers, most first, and completes any word of a name', async () => {
        expect((await store.topics({ tenant: '', limit: 1 }))[0]).toMatchObject({
          label: 'drug cartels',
          articles: 2,
          latestAt: again.at,
        });
        expect((await store.topics({ tenant: '', like: 'CART', limit: 5 })).map((topic) => topic.label)).toEqual([
          'drug cartels',
        ]);
        expect((await store.topics({ tenant: '', like: 'c', limit: 5 })).map((topic) => topic.label)).toEqual([
          'drug cartels',
        ]);
        expect(
          (await store.topics({ tenant: '', since: '2026-01-10T00:00:00.000Z', limit: 5 })).map((topic) => topic.label),
        ).toEqual(['bakery']);
        const names = async (like: string) =>
          (await store.speakers({ tenant: '', like, limit: 9 })).map((speaker) => speaker.name);
        expect((await store.speakers({ tenant: '', limit: 1 }))[0]).toMatchObject({
          name: 'Ada Quill',
          quotes: 3,
          paraphrases: 0,
          role: 'Governor',
        });
        expect(await names('q')).toEqual(['Ada Quill']);
        expect(await names('qui')).toEqual(['Ada Quill']);
        expect(await names('quil')).toEqual(['Ada Quill']);
        expect(await names('ada qu')).toEqual(['Ada Quill']);
        expect(await names('gov')).toEqual(['Ada Quill']);
        expect(await names('ada vetch')).toEqual([]);
        expect(
          (await store.speakers({ tenant: '', kinds: ['group'], limit: 9 })).map((speaker) => speaker.name),
        ).toEqual(['Forty Harbour Councillors']);
      });

      it.each([
        ['quil', 'Ada Quill'],
        ['qiull', 'Ada Quill'],
        ['uqill', 'Ada Quill'],
        ['okro', 'Ines Okoro'],
        ['vetsch', 'Bruno Vetch'],
        ['bruno fetch', 'Bruno Vetch'],
      ])('suggests for a mistyped name: %s', async (typed, name) => {
        expect((await store.nearestSpeakers('', typed, 3))[0]?.name).toBe(name);
      });

      it('suggests for a mistyped topic and nothing for nonsense', async () => {
        expect((await store.nearestTopics('', 'cartles', 3))[0]?.label).toBe('drug cartels');
        expect(await store.nearestTopics('', 'zzzzqqq', 3)).toEqual([]);
        expect(await store.nearestSpeakers('', 'xxyyzz', 3)).toEqual([]);
      });

      it('searches stems and accents, best first, and forgives a word too many', async () => {
        const find = async (text: string) =>
          (await store.searchArticles({ tenant: '', text, now, limit: 5 })).map((hit) => hit.article.title);
        expect((await find('landing probes'))[0]).toBe(moon.title);
        expect(await find('PRÓBE')).toEqual([moon.title]);
        expect((await find('probe moon crater submarine'))[0]).toBe(moon.title);
        expect(await find('submarine')).toEqual([]);
        expect(await find('the of and')).toEqual(expect.any(Array));
      });

      it.each(hostile)('treats it as words, never as a query language: %j', async (typed) => {
        const answers = await Promise.all([
          store.coverage({ tenant: '', now, topic: typed, stories: 2 }),
          store.searchArticles({ tenant: '', text: typed, now, limit: 3 }),
          store.findQuotes({ tenant: '', speaker: typed, limit: 3 }),
          store.findQuotes({ tenant: '', topic: typed, limit: 3 }),
          store.findQuotes({ tenant: '', speaker: 'quill', topic: typed, limit: 3 }),
          store.findReactions({ tenant: '', topic: typed, speaker: typed, limit: 3 }),
          store.topics({ tenant: '', like: typed, limit: 3 }),
          store.speakers({ tenant: '', like: typed, limit: 3 }),
          store.nearestTopics('', typed, 3),
          store.nearestSpeakers('', typed, 3),
          store.quote(typed, ''),
          store.quote(typed, typed),
          store.article(typed, typed),
          store.articleState(typed),
          store.stats(typed),
          store.coverage({ tenant: typed || 'x', now, topic: 'cartels', stories: 2 }),
        ]);
        expect(answers).toHaveLength(16);
        expect((answers[15] as unknown as { stories: unknown[] }).stories).toHaveLength(1);
      });

      it('says undefined for a span that is not there', async () => {
        const { id, hash } = entry(moon).article;
        expect(
          await store.slices([
            { articleId: id, hash, span: { start: 0, end: 7 } },
            { articleId: id, hash, span: { start: 5, end: 1_000_000 } },
            { articleId: id, hash, span: { start: -3, end: 2 } },
            { articleId: id, hash: 'none', span: { start: 0, end: 1 } },
            { articleId: 'none', hash, span: { start: 0, end: 1 } },
          ]),
        ).toEqual(['A probe', undefined, undefined, undefined, undefined]);
      });
    });

    describe('tenants', () => {
      let store: Store;
      beforeAll(async () => {
        store = await open();
        await store.saveArticle(entry(moon));
        await store.saveArticle(entry({ ...strikes, tenant: 'discord:1' }));
        await store.saveArticle(entry({ ...again, tenant: 'slack:T1' }));
      });
      afterAll(() => store.close());

      it('shows a reader the operator’s articles and its own, never another’s', async () => {
        const seen = async (tenant: string) => {
          const day = await store.coverage({ tenant, now, stories: 9 });
          const topic = await store.coverage({ tenant, now, topic: 'depots', stories: 9 });
          return {
            labels: day.stories.flatMap((one) => one.story.articles.map((article) => article.title)).sort(),
            onTopic: topic.stories.flatMap((one) => one.story.articles.map((article) => article.title)),
            hits: (await store.searchArticles({ tenant, text: 'depots', now, limit: 9 })).length,
            quotes: (await store.findQuotes({ tenant, limit: 50 })).total,
            quill: (await store.findQuotes({ tenant, speaker: 'quill', limit: 50 })).total,
            reactions: (await store.findReactions({ tenant, limit: 50 })).total,
            topics: (await store.topics({ tenant, limit: 50 })).map((topic) => topic.label).sort(),
            since: (await store.topics({ tenant, since: '2026-01-08T00:00:00.000Z', limit: 50 })).length,
            speakers: (await store.speakers({ tenant, limit: 50 })).length,
            near:
              (await store.nearestSpeakers(tenant, 'quil', 3)).length +
              (await store.nearestTopics(tenant, 'cartles', 3)).length,
            articles: (await store.stats(tenant)).articles,
          };
        };
        expect(await seen('')).toEqual({
          labels: [moon.title],
          onTopic: [],
          hits: 0,
          quotes: 1,
          quill: 0,
          reactions: 0,
          topics: ['moon', 'space probes'],
          since: 0,
          speakers: 1,
          near: 0,
          articles: 1,
        });
        expect(await seen('discord:1')).toMatchObject({
          labels: [strikes.title, moon.title].sort(),
          onTopic: [strikes.title],
          hits: 1,
          quotes: 6,
          quill: 2,
          reactions: 2,
          since: 2,
          near: 2,
          articles: 2,
        });
        expect(await seen('slack:T1')).toMatchObject({
          labels: [again.title, moon.title].sort(),
          onTopic: [again.title],
          hits: 1,
          quotes: 2,
          quill: 1,
          reactions: 0,
          since: 1,
          near: 2,
          articles: 2,
        });
        expect(await seen('discord:2')).toEqual(await seen(''));
        const owners = ['', 'discord:1', 'slack:T1', 'discord:2'].map((tenant) => store.ownsArticles(tenant));
        expect(await Promise.all(owners)).toEqual([false, true, true, false]);
      });

      it('keeps another’s receipts, speakers and stories out of reach', async () => {
        const [quote] = (await store.findQuotes({ tenant: 'discord:1', speaker: 'quill', limit: 1 })).items;
        expect(await store.quote(quote!.receipt.id, 'discord:1')).toBeDefined();
        expect(await store.quote(quote!.receipt.id, 'slack:T1')).toBeUndefined();
        expect(await store.quote(quote!.receipt.id, '')).toBeUndefined();
        expect((await store.findQuotes({ tenant: 'slack:T1', speakerId: quote!.speaker!.id, limit: 5 })).total).toBe(0);
        expect((await store.findQuotes({ tenant: 'slack:T1', articleIds: [quote!.article.id], limit: 5 })).total).toBe(
          0,
        );
        const { stories } = await store.coverage({ tenant: 'discord:1', now, topic: 'depots', stories: 1 });
        expect((await store.coverage({ tenant: '', now, storyId: stories[0]!.story.id, stories: 1 })).stories).toEqual(
          [],
        );
      });

      it('exports and removes one tenant and leaves the others whole', async () => {
        const other = await open();
        try {
          await other.saveArticle(entry(moon));
          await other.saveArticle(entry({ ...strikes, tenant: 'discord:1' }));
          await other.saveArticle(entry({ ...again, tenant: 'slack:T1' }));
          const kept = await other.addBriefing(newBriefing({ tenant: 'slack:T1', platform: 'slack', channel: 'C1' }));
          const gone = await other.addBriefing(newBriefing());
          await other.addSource({
            tenant: 'discord:1',
            kind: 'feed',
            address: 'https://a.example/feed',
            addedBy: 'u1',
            addedAt: now,
          });
          await other.putInstallation('discord:1', 'sealed');
          await other.noteProblem({ tenant: 'discord:1', origin: 'x', reason: 'empty', at: now });
          await other.addReport({ tenant: 'discord:1', about: 'qaaaaaaaaaa', wrong: 'speaker', at: now });
          await other.addReport({ tenant: 'slack:T1', about: 'qaaaaaaaaaa', wrong: 'speaker', at: now });
          const exported = await other.exportTenant('discord:1');
          expect(JSON.parse(JSON.stringify(exported))).toMatchObject({
            tenant: 'discord:1',
            briefings: [{ id: gone.id }],
            sources: [{ address: 'https://a.example/feed' }],
            articles: [{ title: strikes.title }],
            reports: [{ about: 'qaaaaaaaaaa', wrong: 'speaker' }],
          });
          expect(JSON.stringify(exported)).not.toContain('sealed');
          await other.removeTenant('discord:1');
          expect(await other.briefings({ tenant: 'discord:1' })).toEqual([]);
          expect(await other.sources('discord:1')).toEqual([]);
          expect(await other.installation('discord:1')).toBeUndefined();
          expect(await other.problems('discord:1', 5)).toEqual([]);
          expect((await other.reports({ limit: 5 })).map(({ tenant }) => tenant)).toEqual(['slack:T1']);
          expect(await other.article(entry({ ...strikes, tenant: 'discord:1' }).article.id)).toBeUndefined();
          expect(await other.stats('discord:1')).toEqual(await other.stats(''));
          expect(await other.ownsArticles('discord:1')).toBe(false);
          expect(await other.briefing(kept.id)).toEqual(kept);
          expect((await other.stats('slack:T1')).articles).toBe(2);
          await expect(other.removeTenant('')).rejects.toMatchObject({ name: 'StoreError', kind: 'invalid' });
        } finally {
          await other.close();
        }
      });
    });

    describe('an archive that arrives in any order', () => {
      it('ranks by the articles’ own days, not by when they came', async () => {
        const store = await open();
        const days = Array.from({ length: 30 }, (_, i) => `2026-01-${String(i + 1).padStart(2, '0')}T00:00:00.000Z`);
        const shuffled = days.map((day, i) => ({ day, key: (i * 17) % 30 })).sort((a, b) => a.key - b.key);
        for (const { day } of shuffled)
          await store.saveArticle(
            entry({
              origin: `${day}.txt`,
              title: `Quokka report ${day.slice(0, 10)}`,
              at: day,
              text: `A quokka was seen again on ${day.slice(0, 10)} near pier ${day.slice(8, 10)}.`,
              speakers: [{ name: 'Pia Warden' }],
              quotes: [{ words: 'A quokka was seen again', kind: 'indirect', who: 'Pia Warden' }],
            }),
          );
        const at = '2026-02-01T00:00:00.000Z';
        const hits = await store.searchArticles({ tenant: '', text: 'quokka', now: at, limit: 3 });
        expect(hits.map((hit) => hit.article.title)).toEqual([
          'Quokka report 2026-01-30',
          'Quokka report 2026-01-29',
          'Quokka report 2026-01-28',
        ]);
        const { items, total } = await store.findQuotes({ tenant: '', speaker: 'warden', limit: 2, since: days[20]! });
        expect(total).toBe(10);
        expect(items[0]?.article.title).toBe('Quokka report 2026-01-30');
        expect((await store.stats('')).latestAt).toBe(days[29]);
        await store.close();
      });
    });

    describe('briefings', () => {
      let store: Store;
      beforeEach(async () => {
        store = await open();
        return () => store.close();
      });

      it('keeps, changes, lists and removes them', async () => {
        const briefing = await store.addBriefing(
          newBriefing({ topic: 'cartels', channelName: '#briefs', quiet: '22:00-07:00' }),
        );
        expect(briefing).toEqual({
          ...newBriefing({ topic: 'cartels', channelName: '#briefs', quiet: '22:00-07:00' }),
          id: briefing.id,
        });
        expect(await store.briefing(briefing.id)).toEqual(briefing);
        const other = await store.addBriefing(newBriefing({ platform: 'slack', tenant: 'slack:T1', channel: 'C9' }));
        expect(await store.briefings({ platform: 'slack' })).toEqual([other]);
        expect(await store.briefings({ tenant: 'discord:1', channel: '42', state: 'active' })).toEqual([briefing]);
        expect(await store.briefings({})).toHaveLength(2);
        const changed = await store.changeBriefing(briefing.id, {
          state: 'failed',
          reason: 'channel gone',
          times: 'weekdays 07:30',
        });
        expect(changed).toEqual({ ...briefing, state: 'failed', reason: 'channel gone', times: 'weekdays 07:30' });
        expect(await store.briefing(briefing.id)).toEqual(changed);
        expect(await store.changeBriefing(999, { state: 'paused' })).toBeUndefined();
        expect(await store.removeBriefing(briefing.id)).toBe(true);
        expect(await store.removeBriefing(briefing.id)).toBe(false);
        expect(await store.briefing(briefing.id)).toBeUndefined();
        expect((await store.addBriefing(newBriefing())).id).toBeGreaterThan(other.id);
      });

      it('offers those that are due: at once first, then oldest', async () => {
        const ids: number[] = [];
        for (const nextAt of [
          '2026-01-12T09:00:00.000Z',
          undefined,
          '2026-01-12T07:00:00.000Z',
          '2026-01-12T13:00:00.000Z',
        ])
          ids.push((await store.addBriefing(newBriefing(nextAt === undefined ? {} : { nextAt }))).id);
        const elsewhere = await store.addBriefing(newBriefing({ nextAt: now, tenant: 'discord:elsewhere' }));
        await store.addBriefing(newBriefing({ state: 'paused' }));
        await store.addBriefing(newBriefing({ platform: 'slack' }));
        const due = await store.dueBriefings({ platform: 'discord', now, limit: 9 });
        expect(due.map((briefing) => briefing.id)).toEqual([ids[1], ids[2], ids[0], elsewhere.id]);
        expect(due[1]?.nextAt).toBe('2026-01-12T07:00:00.000Z');
        expect(await store.dueBriefings({ platform: 'discord', now, limit: 1 })).toHaveLength(1);
        const except = [due[0]!.tenant, 'discord:none'];
        expect(await store.dueBriefings({ platform: 'discord', now, limit: 9, except })).toEqual([elsewhere]);
        await store.changeBriefing(ids[2]!, { nextAt: '2026-01-13T07:00:00.000Z' });
        expect((await store.briefing(ids[2]!))?.nextAt).toBe('2026-01-13T07:00:00.000Z');
        await store.changeBriefing(ids[2]!, { topic: 'x' });
        expect((await store.briefing(ids[2]!))?.nextAt).toBeUndefined();
      });

      it('keeps a pause that is said while others change the same briefing', async () => {
        for (let round = 0; round < 5; round++) {
          const { id } = await store.addBriefing(newBriefing());
          const look = () => store.changeBriefing(id, { nextAt: '2026-01-13T07:00:00.000Z' });
          const pause = () => store.changeBriefing(id, { state: 'paused' });
          await Promise.all([look(), look(), look(), look(), pause(), look(), look(), look(), look()]);
          expect((await store.briefing(id))?.state).toBe('paused');
        }
      });
    });

    describe('the ledger of deliveries', () => {
      let store: Store;
      beforeEach(async () => {
        store = await open();
        return () => store.close();
      });
      const claim = (by: string, at = now, leaseMs = 60_000) => ({
        key: 'b7@2026-01-12T08:00',
        briefingId: 7,
        dueAt: slot,
        by,
        now: at,
        leaseMs,
      });

      it('lets one of fifty callers claim a slot', async () => {
        const claims = await Promise.all(
          Array.from({ length: 50 }, (_, i) => store.claimDelivery(claim(`process ${i % 4}`))),
        );
        expect(claims.filter((one) => one === 'fresh')).toHaveLength(1);
        expect(claims.filter((one) => one === 'busy')).toHaveLength(49);
      });

      it('lets one of fifty take over from a holder that fell silent, and none from one that renews', async () => {
        await store.claimDelivery(claim('a'));
        const later = '2026-01-12T12:00:59.999Z';
        const over = '2026-01-12T12:01:00.000Z';
        expect(await store.claimDelivery(claim('b', later))).toBe('busy');
        expect(await store.renewClaim('b7@2026-01-12T08:00', 'a', later)).toBe(true);
        expect(await store.claimDelivery(claim('b', over))).toBe('busy');
        const muchLater = '2026-01-12T12:05:00.000Z';
        const claims = await Promise.all(
          Array.from({ length: 50 }, (_, i) => store.claimDelivery(claim(`p${i}`, muchLater))),
        );
        expect(claims.filter((one) => one === 'takeover')).toHaveLength(1);
        expect(claims.filter((one) => one === 'busy')).toHaveLength(49);
        expect(await store.renewClaim('b7@2026-01-12T08:00', 'a', muchLater)).toBe(false);
        expect((await store.openDeliveries(5))[0]).toMatchObject({ attempts: 2, state: 'claimed' });
      });

      it('counts the processes that post on a platform, by the claims they hold', async () => {
        const [one, other] = [
          await store.addBriefing(newBriefing({ platform: 'discord' })),
          await store.addBriefing(newBriefing({ platform: 'slack' })),
        ];
        const held = (by: string, key: string, { id }: Briefing, at = now) =>
          store.claimDelivery({ ...claim(by, at), key, briefingId: id });
        await held('a', 'k1', one);
        await held('a', 'k2', one);
        await held('b', 'k3', one);
        await held('c', 'k4', other);
        const minuteBefore = '2026-01-12T11:59:00.000Z';
        expect(await store.postingProcesses('discord', minuteBefore)).toBe(2);
        expect(await store.postingProcesses('slack', minuteBefore)).toBe(1);
        await store.settleDelivery({ key: 'k3', state: 'delivered', outcome: '', now, storiesShown: [] });
        expect(await store.postingProcesses('discord', minuteBefore)).toBe(1);
        // One that died long ago still has its claim, and posts no more.
        const later = '2026-01-12T12:30:00.000Z';
        expect(await store.postingProcesses('discord', later)).toBe(0);
        await store.renewClaim('k2', 'a', later);
        expect(await store.postingProcesses('discord', later)).toBe(1);
      });

      it('notes pages before and after they are sent', async () => {
        const key = 'b7@2026-01-12T08:00';
        await store.claimDelivery(claim('a'));
        expect(await store.pages(key)).toEqual([]);
        const start = (n: number) => store.startPage({ key, n, by: 'a', now });
        expect(await start(1)).toBe(true);
        expect(await start(1)).toBe(true);
        expect(await store.pages(key)).toEqual([{ key: `${key}#1`, n: 1, state: 'sending' }]);
        await store.postedPage(key, 1, 'm1');
        await start(1);
        await store.unsentPage(key, 1, 'a');
        await start(2);
        await store.unsentPage(key, 2, 'a');
        expect(await store.pages(key)).toEqual([{ key: `${key}#1`, n: 1, state: 'posted', messageId: 'm1' }]);
      });

      it('lets only the holder of a claim start a page or take one back, and renews it', async () => {
        const key = 'b7@2026-01-12T08:00';
        const later = '2026-01-12T12:00:59.000Z';
        const over = '2026-01-12T12:01:30.000Z';
        const muchLater = '2026-01-12T12:05:00.000Z';
        expect(await store.startPage({ key, n: 1, by: 'a', now })).toBe(false);
        await store.claimDelivery(claim('a'));
        expect(await store.startPage({ key, n: 1, by: 'a', now: later })).toBe(true);
        expect(await store.claimDelivery(claim('b', over))).toBe('busy');
        expect(await store.claimDelivery(claim('b', muchLater))).toBe('takeover');
        expect(await store.startPage({ key, n: 2, by: 'a', now: muchLater })).toBe(false);
        await store.unsentPage(key, 1, 'a');
        expect(await store.pages(key)).toEqual([{ key: `${key}#1`, n: 1, state: 'sending' }]);
        await store.settleDelivery({ key, state: 'delivered', outcome: '', now: muchLater, storiesShown: [] });
        expect(await store.startPage({ key, n: 2, by: 'b', now: muchLater })).toBe(false);
      });

      it('notes the last page with the settlement', async () => {
        const key = 'b7@2026-01-12T08:00';
        await store.claimDelivery(claim('a'));
        await store.startPage({ key, n: 1, by: 'a', now });
        const end = { key, state: 'delivered', outcome: '', now, storiesShown: [] } as const;
        await store.settleDelivery({ ...end, lastPage: { n: 1, messageId: 'm1' } });
        expect(await store.pages(key)).toEqual([{ key: `${key}#1`, n: 1, state: 'posted', messageId: 'm1' }]);
        expect(await store.openDeliveries(5)).toEqual([]);
      });

      it('settles once, with the briefing and what was shown, and never back in time', async () => {
        const briefing = await store.addBriefing(newBriefing({ nextAt: slot }));
        const key = `b${briefing.id}@2026-01-12T08:00`;
        await store.claimDelivery({ ...claim('a'), key, briefingId: briefing.id });
        await store.settleDelivery({
          key,
          state: 'delivered',
          outcome: '1 page',
          now,
          storiesShown: [3, 5, 3],
          nextAt: '2026-01-13T08:00:00.000Z',
        });
        await store.settleDelivery({ key, state: 'failed', outcome: 'late', now, storiesShown: [9] });
        expect(await store.claimDelivery({ ...claim('b'), key, briefingId: briefing.id })).toBe('settled');
        expect(await store.briefing(briefing.id)).toMatchObject({
          settledTo: slot,
          nextAt: '2026-01-13T08:00:00.000Z',
        });
        expect(await store.shown('discord', '42')).toEqual(
          new Map([
            [3, now],
            [5, now],
          ]),
        );
        expect([...(await store.shown('discord', '42', now)).keys()].sort()).toEqual([3, 5]);
        // None is so new: the last one tells that the channel has seen something.
        expect((await store.shown('discord', '42', '2026-01-13T08:00:00.000Z')).size).toBe(1);
        expect((await store.shown('discord', '43', now)).size).toBe(0);
        const [delivery] = await store.deliveries(briefing.id, 5);
        expect(delivery).toEqual({
          key,
          briefingId: briefing.id,
          dueAt: slot,
          state: 'delivered',
          claimedBy: 'a',
          claimedAt: now,
          attempts: 1,
          settledAt: now,
          outcome: '1 page',
        });
        expect(await store.openDeliveries(5)).toEqual([]);
        const early = {
          ...claim('a'),
          key: `b${briefing.id}@2026-01-11T08:00`,
          briefingId: briefing.id,
          dueAt: '2026-01-11T08:00:00.000Z',
        };
        await store.claimDelivery(early);
        await store.settleDelivery({ key: early.key, state: 'skipped', outcome: 'late', now, storiesShown: [] });
        expect(await store.briefing(briefing.id)).toMatchObject({ settledTo: slot });
        expect((await store.briefing(briefing.id))?.nextAt).toBeUndefined();
        expect((await store.deliveries(briefing.id, 5)).map((one) => one.dueAt)).toEqual([slot, early.dueAt]);
      });
    });

    describe('posts whose sources change', () => {
      let store: Store;
      const [old, new_] = [entry(strikes), entry({ ...strikes, text: `${strikes.text}\nMore followed.` })];
      const shows = [{ articleId: old.article.id, hash: old.article.hash }];
      beforeEach(async () => {
        store = await open();
        await store.saveArticle(old);
        return () => store.close();
      });
      const deliver = async (n: number, at = now): Promise<string> => {
        const briefing = await store.addBriefing(newBriefing({ channel: String(n) }));
        const key = `b${briefing.id}@${slot}`;
        await store.claimDelivery({ key, briefingId: briefing.id, dueAt: slot, by: 'p', now: at, leaseMs: 1000 });
        const posting = { document: `{"n":${n},"words":"“É” \u0000"}`, shows };
        await store.settleDelivery({ key, state: 'delivered', outcome: '', now: at, storiesShown: [], posting });
        return key;
      };
      const since = slot;

      it('finds those that show what is not the newest any more, by article and a part at a time', async () => {
        const keys = [];
        for (let n = 0; n < 5; n++) keys.push(await deliver(n));
        await deliver(9, '2026-01-01T00:00:00.000Z');
        const article = { since, articleId: old.article.id, limit: 2 };
        expect((await store.outdatedPostings(article)).keys).toEqual([]);
        await store.saveArticle(new_);
        expect((await store.outdatedPostings(article)).keys).toEqual(keys);
        const found: string[] = [];
        for (let after: string | undefined, first = true; first || after !== undefined; first = false) {
          const part = await store.outdatedPostings({ since, limit: 2, ...(after === undefined ? {} : { after }) });
          expect(part.keys.length).toBeLessThanOrEqual(2);
          found.push(...part.keys);
          after = part.next;
        }
        expect(found).toEqual(keys);
      });

      it('gives one to one process, which says what it decided on', async () => {
        const key = await deliver(1);
        await store.withdrawArticle(old.article.id);
        const claim = { key, by: 'a', now, leaseMs: 1000 };
        const all = await Promise.all(
          Array.from({ length: 20 }, (_, n) => store.claimPosting({ ...claim, by: `${n}` })),
        );
        expect(all.filter((one) => one !== undefined)).toEqual([
          { key, briefingId: 1, at: now, document: '{"n":1,"words":"“É” \uFFFD"}', corrected: '' },
        ]);
        const later = '2026-01-12T12:00:02.000Z';
        expect(await store.claimPosting({ ...claim, by: 'b', now: later })).toBeDefined();
        const seen = [{ articleId: old.article.id, hash: '' }];
        // Who was away for too long has nothing to say any more.
        await store.settlePosting({ key, by: 'nobody', corrected: 'x', seen });
        expect((await store.outdatedPostings({ since, limit: 5 })).keys).toEqual([key]);
        await store.settlePosting({ key, by: 'b', corrected: 'abc', seen });
        expect((await store.outdatedPostings({ since, limit: 5 })).keys).toEqual([]);
        expect(await store.claimPosting({ ...claim, by: 'c' })).toMatchObject({ corrected: 'abc' });
      });

      it('goes with its time, with its briefing, and is no correction when its article is erased', async () => {
        const [one, two] = [await deliver(1), await deliver(2)];
        await store.forgetArticles({ tenant: '', before: '2027-01-01T00:00:00.000Z', limit: 10 });
        expect((await store.outdatedPostings({ since, limit: 5 })).keys).toEqual([]);
        expect(await store.removeBriefing(1)).toBe(true);
        const claim = { by: 'a', now, leaseMs: 1000 };
        expect(await store.claimPosting({ key: one, ...claim })).toBeUndefined();
        expect(await store.forgetPostings({ before: now, limit: 5 })).toBe(0);
        expect(await store.forgetPostings({ before: '2026-01-13T00:00:00.000Z', limit: 5 })).toBe(1);
        expect(await store.claimPosting({ key: two, ...claim })).toBeUndefined();
        expect(await store.forgetPostings({ before: '2026-01-13T00:00:00.000Z', limit: 5 })).toBe(0);
      });
    });

    describe('reports of errors', () => {
      let store: Store;
      beforeEach(async () => {
        store = await open();
        return () => store.close();
      });
      const report = { tenant: 'discord:1', about: 'qaaaaaaaaaa', wrong: 'speaker' as const };

      it('keeps the same report once, however many send it at once', async () => {
        const kept = await Promise.all(Array.from({ length: 20 }, () => store.addReport({ ...report, at: now })));
        expect(kept.filter(({ times }) => times === 1)).toHaveLength(1);
        const [only, ...others] = await store.reports({ tenant: 'discord:1', limit: 50 });
        expect(others).toEqual([]);
        expect(only).toEqual({ ...report, id: only?.id, times: 20, firstAt: now, lastAt: now });
      });

      it('tells apart what is wrong, what was written and who may see it; last ones first', async () => {
        await store.addReport({ ...report, at: slot });
        await store.addReport({ ...report, wrong: 'other', note: 'see line 3', at: now });
        await store.addReport({ ...report, tenant: 'slack:T1', at: now });
        const mine = await store.reports({ tenant: 'discord:1', limit: 50 });
        expect(mine.map(({ wrong, note }) => [wrong, note])).toEqual([
          ['other', 'see line 3'],
          ['speaker', undefined],
        ]);
        expect(await store.reports({ tenant: 'discord:1', since: now, limit: 50 })).toHaveLength(1);
        expect(await store.reports({ limit: 2 })).toHaveLength(2);
        expect(await store.removeReport(mine[0]!.id)).toBe(true);
        expect(await store.removeReport(mine[0]!.id)).toBe(false);
        expect(await store.reports({ limit: 50 })).toHaveLength(2);
      });

      it('forgets them with the deliveries of their time', async () => {
        await store.addReport({ ...report, at: slot });
        await store.addReport({ ...report, wrong: 'quote', at: now });
        expect(await store.forgetDeliveries({ before: now, limit: 10 })).toBe(1);
        expect((await store.reports({ limit: 50 })).map(({ wrong }) => wrong)).toEqual(['quote']);
      });
    });

    describe('sources, problems, installations', () => {
      let store: Store;
      beforeEach(async () => {
        store = await open();
        return () => store.close();
      });

      it('tells which sources are to be asked now, longest due first', async () => {
        const add = (name: string, tenant = '') =>
          store.addSource({ tenant, kind: 'feed', address: `https://a.example/${name}`, addedBy: 'u', addedAt: now });
        const [a, b, c, d] = [await add('a'), await add('b', 'discord:1'), await add('c'), await add('d')];
        await store.addSource({ tenant: '', kind: 'path', address: 'news', addedBy: 'CORPUS', addedAt: now });
        const at = (minutes: number) => new Date(Date.parse(now) + minutes * 60_000).toISOString();
        await store.changeSource(a.id, { nextAt: at(-1) });
        await store.changeSource(b.id, { nextAt: at(-5) });
        await store.changeSource(c.id, { nextAt: at(1) });
        const due = async (limit: number) => (await store.dueSources({ now, limit })).map(({ id }) => id);
        expect(await due(9)).toEqual([d.id, b.id, a.id]);
        expect(await due(2)).toEqual([d.id, b.id]);
        await store.changeSource(d.id, { state: 'paused' });
        expect(await due(9)).toEqual([b.id, a.id]);
      });

      it('keeps sources once, with their state and how many articles they brought', async () => {
        const feed = {
          tenant: 'discord:1',
          kind: 'feed' as const,
          address: 'https://a.example/feed',
          addedBy: 'u1',
          addedAt: now,
        };
        const source = await store.addSource({ ...feed, title: 'A' });
        expect(source).toEqual({ ...feed, title: 'A', id: source.id, state: 'ok', failures: 0, articles: 0 });
        expect((await store.addSource(feed)).id).toBe(source.id);
        await store.saveArticle(entry({ ...moon, tenant: 'discord:1', origin: feed.address }));
        await store.changeSource(source.id, {
          state: 'failing',
          reason: '404',
          failures: 3,
          checkedAt: now,
          nextAt: now,
          memo: { etag: '"x"' },
        });
        expect(await store.sources('discord:1')).toEqual([
          {
            ...source,
            state: 'failing',
            reason: '404',
            failures: 3,
            checkedAt: now,
            nextAt: now,
            memo: { etag: '"x"' },
            articles: 1,
          },
        ]);
        await store.addSource({ ...feed, tenant: 'slack:T1' });
        expect(await store.sources()).toHaveLength(2);
        expect(await store.sources('discord:2')).toEqual([]);
        expect(await store.removeSource(source.id)).toBe(true);
        expect(await store.removeSource(source.id)).toBe(false);
      });

      it('counts what a folder and a file of records brought', async () => {
        const path = { tenant: '', kind: 'path' as const, addedBy: 'operator', addedAt: now };
        await store.addSource({ ...path, address: 'news/' });
        await store.addSource({ ...path, address: 'more.jsonl' });
        for (const origin of ['news/a.txt', 'news/b/c.txt', 'newsletter.txt', 'more.jsonl#1', 'more.jsonl#2'])
          await store.saveArticle(entry({ ...moon, origin, text: `${moon.text} ${origin}` }));
        expect((await store.sources('')).map((source) => source.articles)).toEqual([2, 2]);
      });

      it('notes a problem once by name, the newest reason, and forgets it', async () => {
        await store.noteProblem({ tenant: '', origin: 'a.txt', reason: 'empty', at: '2026-01-01T00:00:00.000Z' });
        await store.noteProblem({ tenant: '', origin: 'a.txt', reason: 'binary', at: now });
        await store.noteProblem({ tenant: '', origin: 'b\u0000.txt', reason: 'NUL', at: '2026-01-02T00:00:00.000Z' });
        expect((await store.problems('', 5)).map((problem) => problem.reason)).toEqual(['binary', 'NUL']);
        expect((await store.stats('')).problems).toBe(2);
        await store.clearProblem('a.txt');
        await store.clearProblem('b\u0000.txt');
        expect(await store.problems('', 5)).toEqual([]);
      });

      it('keeps what an installation gave, and only for it', async () => {
        expect(await store.installation('slack:T1')).toBeUndefined();
        await store.putInstallation('slack:T1', 'one');
        await store.putInstallation('slack:T1', 'two');
        expect(await store.installation('slack:T1')).toBe('two');
        expect(await store.installation('slack:T2')).toBeUndefined();
      });
    });

    describe('growing old', () => {
      it('forgets a tenant’s articles older than a day, a few at a time, and nothing else', async () => {
        const store = await open();
        const dated = (tenant: string, day: number, text = moon.text) =>
          entry({
            ...moon,
            tenant,
            text,
            origin: `${tenant}-${day}.txt`,
            at: `2026-01-${String(day).padStart(2, '0')}T09:00:00.000Z`,
          });
        for (let day = 1; day <= 9; day++)
          for (const tenant of ['', 'discord:1']) await store.saveArticle(dated(tenant, day));
        await store.saveArticle(dated('discord:1', 2, `${moon.text} Corrected.`));
        await store.withdrawArticle(dated('discord:1', 3).article.id);
        const [old] = (await store.findQuotes({ tenant: '', articleIds: [dated('', 1).article.id], limit: 1 })).items;
        const query = { tenant: 'discord:1', before: '2026-01-05T12:00:00.000Z' };
        expect(await store.forgetArticles({ ...query, limit: 3 })).toBe(3);
        expect(await store.forgetArticles({ ...query, limit: 30 })).toBe(1);
        expect(await store.forgetArticles({ ...query, limit: 30 })).toBe(0);
        expect(await store.stats('')).toMatchObject({ articles: 9, quotes: 9 });
        expect(await store.stats('discord:1')).toMatchObject({ articles: 14, quotes: 14 });
        expect(await store.article(dated('discord:1', 2).article.id)).toBeUndefined();
        expect(await store.article(dated('discord:1', 5).article.id)).toBeDefined();
        expect(await store.quote(old!.receipt.id, '')).toEqual(old);
        expect(await store.forgetArticles({ ...query, tenant: '', limit: 99 })).toBe(4);
        expect(await store.quote(old!.receipt.id, '')).toBeUndefined();
        await store.close();
      });

      it('forgets settled deliveries and what was shown, never what is owed', async () => {
        const store = await open();
        const briefing = await store.addBriefing(newBriefing());
        for (const day of ['01', '02', '03']) {
          const at = `2026-01-${day}T08:00:00.000Z`;
          const key = `b${briefing.id}@2026-01-${day}T08:00`;
          await store.claimDelivery({ key, briefingId: briefing.id, dueAt: at, by: 'a', now: at, leaseMs: 1000 });
          await store.postedPage(key, 1, 'm');
          if (day !== '01')
            await store.settleDelivery({ key, state: 'delivered', outcome: '', now: at, storiesShown: [Number(day)] });
        }
        expect(await store.forgetDeliveries({ before: '2026-01-03T00:00:00.000Z', limit: 9 })).toBe(2);
        expect((await store.deliveries(briefing.id, 9)).map((one) => one.dueAt.slice(8, 10))).toEqual(['03', '01']);
        expect([...(await store.shown('discord', '42')).keys()]).toEqual([3]);
        expect(await store.pages(`b${briefing.id}@2026-01-02T08:00`)).toEqual([]);
        expect(await store.pages(`b${briefing.id}@2026-01-03T08:00`)).toHaveLength(1);
        await store.close();
      });
    });

    it('can be checked, and says that it is closed', async () => {
      const store = await open();
      await store.check();
      await store.close();
      await store.close();
      await expect(store.check()).rejects.toMatchObject({ name: 'StoreError', kind: 'closed' });
      await expect(store.stats('')).rejects.toMatchObject({ kind: 'closed' });
      await expect(store.saveArticle(entry(moon))).rejects.toMatchObject({ kind: 'closed' });
    });
  });
}

/** The words of a quote are the source's, character for character, and its receipt proves it. */
async function expectProven(store: Store, quote: Quote): Promise<void> {
  const article = await store.article(quote.receipt.articleId, quote.receipt.hash);
  expect(prove(quote.receipt, article!.text)).toBe('proven');
  const { content, verbatim } = quote.receipt;
  expect(article!.text.slice(content.start, content.end)).toBe(quote.text);
  expect(verbatim.map(({ start, end }) => article!.text.slice(start, end))).toEqual(quote.verbatim);
  expect((await store.quote(quote.receipt.id, ''))?.text).toBe(quote.text);
}
