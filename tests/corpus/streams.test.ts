import { Readable, Writable } from 'node:stream';
import { expect, it } from 'vitest';
import { extractStream, feedStream } from '../../src/corpus/streams.ts';

async function run(command: typeof feedStream, input: string, jsonl: boolean) {
  const parts: string[] = [];
  const output = new Writable({
    write(chunk, _encoding, done) {
      parts.push(String(chunk));
      done();
    },
  });
  const status = await command(Readable.from([Buffer.from(input)]), output, { jsonl });
  const lines = parts.join('').trim().split('\n');
  return { status, answers: lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
}
const rss = '<rss><channel><title>T</title><item><title>A</title></item></channel></rss>';

it('answers one feed with one line', async () => {
  expect(await run(feedStream, rss, false)).toEqual({
    status: 0,
    answers: [{ feed: { title: 'T' }, entries: [{ title: 'A' }] }],
  });
  expect(await run(feedStream, 'hello', false)).toMatchObject({
    status: 1,
    answers: [{ error: 'neither a feed nor a list of feeds' }],
  });
});

it('answers each record of many, the bad ones by their line', async () => {
  const lines = [
    { id: 1, text: rss },
    { id: 2, base64: Buffer.from(rss).toString('base64'), headers: { 'Content-Type': 'text/xml' } },
    { id: 3, text: '' },
  ];
  const { status, answers } = await run(
    feedStream,
    `${lines.map((line) => JSON.stringify(line)).join('\n')}\nnot json\n`,
    true,
  );
  expect(answers.map(({ id, error }) => [id, error])).toEqual([
    [1, undefined],
    [2, undefined],
    [3, 'empty'],
    [null, 'line 4: not a record of this kind'],
  ]);
  expect(status).toBe(1);
});

it('answers a page with what it does not say as null', async () => {
  const page = `<title>T</title><article>${'<p>The council met on Monday to hear the crews, who had waited outside the port for a week.</p>'.repeat(1)}<p>Nobody came, and the council will meet again on Thursday, when it hopes to hear the governor.</p></article>`;
  const { answers, status } = await run(extractStream, page, false);
  expect(answers[0]).toMatchObject({
    title: 'T',
    date: null,
    byline: null,
    text: expect.stringContaining('The council met on Monday'),
  });
  expect(status).toBe(0);
  const many = await run(
    extractStream,
    `${JSON.stringify({ id: 'a', html: page, url: 'https://a.example/2026/11/03/x' })}\n{"id":"b"}\n`,
    true,
  );
  expect(many.answers).toMatchObject([
    { id: 'a', date: '2026-11-03' },
    { id: 'b', error: expect.any(String) },
  ]);
});
