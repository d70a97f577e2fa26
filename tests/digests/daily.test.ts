import { describe, expect, it } from 'vitest';
import { composeDaily } from '../../digests/daily.ts';
import type { Briefing, StoryCoverage } from '../../src/model.ts';
import { renderTerminal } from '../../src/platforms/terminal/render.ts';
import { coverage, story } from '../support/coverage.ts';

const briefing: Briefing = {
  id: 7,
  tenant: '',
  platform: 'terminal',
  channel: 'c',
  owner: 'u',
  kind: 'daily',
  times: 'daily 08:00',
  zone: 'Europe/Prague',
  catchUp: 'late',
  onlyNew: false,
  threads: true,
  locale: 'en',
  state: 'active',
  createdAt: '2026-11-20T08:00:00.000Z',
  settledTo: '2026-11-20T07:00:00.000Z',
};
const dueAt = '2026-11-23T07:00:00.000Z';
const now = new Date('2026-11-23T07:00:02Z');
const other: StoryCoverage = {
  ...story,
  story: { ...story.story, id: 8, label: 'Hallow ferry audit', latestAt: '2026-11-10T00:00:00.000Z' },
  quotes: [],
  reactions: [],
};
const daily = (stories: readonly StoryCoverage[], over: Partial<Parameters<typeof composeDaily>[0]> = {}) =>
  composeDaily({
    briefing,
    coverage: coverage(stories, { since: '2026-11-20T07:00:00.000Z' }),
    shown: new Map(),
    dueAt,
    now,
    ...over,
  });
const asText = (edition: ReturnType<typeof daily>) => {
  const { thread: _, ...head } = edition.document;
  return renderTerminal(head, { width: 200 }).text;
};

describe('a daily digest', () => {
  it('tells new stories with one quote each, unchanged ones in a line', () => {
    const edition = daily([story, other], { shown: new Map([[8, '2026-11-20T07:00:00.000Z']]) });
    expect(edition.storiesShown).toEqual([7]);
    expect(asText(edition)).toMatchInlineSnapshot(`
      "Briefing · Mon, 23 Nov 2026

      08:00 Europe/Prague · 1 story, 1 unchanged · since Fri, 20 Nov 2026 08:00

      1. Fiction · Tarn Strait closure (label by the bot)

      Governor Ilse Marrow said Tuesday she will close the Tarn Strait to foreign fishing boats from Dec. 1, calling the fleet “a smuggling ring with nets.” ¶1

      Ilse Marrow, governor · in Port Hallow
        > “We are not asking permission to protect our own water” ¶2
          [1] In context

      Reactions: Anselm Duray (against, paraphrase); Forty-one members of the state assembly (against, letter, in part); Some maritime lawyers (concerned, unnamed · paraphrase) · Source: strait.txt · date
      not stated; latest date in the text: Nov 17, 2026

      ────────────────────────────────────────────────────────────
      2. Fiction · Hallow ferry audit — no change since Fri, 20 Nov 2026.

      Full brief of a story:
        [2] Tarn Strait closure

      no AI-written text

      [3] Quotes   [4] Reactions   [5] Report an error"
    `);
  });

  it('posts one line on an empty day, so that silence means failure', () => {
    const edition = daily([]);
    expect(edition.empty).toBe(true);
    expect(asText(edition)).toContain('Nothing new since Fri, 20 Nov 2026 08:00.');
  });

  it('tells a story again when it has grown since it was shown', () => {
    const grown = { ...story, story: { ...story.story, latestAt: '2026-11-22T10:00:00.000Z' } };
    expect(daily([grown], { shown: new Map([[7, '2026-11-20T07:00:00.000Z']]) }).storiesShown).toEqual([7]);
    expect(daily([story], { shown: new Map([[7, '2026-11-20T07:00:00.000Z']]) }).storiesShown).toEqual([]);
  });

  it('leaves seen stories out altogether when the briefing wants only new ones', () => {
    const edition = daily([story], {
      briefing: { ...briefing, onlyNew: true },
      shown: new Map([[7, '2026-11-20T07:00:00.000Z']]),
    });
    expect(asText(edition)).toContain('Nothing new');
    expect(asText(edition)).not.toContain('Tarn Strait');
  });

  it('says when it is late, and puts the full brief in the thread only where the channel wants threads', () => {
    expect(asText(daily([story], { banner: 'due 08:00, sent 09:12: the bot was offline', late: true }))).toContain(
      'due 08:00, sent 09:12: the bot was offline',
    );
    expect(daily([story]).document.thread?.summary).toContain('Tarn Strait closure');
    expect(daily([story], { briefing: { ...briefing, threads: false } }).document.thread).toBeUndefined();
  });

  it('shows at most five stories and counts the rest', () => {
    const many = Array.from({ length: 8 }, (_, i) => ({ ...story, story: { ...story.story, id: 20 + i } }));
    const edition = daily(many);
    expect(edition.storiesShown).toHaveLength(5);
    expect(asText(edition)).toContain('3 more stories under /brief');
    const onlyNew = daily(many, {
      briefing: { ...briefing, onlyNew: true },
      shown: new Map([[20, '2026-11-20T07:00:00.000Z']]),
    });
    expect(asText(onlyNew)).toContain('2 more stories under /brief');
  });
});
