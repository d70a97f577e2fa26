/**
 * A folder of many files of every kind, one in a hundred broken in one of the ways that files are broken, read into a
 * new store: every good article must be in, every broken file named with its reason, nothing may hang.
 *
 *     node bench/mixed-files.ts [FILES]        default 10000
 *
 * Prints what came of it, the time, the memory at its highest and the longest time that nobody else had the process. Exit
 * status 1 when a good one is missing or a broken one is not named.
 */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { loadCorpus } from '../src/corpus/load.ts';
import { sinkInto } from '../src/ingest.ts';
import { openSqlite } from '../src/store/sqlite.ts';

const wanted = Number(process.argv[2] ?? 10_000);
const bad = Math.round(wanted / 100);
const folder = mkdtempSync(join(tmpdir(), 'pullquote-mixed-'));
const root = join(folder, 'news');

/** Good files, by turns; each gives how many articles it holds. */
const good: readonly ((n: number) => readonly [name: string, content: string | Uint8Array, articles: number])[] = [
  (n) => [`${n}.txt`, story(n), 1],
  (n) => [`${n} (1).md`, `---\noutlet: Harbor Post\n---\n# Story *${n}*\n\n${story(n).replaceAll('\n', '\n\n')}`, 1],
  (n) => [`story-${n}.html`, page(n), 1],
  (n) => [`${n}.json`, JSON.stringify({ headline: `Story ${n}`, body: story(n), published: '2026-11-02' }), 1],
  (n) => [
    `${n}.jsonl`,
    [0, 1, 2].map((i) => JSON.stringify({ title: `S${i}`, text: story(n * 10 + i) })).join('\n'),
    3,
  ],
  (n) => [`${n}.csv`, `\ufefftitle;text;date\r\n"Story ${n}";"${story(n).replaceAll('\n', ' ')}";02.11.2026\r\n`, 1],
  (n) => [`feed-${n}.xml`, feed(n), 2],
  (n) => [`${n}.ndjson.gz`, gzipSync(JSON.stringify({ title: `Story ${n}`, text: story(n) })), 1],
  (n) => [`western-${n}.txt`, iconv.encode(`${story(n)} The café is open.`, 'windows-1252'), 1],
  (n) => [`wide-${n}.txt`, iconv.encode(story(n), 'utf-16', { addBOM: true }), 1],
  (n) => [`no\nkind\n${n}`, story(n), 1],
  (n) => [
    `многоязычно-${n} 📰.txt`,
    `Совет порта собрался в понедельник, чтобы выслушать экипажи. Номер ${n}. `.repeat(4),
    1,
  ],
];

/** Broken files, by turns: their name, what is in them, and how many articles can be had from them all the same. */
const broken: readonly ((n: number) => readonly [name: string, content: string | Uint8Array, articles?: number])[] = [
  (n) => [`empty-${n}.txt`, ''],
  (n) => [`blank-${n}.md`, ' \n\n\t\n'],
  (n) => [`binary-${n}.txt`, noise(4000, n)],
  (n) => [`cut-${n}.txt`, Buffer.from(`${story(n)} All is well in the café`).subarray(0, -1)],
  (n) => [`broken-${n}.json`, `{"title": "Story ${n}", "text": "no end`],
  (n) => [`line-${n}.jsonl`, `${JSON.stringify({ title: 'S', text: story(n) })}\n{"text": "no end\n`, 1],
  (n) => [`half-${n}.jsonl.gz`, gzipSync(JSON.stringify({ text: story(n) })).subarray(0, 60)],
  (n) => [`bomb-${n}.txt.gz`, bomb()],
  (n) => [`bomb-${n}.jsonl.gz`, bomb()],
  (n) => [`columns-${n}.csv`, 'a,b\n1,2\n'],
  (n) => [`unclosed-${n}.csv`, `title,text\nStory,"${story(n)}`],
  (n) => [`other-${n}.xml`, '<?xml version="1.0"?><urlset><url><loc>https://example.com/</loc></url></urlset>'],
  (n) => [`laughs-${n}.xml`, laughs],
  (n) => [`report-${n}.pdf`, Buffer.concat([Buffer.from('%PDF-1.7\n'), noise(2000, n)])],
  (n) => [`letter-${n}.docx`, Buffer.concat([Buffer.from('PK\x03\x04'), noise(2000, n)])],
  (n) => [`named-wrongly-${n}.txt`, Buffer.concat([Buffer.from('PK\x03\x04'), noise(2000, n)])],
  (n) => [`mail-${n}.eml`, `From: a@example.com\nSubject: Story ${n}\n\n${story(n)}`],
  (n) => [`front-${n}.html`, '<!doctype html><html><body><nav><a href="/">Home</a></nav></body></html>'],
  (n) => [`deep-${n}.json`, `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
];

/** Entities that would unfold to ten thousand million letters. */
const laughs = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">${Array.from({ length: 10 }, (_, i) => `<!ENTITY a${i + 1} "${`&a${i};`.repeat(10)}">`).join('')}]><x>&a10;</x>`;

let articles = 0;
const named = new Set<string>();
mkdirSync(root, { recursive: true });
for (let n = 0; n < wanted - bad; n += 1) {
  const [name, content, count] = good[n % good.length]!(n);
  put(join(`${n % 31}`, name), content);
  articles += count;
}
for (let n = 0; n < bad - 3; n += 1) {
  const [name, content, count = 0] = broken[n % broken.length]!(n);
  put(join(`${n % 31}`, name), content);
  named.add(join(`${n % 31}`, name));
  articles += count;
}
symlinkSync(join(folder, 'nowhere'), join(root, 'dead.txt'));
symlinkSync('circle.txt', join(root, 'circle.txt'));
symlinkSync(root, join(root, 'loop'));
put('vast.txt', '');
truncateSync(join(root, 'vast.txt'), 500_000_000);
for (const name of ['dead.txt', 'circle.txt', 'vast.txt']) named.add(name);
for (const name of ['.DS_Store', '.git/HEAD', '__MACOSX/._a.txt', '~$letter.docx', 'README.md'])
  put(name, noise(100, 1));

try {
  const store = await openSqlite(join(folder, 'pullquote.db'));
  const waits = monitorEventLoopDelay({ resolution: 10 });
  waits.enable();
  let highest = 0;
  const watch = setInterval(() => {
    highest = Math.max(highest, process.memoryUsage().rss);
  }, 50);
  const began = performance.now();
  const before = process.cpuUsage();
  const done = await loadCorpus(
    [root],
    sinkInto(store, () => new Date()),
    { parallel: 16 },
  );
  const cpu = process.cpuUsage(before);
  const seconds = (performance.now() - began) / 1000;
  clearInterval(watch);
  const problems = await store.problems('', 10_000);
  const told = new Map(
    problems.map(({ origin, reason }) => [origin.slice(root.length + 1).replace(/#\d+$/, ''), reason]),
  );
  const unnamed = [...named].filter((name) => !told.has(name));
  const wrongly = [...told.keys()].filter((name) => !named.has(name));
  await store.close();
  for (const [kind, reason] of new Map(
    [...told].map(([name, reason]) => [name.replace(/^\d+\/|-\d+(?=\.)/g, ''), reason]),
  ))
    console.log(`${kind.padEnd(22)} ${reason.slice(0, 120)}`);
  console.log(
    `${done.files} files  ${done.added} of ${articles} articles in  ${named.size - unnamed.length} of ${named.size} broken ones named  ${wrongly.length} good ones complained of`,
  );
  console.log(
    `${seconds.toFixed(1)} s  CPU ${((cpu.user + cpu.system) / 1e6).toFixed(1)} s  ${Math.round(done.added / seconds)} articles/s  memory at most ${Math.round(highest / 1e6)} MB  longest wait ${Math.round(waits.max / 1e6)} ms`,
  );
  if (unnamed.length > 0) console.log('not named:', unnamed.slice(0, 10));
  if (wrongly.length > 0)
    console.log(
      'complained of:',
      wrongly.slice(0, 10).map((name) => [name, told.get(name)]),
    );
  process.exitCode = done.added === articles && unnamed.length === 0 && wrongly.length === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function put(name: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(root, name)), { recursive: true });
  writeFileSync(join(root, name), content);
}

function story(n: number): string {
  const of = <T>(all: readonly T[], step: number): T => all[Math.floor(n / step) % all.length]!;
  const what = of(['cranes', 'ferries', 'trams', 'bridges', 'schools', 'wells', 'mills'], 1);
  const who = of(['Ana Ruiz', 'Ben Moe', 'Carla Voss', 'Dan Okoro', 'Eva Lind'], 7);
  const where = of(['Hallow', 'Marrow', 'Tarn', 'Elm Bay', 'Stonefield', 'Wick'], 35);
  return [
    `The council of ${where} met on Monday and heard report ${n} on the ${what}, which had waited since the spring.`,
    `“We will look at the ${what} of ${where} before the year ends,” said ${who}, who heads the council.`,
    `Workers criticised the plan as too slow. A spokesman for the ${what} declined to comment on number ${n}.`,
  ].join('\n');
}

function page(n: number): string {
  const paragraphs = story(n).split('\n');
  return `<!doctype html><html lang="en"><head><title>Story ${n} | Harbor Post</title><meta property="article:published_time" content="2026-11-02T08:00:00Z"></head><body><nav><a href="/">Home</a></nav><main><article><h1>Story ${n}</h1>${[...paragraphs, ...paragraphs].map((text, i) => `<p>${text} ${i}</p>`).join('')}</article></main><footer>Copyright</footer></body></html>`;
}

function feed(n: number): string {
  const item = (i: number) =>
    `<item><title>Item ${n}.${i}</title><link>https://example.com/${n}/${i}</link><description><![CDATA[${story(n * 10 + i)}]]></description></item>`;
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>Harbor Post</title>${item(0)}${item(1)}</channel></rss>`;
}

/** The same bytes for the same number, so that two runs read the same. */
function noise(length: number, seed: number): Buffer {
  const bytes = Buffer.alloc(length);
  let state = seed + 1;
  for (let i = 0; i < length; i += 1) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes[i] = state >>> 24;
  }
  return bytes;
}

function bomb(): Uint8Array {
  return gzipSync(Buffer.alloc(50_000_000, 97));
}
