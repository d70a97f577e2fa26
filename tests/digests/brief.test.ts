import { describe, expect, it } from 'vitest';
import { chooseStatements, composeBrief, composeOverview } from '../../digests/brief.ts';
import { BRIEF_BUDGET, characters, components, displayName, mainClause, statement } from '../../digests/parts.ts';
import { everyInline } from '../../src/document.ts';
import { wordsIn } from '../../src/language/language.ts';
import type { Quote, StoryCoverage } from '../../src/model.ts';
import { renderTerminal } from '../../src/platforms/terminal/render.ts';
import { at, coverage, direct, duray, quote, reaction, story, TEXT } from '../support/coverage.ts';

const brief = (one: StoryCoverage = story) => composeBrief({ ...coverage(), stories: [one] }, wordsIn('en'));

describe('a brief', () => {
  it('reads in the order of a newsroom: label, what happened, who said what, who answered, small print, actions', () => {
    expect(renderTerminal(brief(), { width: 200 }).text).toMatchInlineSnapshot(`
      "Tarn Strait closure

      Fiction, made for trying the bot · Label by the bot · date not stated; latest date in the text: Nov 17, 2026

      In short — Governor Ilse Marrow said Tuesday she will close the Tarn Strait to foreign fishing boats from Dec. 1, calling the fleet “a smuggling ring with nets.” ¶1

      ────────────────────────────────────────────────────────────
      Ilse Marrow, governor · in Port Hallow
        > “We are not asking permission to protect our own water” ¶2
          [1] In context

      Ilse Marrow
          In part: calling the fleet “a smuggling ring with nets.” ¶1
          [2] In context

      ────────────────────────────────────────────────────────────
      Reactions (3)

        - Anselm Duray, president of Vostria — against · paraphrase: rejected the plan, saying his country would defend its licensed crews ¶3
        - Forty-one members of the state assembly — against · letter, in part: calling the closure “reckless” and asking her to wait ¶4
        - Some maritime lawyers — concerned · unnamed · paraphrase: the order could be challenged ¶5

      Source: strait.txt · as of 22 Nov 2026, 08:00 UTC

      [3] All quotes   [4] Who said what   [5] Follow topic   [6] Report an error"
    `);
  });

  it('puts marks only around verbatim words, and drops the comma of the attribution', () => {
    const words = [...everyInline(brief())].filter((inline) => inline.kind === 'verbatim');
    expect(words.map((inline) => inline.text)).toEqual(['We are not asking permission to protect our own water']);
    for (const inline of words) expect(TEXT.slice(inline.span.start, inline.span.end)).toBe(inline.text);
  });

  it('never lets an unnamed source lead, nor stand before people with names', () => {
    const unnamed = {
      ...direct,
      receipt: { ...direct.receipt, id: 'qx' },
      speaker: { id: 9, kind: 'unnamed', name: 'an official' },
    } as const;
    expect(chooseStatements({ ...story, quotes: [unnamed] }, [])).toEqual([]);
    expect(chooseStatements({ ...story, quotes: [unnamed, direct] }, []).map((one) => one.receipt.id)).toEqual([
      'qdirect',
      'qx',
    ]);
    const items = brief().blocks.flatMap((block) => (block.kind === 'list' ? block.items : []));
    expect(items.at(-1)?.[0]).toMatchObject({ text: 'Some maritime lawyers' });
  });

  it('leaves out whole units when the budget is full, and counts them', () => {
    const many = Array.from({ length: 6 }, (_, i) =>
      reaction('rejected the plan', { speaker: { id: 100 + i, kind: 'person', name: `${'Speaker '.repeat(22)}${i}` } }),
    );
    const full = brief({ ...story, reactions: [...many, duray] });
    expect(characters(full.blocks)).toBeLessThanOrEqual(BRIEF_BUDGET.characters);
    expect(components(full.blocks)).toBeLessThanOrEqual(BRIEF_BUDGET.components);
    expect(renderTerminal(full).text).toMatch(/\d more reactions? under Who said what/);
  });

  it('shows a statement once when a post carries it nearly word for word, and credits the post with its day', () => {
    const carried = {
      ...direct,
      carriers: [
        { receipt: 'q2', label: 'x', post: { name: 'Port Hallow Now', handle: 'HallowNow', day: '2026-11-17' } },
      ],
    };
    expect(renderTerminal(brief({ ...story, quotes: [carried] }), { width: 300 }).text).toContain(
      'Nearly the same in a post by Port Hallow Now (@HallowNow), Nov 17, 2026.',
    );
  });

  it('names speakers that are not certain as such', () => {
    const { speaker: _, ...unclear } = direct;
    expect(renderTerminal(brief({ ...story, quotes: [{ ...unclear, mention: 'he' }], reactions: [] })).text).toContain(
      'Speaker unclear (the article says he)',
    );
  });

  it('shows no fragment without its speaker, and no word of the author’s own "I"', () => {
    const { speaker: _, ...unclear } = direct;
    const fragment = { ...unclear, kind: 'partial' as const, mention: 'he' };
    const authors = { ...unclear, mention: 'I' };
    const text = renderTerminal(brief({ ...story, quotes: [fragment, authors], reactions: [] })).text;
    expect(text).not.toContain('Speaker unclear');
  });

  it('does not say a quote again as a reaction', () => {
    const answer = { ...duray, kind: 'direct' as const, receipts: [direct.receipt.id] };
    const text = renderTerminal(brief({ ...story, quotes: [direct], reactions: [answer] }), { width: 200 }).text;
    expect(text).not.toContain('Reactions');
  });

  it('begins every line with a capital, but leaves handles and brands alone', () => {
    expect(displayName({ kind: 'unnamed', name: 'critics of the plan' })).toBe('Critics of the plan');
    expect(displayName({ kind: 'group', name: 'iPhone owners' })).toBe('iPhone owners');
    expect(displayName({ kind: 'person', name: 'bell hooks' })).toBe('bell hooks');
  });

  it('shortens its opening where a second statement finds no room', () => {
    const [lead] = story.key;
    const words = `${'The governor spoke of boats and of the water for a long while '.repeat(2)}on Tuesday, saying ${'that the fleet must go home before the winter comes and '.repeat(3)}soon.`;
    const long = { ...lead!, text: words };
    const reactions = Array.from({ length: 4 }, (_, i) =>
      reaction('rejected the plan, saying his country would defend its licensed crews', {
        speaker: { id: 100 + i, kind: 'person', name: `${'Speaker '.repeat(11)}${i}` },
      }),
    );
    const text = renderTerminal(brief({ ...story, key: [long], reactions }), { width: 400 }).text;
    expect(text).toContain('on Tuesday ¶');
    expect(text).toContain('a smuggling ring with nets.');
  });

  it('keeps a partial quote inside the clause of the article', () => {
    const text = renderTerminal(
      brief({
        ...story,
        reactions: [],
        quotes: [
          quote('calling the fleet “a smuggling ring with nets.”', {
            kind: 'partial',
            verbatimWords: 'a smuggling ring with nets.',
          }),
        ],
      }),
      { width: 200 },
    ).text;
    expect(text).toContain('In part: calling the fleet “a smuggling ring with nets.”');
  });

  it('shows the marks of words that are all of what was said', () => {
    const sentence =
      'Forty-one members of the state assembly wrote to Marrow on Wednesday, calling the closure “reckless” and asking her to wait.';
    const shown = (words: string, over: Partial<Quote>) => {
      const one = quote(words, {
        kind: 'partial',
        verbatimWords: words,
        sentence,
        sentenceSpan: at(sentence),
        ...over,
      });
      const blocks = [statement(one, wordsIn('en'))];
      return [...everyInline({ summary: '', blocks })].find((inline) => inline.kind === 'excerpt')?.text;
    };
    expect(shown('reckless', {})).toBe('“reckless”');
    const { receipt } = quote('reckless');
    expect(
      shown('reckless', { receipt: { ...receipt, verbatim: [at('reckless')], cue: at('calling the closure') } }),
    ).toBe('calling the closure “reckless”');
    // Half of a pair is cut off where the words are not those that were found in marks: the sentence stands whole.
    const half = at('reckless” and asking her to wait');
    expect(shown('reckless', { receipt: { ...receipt, content: half, verbatim: [] } })).toBe(sentence);
  });

  it('leaves out what only adds to a long clause, and nothing that turns its sense', () => {
    const long =
      'warned that strikes on the far side of the strait would be “reckless”, undermining the work of forty years with the neighbours across the water';
    expect(mainClause(long)).toBe('warned that strikes on the far side of the strait would be “reckless”');
    const turned = long.replace('undermining', 'leaving no doubt but undermining');
    expect(mainClause(turned)).toBe(turned);
    const spoken =
      '"It has to be gradual, so that I do not become somebody else. I am afraid of becoming somebody else. Someone who swings, as a reaction in the other direction, after I was so entrenched."';
    expect(mainClause(spoken)).toBe(spoken);
    expect(mainClause('rejected the plan, calling it wrong')).toBe('rejected the plan, calling it wrong');
  });
});

describe('the day', () => {
  it('tells those who are quoted from those of whom there are paraphrases only', () => {
    const paraphrase = quote('rejected the plan, saying his country would defend its licensed crews', {
      kind: 'indirect',
      speaker: duray.speaker,
    });
    const unnamed = quote('the order could be challenged', {
      kind: 'indirect',
      speaker: { id: 4, kind: 'unnamed', name: 'Some maritime lawyers' },
    });
    const day = composeOverview(
      coverage([{ ...story, quotes: [...story.quotes, paraphrase, unnamed] }]),
      'The day',
      wordsIn('en'),
    );
    expect(renderTerminal(day, { width: 200 }).text).toContain('Quoted: Ilse Marrow · Paraphrased: Anselm Duray\n');
  });
});
