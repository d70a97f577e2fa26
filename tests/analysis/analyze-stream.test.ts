import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { analyzeStream } from '../../src/analysis/analyze-stream.ts';

async function run(lines: readonly string[]) {
  const output = new PassThrough();
  const printed = text(output);
  const log: string[] = [];
  const exit = await analyzeStream(Readable.from([lines.join('\n')]), output, (message) => log.push(message));
  output.end();
  return {
    exit,
    log,
    answers: (await printed)
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line)),
  };
}

it('prints quotes with offsets into the text as it came', async () => {
  const article = { id: 'a1', text: 'Rain fell.\n\n“We will rebuild the pier,” said Ana López, the mayor.' };
  const { exit, log, answers } = await run([JSON.stringify(article)]);
  expect([exit, log]).toEqual([0, []]);
  expect(answers).toHaveLength(1);
  const [quote] = answers[0].quotes;
  expect(quote).toMatchObject({
    text: 'We will rebuild the pier,',
    kind: 'direct',
    speakerFull: 'Ana López',
    cue: { text: 'said' },
  });
  for (const { text: words, start, end } of [quote, quote.speaker, quote.cue])
    expect(article.text.slice(start, end)).toBe(words);
});

it('names a bad line, skips it and goes on', async () => {
  const { exit, log, answers } = await run([
    '{"id":"a","text":"Rain fell."}',
    '{"id":',
    '',
    '{"id":"b"}',
    '{"id":"c","text":""}',
  ]);
  expect(exit).toBe(1);
  expect(answers.map(({ id }) => id)).toEqual(['a', 'c']);
  expect(log.map((message) => message.slice(0, 7))).toEqual(['line 2:', 'line 4:']);
});

it('waits for a slow reader', async () => {
  const output = new PassThrough({ highWaterMark: 64 });
  const lines = Array.from({ length: 200 }, (_, id) => `${JSON.stringify({ id, text: '“No,” said Ann Lee.' })}\n`);
  const done = analyzeStream(Readable.from(lines), output, () => {});
  let most = 0;
  let answers = 0;
  const reading = (async () => {
    for await (const chunk of output) {
      most = Math.max(most, output.readableLength);
      answers += String(chunk).split('\n').length - 1;
      await new Promise((resolve) => setImmediate(resolve));
    }
  })();
  expect(await done).toBe(0);
  output.end();
  await reading;
  expect(answers).toBe(200);
  expect(most).toBeLessThan(4096);
});
