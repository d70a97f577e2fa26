import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Draft, makeArticle } from '../../src/corpus/article.ts';
import type { Article, Span } from '../../src/model.ts';

const now = new Date('2026-11-22T12:00:00Z');

async function article(text: string, more: Partial<Draft> = {}): Promise<Article> {
  const made = await makeArticle({ text, tenant: '', origin: 'news/a.txt', isFile: true, ...more }, now);
  if ('refused' in made) throw new Error(made.refused);
  return made;
}
const slice = (text: string, { start, end }: Span) => text.slice(start, end);

// The shape of a plain text as people paste it: no title, an embedded post, a comment line at the end.
const pasted = `Governor Ilse Marrow has promised a sweeping closure of the Tarn Strait, saying Tuesday night that foreign boats will be towed.
“We are not asking permission,” Marrow said, arguing that the fleet is “a smuggling ring with nets” and must leave.
🚨 The governor says the strait closes on the first. "Anyone who tests that will be towed." pic.twitter.com/AbCdEf123
— HarborWatch (@HarborWatch) November 17, 2026
President Anselm Duray rejected the plan, which he first heard of on 3 October 2025.


Leave a Comment`;

describe('an article without any metadata', () => {
  it('keeps its text and finds its build', async () => {
    const made = await article(pasted);
    expect(made.text).toBe(pasted);
    expect(made.paragraphs.map((span) => slice(pasted, span).slice(0, 20))).toEqual([
      'Governor Ilse Marrow',
      '“We are not asking p',
      '🚨 The governor says',
      'President Anselm Dur',
    ]);
    expect(made.masks.map((mask) => [mask.kind, slice(pasted, mask)])).toEqual([['boilerplate', 'Leave a Comment']]);
    expect(made.language).toBe('en');
    expect(made.title).toBeUndefined();
  });

  it('is called by its own words, and says that the label is ours', async () => {
    const made = await article(pasted);
    expect(made.label).toBe('Ilse Marrow has promised a sweeping closure of the Tarn Strait');
    expect(made.labelIsOurs).toBe(true);
  });

  it('knows the post with its account, its words and its day', async () => {
    const [post] = (await article(pasted)).posts;
    expect(post).toMatchObject({ name: 'HarborWatch', handle: 'HarborWatch', day: '2026-11-17' });
    expect(slice(pasted, post!.text)).toBe(
      '🚨 The governor says the strait closes on the first. "Anyone who tests that will be towed."',
    );
    expect(slice(pasted, post!.span)).toMatch(/^🚨[\s\S]*November 17, 2026$/);
  });

  it('names the latest date in the text as that, and never takes today', async () => {
    const made = await article(pasted);
    expect(made.date).toMatchObject({ state: 'mentioned', day: '2026-11-17' });
    expect(made.date.state === 'mentioned' && slice(pasted, made.date.span)).toBe('November 17, 2026');
    expect((await article('The council met, and nobody wrote down on which day that was.')).date).toEqual({
      state: 'none',
    });
  });
});

describe('front matter', () => {
  const text = `---
title: "Strait closed: what now?"
date: 2026-11-18
outlet: Harbor Post
url: https://example.com/strait
byline: By Ana Ruiz
fiction: true
---

The strait was closed on Wednesday, and the fleet stayed in port for the whole day.`;

  it('is read, stays in the text, and is masked', async () => {
    const made = await article(text);
    expect(made).toMatchObject({
      title: 'Strait closed: what now?',
      label: 'Strait closed: what now?',
      labelIsOurs: false,
      outlet: 'Harbor Post',
      url: 'https://example.com/strait',
      byline: 'Ana Ruiz',
      fiction: true,
      date: { state: 'stated', at: '2026-11-18T00:00:00.000Z', precision: 'day' },
      text,
    });
    expect(made.paragraphs.map((span) => slice(text, span))).toEqual([
      'The strait was closed on Wednesday, and the fleet stayed in port for the whole day.',
    ]);
    expect(made.masks[0]).toMatchObject({ start: 0, kind: 'boilerplate' });
  });

  it('is read where people forget the quotation marks YAML wants', async () => {
    const made = await article(
      '---\ntitle: Mayor: "No: not me"\ndate: Nov. 3, 2026\n---\nThe mayor said no and went home again.',
    );
    expect(made.title).toBe('Mayor: "No: not me"');
    expect(made.date).toMatchObject({ at: '2026-11-03T00:00:00.000Z' });
  });

  it.each([
    [
      'a bomb of aliases',
      '---\na: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b,*b]\ntitle: T\n---\nThe text of it is here, and it is calm.',
    ],
    ['no mapping', '---\njust words\n---\nThe text of it is here, and it is calm.'],
    [
      'a prototype',
      '---\n__proto__: {polluted: yes}\ntitle: [1, {a: 2}]\nurl: javascript:alert(1)\n---\nThe text of it is here, and it is calm.',
    ],
    ['no end', '---\ntitle: T\nThe text of it is here, and it is calm.'],
  ])('does no harm with %s', async (_name, hostile) => {
    const made = await article(hostile);
    expect(slice(hostile, made.paragraphs.at(-1)!)).toContain('The text of it is here');
    expect(made.url).toBeUndefined();
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});

describe('paragraphs', () => {
  it('are lines, except where a text is broken at the margin', async () => {
    const wrapped = `The harbor council met on Monday to hear from the crews who had
waited outside the port since the start of the week. Nobody spoke
for the governor, and the meeting ended after an hour without a
vote on the closure.

A second meeting is planned for Thursday, when the council will be
asked to pay for the tugs that towed nine boats away from the pier
and to say who gave the order.`;
    expect((await article(wrapped)).paragraphs).toHaveLength(2);
    const lines =
      'The council met on Monday and heard the crews.\nNobody spoke for the governor at all.\nThe meeting ended without a vote on the closure.';
    expect((await article(lines)).paragraphs).toHaveLength(3);
  });

  it('leave out a headline that stands above them', async () => {
    const text =
      'Council hears crews in closed harbor\n\nThe council met on Monday and heard the crews who had waited outside the port.\n\nNobody spoke for the governor at all.';
    const made = await article(text);
    expect(made.title).toBe('Council hears crews in closed harbor');
    expect(made.paragraphs).toHaveLength(2);
    expect(made.labelIsOurs).toBe(false);
  });

  it('never overlap masks, stay in order, and hold no blank ends, whatever the text', async () => {
    const word = fc.constantFrom(
      'the',
      'Ana',
      'said',
      '“no”',
      '—',
      '(@ana)',
      'January 9, 2026',
      'Advertisement',
      '\n',
      '\n\n',
      'pic.twitter.com/x',
      '---',
      'By',
      '@everyone',
      '\u202e',
      '🚨',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(word, { minLength: 1, maxLength: 80 }), async (words) => {
        const text = words.join(' ').toWellFormed();
        const made = await makeArticle({ text, tenant: '', origin: 'x', isFile: true, language: 'en' }, now);
        if ('refused' in made) return;
        const spans = [...made.paragraphs, ...made.masks].sort((a, b) => a.start - b.start || a.end - b.end);
        spans.forEach((span, i) => {
          expect(span.end).toBeGreaterThan(span.start);
          expect(span.start).toBeGreaterThanOrEqual(spans[i - 1]?.end ?? 0);
          expect(slice(text, span).trim()).toBe(slice(text, span));
        });
        expect(made.label.length).toBeLessThanOrEqual(130);
        for (const post of made.posts) expect(made.paragraphs).toContainEqual(post.span);
      }),
      { numRuns: 300 },
    );
  });
});

describe('refusals', () => {
  it('say what is missing', async () => {
    const refused = async (text: string) => makeArticle({ text, tenant: '', origin: 'x', isFile: true }, now);
    expect(await refused('Advertisement\n\nLeave a Comment')).toEqual({ refused: 'no text besides page furniture' });
    expect(await refused('---\ntitle: T\n---\n')).toEqual({ refused: 'no text after its front matter' });
  });
});

it('names an article by where it came from and its version by its text', async () => {
  const [one, edited, other] = [
    await article('Some words of news.'),
    await article('Other words of news.'),
    await article('Some words of news.', { origin: 'b.txt' }),
  ];
  expect(edited.id).toBe(one.id);
  expect(edited.hash).not.toBe(one.hash);
  expect(other.id).not.toBe(one.id);
  expect(other.hash).toBe(one.hash);
  expect((await article('Some words of news.', { tenant: 'discord:1' })).id).not.toBe(one.id);
});

it.each([
  [
    'El presidente dijo el lunes que el país no aceptará decisiones unilaterales y que las conversaciones continuarán.',
    'es',
  ],
  ['Le président a déclaré lundi que le pays n’accepterait aucune décision unilatérale sur le détroit.', 'fr'],
  ['12 34 56', 'und'],
])('tells the language of %j', async (text, language) => {
  expect((await article(text)).language).toBe(language);
});

// They have words that look like small English ones: "of", "was", "we"; "at", "for", "have", "by"; "a", "is"; "to", "by".
it.each([
  ['De minister zei dat het besluit of het plan was uitgesteld, en dat we in Den Haag op een antwoord wachten.', 'nl'],
  [
    'Ministeren siger nu, at der er penge til alle kommuner, og at regeringen vil have en aftale for hver by inden sommeren er forbi.',
    'da',
  ],
  [
    'A miniszter szerint a város jövőre is fizet majd az új hídért, de hogy melyik cég építi meg, arról a tanács dönt ősszel.',
    'hu',
  ],
  [
    'Minister powiedział, że to ważne, by miasto miało pieniądze na nowy most, i to od zaraz, bo mieszkańcy nie chcą dłużej czekać.',
    'pl',
  ],
])('is not misled by small words in a longer text: %j', async (sentence, language) => {
  expect((await article(`${sentence} `.repeat(12))).language).toBe(language);
});

it('takes a long list of names for English by what stands between them', async () => {
  const names = Array.from({ length: 90 }, (_, i) => `Mara Quist${'abcdefghij'[i % 10]}`).join(', ');
  const list = `${names}. Those are the delegates of the party and who they named to speak for them. The list was sent to the press.`;
  expect((await article(list)).language).toBe('en');
});

it('takes seconds at most for a hostile text of a million characters', async () => {
  const began = process.cpuUsage();
  for (const piece of ['— (@', '"“', '9 January ', 'a ', '[', '(Photo: ', '- A (@a) '])
    await makeArticle(
      { text: piece.repeat(1_000_000 / piece.length), tenant: '', origin: 'x', isFile: true, language: 'en' },
      now,
    );
  const { user } = process.cpuUsage(began);
  expect(user / 1e6).toBeLessThan(10);
});
