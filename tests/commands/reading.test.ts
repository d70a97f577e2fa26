/** What readers ask, answered from the sample corpus. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Asking, openAsking } from '../support/asking.ts';

let asking: Asking;
beforeAll(async () => {
  asking = await openAsking();
}, 60_000);
afterAll(() => asking.close());

describe('/brief', () => {
  it('answers a topic: who said what before the words, reactions with their kind, checked', async () => {
    const said = await asking.ask('/brief cartels');
    expect(said).toMatch(
      /Donald Trump[^\n]*\n {2}> “We’re going to start now hitting land with regard to the cartels”/,
    );
    expect(said).toMatch(/Claudia Sheinbaum, Mexican President — against · paraphrase: /);
    expect(said).toMatch(/72 House Democrats — [a-z]+ · letter, in part: [^\n]*“disastrous”/);
    expect(said).toMatch(/Quotes word for word, \d+\/\d+ checked/);
    expect(said).not.toMatch(/“[^”]*sovereignty/);
  });

  it('repeats on every message about invented people that they are invented', async () => {
    expect(await asking.ask('/brief cruise toll')).toContain('Fiction, made for trying the bot');
  });

  it('joins two outlets that tell one story', async () => {
    expect(await asking.ask('/brief cruise toll')).toContain('Sources: ');
  });

  it('names what is near when nothing matches, each a press away', async () => {
    const nothing = await asking.reply('/brief qqqqqq');
    expect(nothing.document.summary).toContain('Nothing matches qqqqqq');
    expect(nothing.document.blocks.at(-1)).toMatchObject({ kind: 'actions' });
  });

  it('shows what was meant where a word was mistyped, and says so in its own words', async () => {
    for (const command of ['/brief', '/quote topic:', '/reactions topic:'])
      expect(await asking.ask(`${command}${command === '/brief' ? ' ' : ''}cartls`)).toContain(
        'Showing cartels; nothing says cartls.',
      );
  });

  it('says when the newest is from where only the time was too short, and offers it', async () => {
    for (const command of ['/brief', '/reactions']) {
      const reply = await asking.reply(`${command} topic:cartels since:2026-06-01`);
      expect(reply.document.summary).toBe('Nothing about cartels since 2026-06-01. The newest is of Jan 10, 2026.');
      expect(reply.document.blocks.at(-1)).toMatchObject({ actions: [{ command: `${command} topic:cartels` }] });
    }
  });

  it('alone gives the newest stories when the last day had none', async () => {
    expect(await asking.ask('/brief')).toContain('The newest stories');
    expect(await asking.ask('/brief since:2026-03-01')).toContain('Port Hallow');
  });

  it('alone does not call news of the day what has no date', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pullquote-undated-'));
    writeFileSync(
      join(folder, 'note.txt'),
      '“The crane holds,” said Ada Quill, an inventor. The harbour of Tarn stays open.',
    );
    const undated = await openAsking([folder]);
    try {
      const day = await undated.ask('/brief');
      expect(day).toContain('The newest stories');
      expect(day).toContain('Quoted: Ada Quill');
    } finally {
      await undated.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('takes hostile words as words', async () => {
    for (const words of [
      '" OR 1=1 --',
      'NEAR(',
      '*',
      '<@123> @everyone',
      '\u202e',
      "'; DROP TABLE articles; --",
      '🚨',
      'x'.repeat(190),
    ]) {
      const reply = await asking.reply(`/brief topic:${words}`);
      expect(reply.document.summary.length).toBeGreaterThan(0);
    }
    expect((await asking.store.stats('')).articles).toBeGreaterThan(10);
  });
});

describe('/quote', () => {
  it('says that a speaker is only paraphrased, and marks the paraphrases', async () => {
    const said = await asking.ask('/quote speaker:sheinbaum');
    expect(said).toContain('No verbatim quote by Claudia Sheinbaum is in the corpus.');
    expect(said).toContain('Paraphrase: ');
    expect(said).not.toContain('“');
  });

  it('finds a group by a word of its name, on a topic', async () => {
    expect(await asking.ask('/quote speaker:democrats topic:strikes')).toContain('“disastrous”');
  });

  it('tells who is near when nobody has that name', async () => {
    expect(await asking.ask('/quote speaker:armstrng')).toContain('Neil Armstrong');
  });

  it('opens each quote in its paragraph, with a receipt', async () => {
    const reply = await asking.reply('/quote speaker:armstrong');
    const statement = reply.document.blocks.find((block) => block.kind === 'statement');
    const command = statement?.kind === 'statement' && statement.action?.kind === 'run' ? statement.action.command : '';
    const opened = await asking.ask(command);
    expect(opened).toContain('The Eagle has landed');
    expect(opened).toMatch(/Receipt q[a-z2-7]{10}/);
    expect(opened).toContain('paragraph 2 of 6');
  });
});

describe('other questions', () => {
  it('/reactions sorts by stance and names the words’ source', async () => {
    const said = await asking.ask('/reactions cruise toll');
    expect(said).toMatch(/Against \(\d+\)/);
    expect(said).toMatch(/Ilmari Kestrel[^\n]*comment/);
  });

  it('/topics and /speakers list what a press away returns something', async () => {
    const topics = await asking.reply('/topics');
    const menu = topics.document.blocks.find((block) => block.kind === 'menu');
    for (const choice of menu?.kind === 'menu' ? menu.choices : [])
      expect(await asking.ask(choice.command)).toContain('as of ');
    const speakers = await asking.reply('/speakers');
    const people = speakers.document.blocks.find((block) => block.kind === 'menu');
    for (const choice of people?.kind === 'menu' ? people.choices.slice(0, 8) : [])
      expect(await asking.ask(choice.command)).toMatch(/Quotes: |Paraphrases: /);
  });

  it('/context with a wrong receipt says where receipts are', async () => {
    expect(await asking.ask('/context q000')).toContain('No quote has the receipt q000.');
  });

  it('an empty corpus says how to fill it', async () => {
    const empty = await openAsking(['tests/support/nothing-here']);
    expect(await empty.ask('/brief cartels')).toContain('There are no articles yet.');
    await empty.close();
  });
});

describe('suggestions', () => {
  const lines = { quote: 'topic', reactions: 'topic', brief: 'topic', setup: 'topic' } as const;

  it.each(Object.entries(lines))('of /%s are answered with something, as much as they say', async (command, option) => {
    for (const typed of ['', 'c', 'mo', 'har']) {
      const choices = await asking.complete(command, option, typed);
      if (typed === '') expect(choices.length).toBeGreaterThan(2);
      for (const { label, value } of choices.slice(0, 5)) {
        const count = /\((\d+) (?:articles?|quotes?|paraphrases?|reactions?)\)$/.exec(label)?.[1];
        expect(Number(count), label).toBeGreaterThan(0);
        if (command === 'setup') continue;
        const { document } = await asking.reply(`/${command} topic:"${value}"`);
        expect(document.summary, label).not.toMatch(/^Nothing matches|^No /);
        if (command !== 'brief') expect(JSON.stringify(document), label).toContain(`${count} `);
      }
    }
  });

  it('of a speaker keep to the topic that is there already, and the other way round', async () => {
    const onCartels = await asking.complete('quote', 'speaker', '', {}, { topic: 'cartels' });
    expect(onCartels.map(({ value }) => value)).toContain('Donald Trump');
    expect(onCartels.map(({ value }) => value)).not.toContain('John F. Kennedy');
    const ofKennedy = await asking.complete('quote', 'topic', '', {}, { speaker: 'kennedy' });
    for (const { value } of ofKennedy)
      expect(await asking.ask(`/quote speaker:kennedy topic:"${value}"`)).toContain('John F. Kennedy');
  });

  it('come in under 300 ms', async () => {
    const began = performance.now();
    for (let n = 0; n < 10; n++) await asking.complete('quote', 'topic', '');
    expect((performance.now() - began) / 10).toBeLessThan(300);
  });
});
