import { expect, it } from 'vitest';
import { readMeta } from '../../../src/corpus/pages/meta.ts';
import { readPage } from '../../../src/corpus/pages/pages.ts';
import { htmlText } from '../../../src/corpus/text/markup.ts';

const sentences = [
  'The harbor council met on Monday to hear from the crews who had waited outside the port since the start of the week.',
  '“We are not asking for much,” said Ana Ruiz, who has fished in the strait for thirty years. “We want to know the date.”',
  'The governor’s office did not send anyone, and a letter that the council had asked for in October has not arrived.',
  'Nine boats were towed away from the pier on Friday, according to the harbor master, and two of them were damaged.',
  'A second meeting is planned for Thursday, when the council will be asked to pay for the tugs and to say who gave the order.',
];
const page = `<!doctype html><html lang="en"><head><title>Crews wait outside closed port | Harbor Post</title>
<meta property="og:title" content="Crews wait outside closed port"><meta property="og:site_name" content="Harbor Post">
<link rel="canonical" href="/news/crews?utm_source=x"><link rel="alternate" type="application/rss+xml" href="/feed.xml">
<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":"Crews wait outside closed port","datePublished":"2026-11-17T08:30:00+01:00","author":[{"@type":"Person","name":"Ben Moe"}]}</script>
<style>.x{}</style></head><body>
<header><nav><ul><li><a href="/">Home</a></li><li><a href="/s">Sport</a></li><li><a href="/w">Weather</a></li></ul></nav></header>
<main><article><h1>Crews wait outside closed port</h1><p class="byline">By <a href="/moe">Ben Moe</a></p><time datetime="2026-11-17">17 November</time>
<div class="share"><a href="#">Share on Facebook</a> <a href="#">Tweet</a></div>
<figure><img src="a.jpg"><figcaption>Boats outside the port on Friday. Photo: Harbor Post</figcaption></figure>
<div class="article-body">${sentences.map((text, i) => `<p>${text}</p>${i === 2 ? '<aside class="related"><h3>Related</h3><ul><li><a href="/a">Nine boats were towed from the pier</a></li><li><a href="/b">What the treaty of 1974 says</a></li></ul></aside>' : ''}`).join('\n')}</div></article></main>
<section class="newsletter"><p>Sign up for our newsletter and get the news of the harbor in your inbox every morning.</p></section>
<footer><p>Copyright 2026 Harbor Post. All rights reserved. Terms of use, privacy policy.</p></footer><script>var text = "not words";</script></body></html>`;

it('finds the article on a page and leaves the furniture', () => {
  const { text, stated, feeds, language } = readPage(page, 'https://post.example/news/crews');
  expect(text.split('\n')).toEqual(sentences);
  expect(stated).toEqual({
    title: 'Crews wait outside closed port',
    date: '2026-11-17T08:30:00+01:00',
    byline: 'Ben Moe',
    outlet: 'Harbor Post',
    url: 'https://post.example/news/crews',
  });
  expect(feeds).toEqual(['https://post.example/feed.xml']);
  expect(language).toBe('en');
});

const told = 'The harbour of Vesk stayed closed on Tuesday while crews waited for the storm to pass, officials said.';
const notice =
  'We and our 842 partners store information on your device. By clicking accept you agree to our use of cookies and more.';
const remark =
  'user7 wrote: I think the council is quite wrong about this, and it will all end badly for all of us here.';
const article = `<article><h1>Port of Vesk stays closed</h1><p>${told}</p></article>`;

it.each([
  ['readers’ comments', `${article}<section id="comments">${`<div><p>${remark}</p></div>`.repeat(30)}</section>`, told],
  ['a page that is comments', `<div class="comments"><p>${remark}</p></div>`, remark],
  ['a notice about cookies', `<div class="cookie-banner"><p>${notice}</p></div>${article}`, told],
  ['nothing but such a notice', `<div class="cookie-banner"><p>${notice}</p></div>`, ''],
  ['a page that only says to have comments', `<div class="has-comments"><p>${told}</p></div>`, told],
  ['frames', `<frameset><frame src="a"><noframes><body><p>${notice}</p></body></noframes></frameset>`, ''],
])('knows %s', (_name, html, text) => {
  const lines = readPage(`<html><body>${html}</body></html>`).text.split('\n');
  expect(lines.filter((line) => line !== 'Port of Vesk stays closed').join('\n')).toBe(text);
});

const secret = '“The toll will be paid by every child in the town,” said Hidden Harry, who speaks for the harbor.';
/** Ways to keep words from readers: before and after them. */
const veils: readonly (readonly [string, string])[] = [
  ['<p style="display:none">', '</p>'],
  ['<p hidden>', '</p>'],
  ['<div aria-hidden="true"><p>', '</p></div>'],
  ['<p class="visually-hidden">', '</p>'],
  ['<p class="lead sr-only">', '</p>'],
  ['<div style="visibility: hidden"><p>', '</p></div>'],
  ['<div style="position:absolute; left:-9999px"><p>', '</p></div>'],
  ['<div class="d-none"><p>', '</p></div>'],
  ['<p style="height:0;overflow:hidden">', '</p>'],
  ['<p style="font-size:0px">', '</p>'],
  ['<dialog><p>', '</p></dialog>'],
  ['<template><p>', '</p></template>'],
  ['<noscript><p>', '</p></noscript>'],
  ['<span style="display:none">', '</span>'],
  ['<span class="visually-hidden"><span>', '</span></span>'],
];

it.each(veils)('reads nothing that a page hides: %s', (before, after) => {
  const hidden = page.replace(`<p>${sentences[3]}</p>`, `${before}${secret}${after}<p>${sentences[3]}</p>`);
  expect(hidden).toContain(secret);
  expect(readPage(hidden).text.split('\n')).toEqual(sentences);
  expect(htmlText(`<p>${sentences[0]}</p>${before}${secret}${after}<p>${sentences[1]}</p>`)).toBe(
    `${sentences[0]}\n${sentences[1]}`,
  );
});

it('takes hidden words out of the middle of a paragraph', () => {
  const linked = page.replace(
    'The harbor council',
    '<a href="/c">The harbor council<span class="sr-only"> (opens new tab)</span></a>',
  );
  expect(readPage(linked).text.split('\n')).toEqual(sentences);
});

it.each([
  ['that a script shows as a whole', page.replace('<main>', '<main style="visibility:hidden">')],
  [
    'that it hides on small screens only',
    page.replace('class="article-body"', 'class="article-body d-none d-md-block"'),
  ],
  ['that is faded in', page.replaceAll('<p>', '<p style="opacity:0;transform:translateY(20px)">')],
  [
    'that a paywall keeps from screen readers',
    page.replace(`<p>${sentences[4]}`, `<p class="paywall" aria-hidden="true">${sentences[4]}`),
  ],
])('reads an article %s', (_, html) => expect(readPage(html).text.split('\n')).toEqual(sentences));

it('takes the text that a page made by scripts states', () => {
  const stated = (articleBody: string) =>
    `<script type="application/ld+json">${JSON.stringify({ '@type': 'NewsArticle', headline: 'Port', articleBody })}</script><div id="root"></div>`;
  expect(readPage(stated(`${told}\n${told} & more\n${told}`)).text).toBe(`${told}\n${told} & more\n${told}`);
  expect(readPage(stated(`<p>${told}</p><p>Ten &amp; more. ${told}</p>`)).text).toBe(`${told}\nTen & more. ${told}`);
});

it.each([
  ['a bar', '<title>Strait closed to foreign boats | Harbor Post</title>', 'Strait closed to foreign boats'],
  [
    'a dash and its name',
    '<title>Strait closed - Harbor Post</title><meta property="og:site_name" content="Harbor Post">',
    'Strait closed',
  ],
  ['a dash of its own', '<title>Strait closed - for now</title>', 'Strait closed - for now'],
  [
    'a cut for sharing that says nothing of its own',
    '<title>Strait closed to foreign boats for a week | Harbor Post</title><meta property="og:title" content="Strait closed to foreign boats">',
    'Strait closed to foreign boats',
  ],
  [
    'a tease for sharing',
    `<title>Strait closed to foreign boats for a week | Harbor Post</title><meta property="og:title" content="Captains are furious about the strait">
     <script type="application/ld+json">{"@type":"NewsArticle","headline":"Strait closed to foreign boats for a week"}</script>`,
    'Strait closed to foreign boats for a week',
  ],
  ['entities', '<meta property="og:title" content="Crews &amp; council: &#8220;no&#8221;">', 'Crews & council: “no”'],
])('reads a title with %s', (_name, head, title) => {
  expect(readMeta(`<html><head>${head}</head><body></body></html>`).stated.title).toBe(title);
});

it.each([
  [
    'JSON-LD in a graph',
    '<script type="application/ld+json">{"@graph":[{"@type":"WebPage"},{"@type":"NewsArticle","datePublished":"2026-11-03"}]}</script>',
    '2026-11-03',
  ],
  [
    'damaged JSON-LD',
    '<script type="application/ld+json">{"@type":"Article","datePublished":"2026-11-03",\n}</script>',
    '2026-11-03',
  ],
  ['a meta element', '<meta property="article:published_time" content="2026-11-03T10:00:00Z">', '2026-11-03T10:00:00Z'],
  ['a time element', '<body><p class="published"><time datetime="2026-11-03">x</time></p>', '2026-11-03'],
  ['words', '<body><span class="post-date">Posted on November 3, 2026</span>', '2026-11-03'],
])('reads a date from %s', (_name, html, date) => {
  expect(readMeta(html).stated.date).toBe(date);
});
it('reads a date from the address, and none where there is none', () => {
  expect(readMeta('<p>x</p>', 'https://a.example/2026/11/03/strait').stated.date).toBe('2026-11-03');
  expect(readMeta('<p>x</p>', 'https://a.example/2026/13/45/strait').stated.date).toBeUndefined();
});

it.each([
  ['deep nesting', '<div>'.repeat(200_000) + sentences[0]],
  ['unclosed tags', '<p><b><a href="'.repeat(50_000)],
  ['many attributes', `<p ${'a="b" '.repeat(200_000)}>x`],
  ['many blocks', `<p>${sentences[0]}</p>`.repeat(30_000)],
  ['one long word', 'a'.repeat(5_000_000)],
  ['nested JSON-LD', `<script type="application/ld+json">${'['.repeat(100_000)}</script>`],
  ['many titles', '<h1>x</h1><title>y</title>'.repeat(100_000)],
])('stays within seconds on %s', (_name, html) => {
  const before = process.cpuUsage();
  readPage(html);
  expect(process.cpuUsage(before).user / 1e6).toBeLessThan(6);
});
