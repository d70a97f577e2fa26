/** How much there is, for each tenant: articles, quotes, stories, speakers, outlets. */

import type { Sql, Value } from '../sql.ts';
import { type Counts, openCounts } from './counts.ts';
import type { ArticleFacts } from './prepare.ts';

/** The counters that an article changes, held back until `flush`. */
export interface Totals {
  readonly counts: Counts;
  /** An article enters (1) or leaves (-1). */
  article(tenant: string, storyId: number, facts: ArticleFacts, by: 1 | -1): void;
  /** An article goes from one story to another. */
  move(from: number, to: number, owner: string): void;
  flush(sql: Sql): Promise<void>;
  forget(): void;
}

export function openTotals(): Totals {
  const counts = openCounts('totals', 'what');
  const outlets = openCounts('outlets', 'outlet');
  const origins = openCounts('origins', 'origin');
  const stories = new Map<number, { readonly tenant: string; n: number }>();

  /**
   * A story begins with its first article, whose tenant it belongs to, and is one while it has articles. Rows are changed
   * in order of id, as all writers do.
   */
  async function flushStories(sql: Sql): Promise<void> {
    const changes = [...stories].filter(([, { n }]) => n !== 0).sort((a, b) => a[0] - b[0]);
    stories.clear();
    if (changes.length === 0) return;
    const rows = await sql.insert<{ articles: number; tenant: string }>(
      'stories (id, tenant, articles)',
      changes.map(([id, { tenant, n }]): Value[] => [id, tenant, n]),
      'ON CONFLICT (id) DO UPDATE SET articles = stories.articles + excluded.articles RETURNING articles, tenant',
    );
    for (const [i, { articles, tenant }] of rows.entries())
      counts.add(tenant, 'stories', edge(articles - changes[i]![1].n, articles));
  }

  function addTo(storyId: number, tenant: string, n: number): void {
    const story = stories.get(storyId) ?? { tenant, n: 0 };
    stories.set(storyId, story);
    story.n += n;
  }

  return {
    counts,
    move(from, to, owner) {
      addTo(from, owner, -1);
      addTo(to, owner, 1);
    },
    article(tenant, storyId, { outlet, origin, undated, quotes, paraphrases }, by) {
      addTo(storyId, tenant, by);
      if (outlet !== '') outlets.add(tenant, outlet, by);
      origins.add(tenant, origin, by);
      counts.add(tenant, 'articles', by);
      if (undated) counts.add(tenant, 'undated', by);
      if (quotes > 0) counts.add(tenant, 'quotes', by * quotes);
      if (paraphrases > 0) counts.add(tenant, 'paraphrases', by * paraphrases);
    },
    /** Last of all in a transaction: every writer wants these rows. */
    async flush(sql) {
      await flushStories(sql);
      for (const { tenant, was, now } of await outlets.flushTelling(sql)) counts.add(tenant, 'outlets', edge(was, now));
      await origins.flush(sql);
      await counts.flush(sql);
    },
    forget() {
      counts.forget();
      outlets.forget();
      origins.forget();
      stories.clear();
    },
  };
}

/** 1 when something came to be, -1 when it is no more. */
export const edge = (was: number, now: number): -1 | 0 | 1 => (was <= 0 === now <= 0 ? 0 : now > 0 ? 1 : -1);
