/** What articles are about: each topic once, with how many articles have it. */
import { bucket, nameKeys, syncNameKeys } from '../asking/names.ts';
import type { Sql, Value } from '../sql.ts';

/** Topics of the articles of one transaction, held back until `flush`: many articles share them. */
export interface TopicsHeld {
  add(tenant: string, vid: number, at: number, topics: readonly (readonly [key: string, label: string])[]): void;
  flush(sql: Sql): Promise<void>;
  forget(): void;
}

interface HeldTopic {
  readonly tenant: string;
  readonly key: string;
  readonly label: string;
  latestAt: number;
  readonly vids: number[];
}

export function openTopics(): TopicsHeld {
  const held = new Map<string, HeldTopic>();
  return {
    add(tenant, vid, at, topics) {
      for (const [key, label] of topics) {
        const name = `${tenant}\n${key}`;
        const topic = held.get(name) ?? { tenant, key, label, latestAt: at, vids: [] };
        topic.latestAt = Math.max(topic.latestAt, at);
        topic.vids.push(vid);
        held.set(name, topic);
      }
    },
    async flush(sql) {
      // In one order for all writers, so that two cannot wait for each other.
      const topics = [...held].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, topic]) => topic);
      held.clear();
      if (topics.length > 0) await put(sql, topics);
    },
    forget: () => held.clear(),
  };
}

async function put(sql: Sql, topics: readonly HeldTopic[]): Promise<void> {
  const rows = await sql.insert<{ id: number; label: string; articles: number }>(
    'topics (tenant, key, label, articles, latest_at)',
    topics.map(({ tenant, key, label, vids, latestAt }): Value[] => [tenant, key, label, vids.length, latestAt]),
    `ON CONFLICT (tenant, key) DO UPDATE SET articles = topics.articles + excluded.articles,
       latest_at = CASE WHEN excluded.latest_at > topics.latest_at THEN excluded.latest_at ELSE topics.latest_at END
     RETURNING id, label, articles`,
  );
  await sql.insert(
    'article_topics (vid, topic_id)',
    rows
      .flatMap(({ id }, i) => topics[i]!.vids.map((vid): [number, number] => [vid, id]))
      .sort((a, b) => a[0] - b[0] || a[1] - b[1]),
    'ON CONFLICT DO NOTHING',
  );
  await syncTopicKeys(
    sql,
    rows.map(({ id, label, articles }, i) => {
      const { tenant, vids } = topics[i]!;
      return { tenant, id, label, was: articles - vids.length, now: articles };
    }),
  );
}

/** Takes a version out of its topics. */
export async function dropTopics(sql: Sql, tenant: string, vid: number): Promise<void> {
  const topics = await sql.all<{ id: number; label: string; articles: number }>(
    `UPDATE topics SET articles = articles - 1 WHERE id IN (SELECT topic_id FROM article_topics WHERE vid = $1)
     RETURNING id, label, articles`,
    vid,
  );
  await sql.all('DELETE FROM article_topics WHERE vid = $1', vid);
  await syncTopicKeys(
    sql,
    topics.map(({ id, label, articles }) => ({ tenant, id, label, was: articles + 1, now: articles })),
  );
}

interface TopicCounted {
  readonly tenant: string;
  readonly id: number;
  readonly label: string;
  readonly was: number;
  readonly now: number;
}

async function syncTopicKeys(sql: Sql, topics: readonly TopicCounted[]): Promise<void> {
  const moved = topics.filter(({ was, now }) => was <= 0 || now <= 0 || bucket(was) !== bucket(now));
  const entries = (label: string, count: number) =>
    count > 0 ? { keys: nameKeys('topic', [label], bucket(count)), weight: bucket(count) } : undefined;
  await syncNameKeys(
    sql,
    't',
    moved.map(({ tenant, id, label, was, now }) => ({
      tenant,
      id,
      before: entries(label, was),
      after: entries(label, now),
    })),
  );
}
