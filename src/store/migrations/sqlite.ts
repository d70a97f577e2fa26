import type { DatabaseSync } from 'node:sqlite';
import { storyMarks } from '../sqlite/stories.ts';
import { storyKeys } from '../stories/story-index.ts';

/** Statements, or statements and what fills the new tables from the old ones, all in one transaction. */
export type SqliteStep = string | { readonly sql: string; fill(connection: DatabaseSync): void };

/**
 * The SQLite schema, step by step: step n takes a file from `user_version` n to n + 1. A step is never edited once released.
 *
 * `vid` numbers one version of one article and rises with the article's own day (see `slots.ts`), so "newest first" is
 * the order of the primary key everywhere and no index on a date is needed. Rows of superseded versions stay for receipts with `live = 0`.
 */
export const sqliteMigrations: readonly SqliteStep[] = [
  `
CREATE TABLE articles (
  id TEXT PRIMARY KEY,
  tenant TEXT NOT NULL,
  vid INTEGER                      -- newest version; NULL: withdrawn
) WITHOUT ROWID;
CREATE INDEX articles_by_tenant ON articles (tenant, id) WHERE tenant <> '';

CREATE TABLE versions (
  vid INTEGER PRIMARY KEY,
  article_id TEXT NOT NULL,
  hash TEXT NOT NULL,
  tenant TEXT NOT NULL,
  live INTEGER NOT NULL,
  at INTEGER NOT NULL,             -- milliseconds: the stated date, else when it was first read
  read_at INTEGER NOT NULL,
  story_id INTEGER NOT NULL,
  engine TEXT NOT NULL,
  head TEXT NOT NULL,              -- ArticleHead as JSON
  found TEXT NOT NULL              -- topics and key sentences as JSON
);
CREATE UNIQUE INDEX versions_by_hash ON versions (article_id, hash);
CREATE INDEX versions_by_tenant ON versions (tenant, vid);
CREATE INDEX versions_by_story ON versions (story_id, vid) WHERE live = 1;

-- What ranking needs of a live version, slim so that a thousand of them are a few pages.
CREATE TABLE times (
  vid INTEGER PRIMARY KEY,
  tenant TEXT NOT NULL,
  at INTEGER NOT NULL,
  story_id INTEGER NOT NULL,
  outlet TEXT NOT NULL,
  quotes INTEGER NOT NULL
);
CREATE INDEX times_by_tenant ON times (tenant, vid);

CREATE TABLE texts (
  vid INTEGER PRIMARY KEY,
  text TEXT NOT NULL,
  shape TEXT NOT NULL,             -- paragraphs, masks, posts as JSON
  original BLOB                    -- deflated; NULL: the bytes are the text in UTF-8
);

-- Full text without content: one table for the operator's articles, one for those of servers and workspaces.
CREATE VIRTUAL TABLE search USING fts5(title, body, topics, speakers, ids,
  content='', contentless_delete=1, tokenize='porter unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE search_own USING fts5(title, body, topics, speakers, ids, scope,
  content='', contentless_delete=1, tokenize='porter unicode61 remove_diacritics 2');
-- Merging a little at every write keeps the longest commit at half of what the default gives.
INSERT INTO search (search, rank) VALUES ('automerge', 8);
INSERT INTO search_own (search_own, rank) VALUES ('automerge', 8);

CREATE TABLE stories (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  tenant TEXT NOT NULL,
  articles INTEGER NOT NULL
);
CREATE TABLE signatures (
  vid INTEGER PRIMARY KEY,
  article_id TEXT NOT NULL,
  story_id INTEGER NOT NULL,
  counted INTEGER NOT NULL,        -- how often its terms are in the counts: 0, 1 or the sample's weight
  terms TEXT NOT NULL,
  shingles BLOB NOT NULL
);
CREATE TABLE story_keys (
  tenant TEXT NOT NULL,
  key TEXT NOT NULL,
  vid INTEGER NOT NULL,
  PRIMARY KEY (tenant, key, vid)
) WITHOUT ROWID;
CREATE TABLE terms (
  tenant TEXT NOT NULL,
  term TEXT NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (tenant, term)
) WITHOUT ROWID;

CREATE TABLE speakers (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  tenant TEXT NOT NULL,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  role TEXT,
  aliases TEXT NOT NULL,
  handle TEXT,
  gazetteer TEXT,
  quotes INTEGER NOT NULL,
  paraphrases INTEGER NOT NULL,
  seen INTEGER NOT NULL
);
CREATE TABLE speaker_keys (
  tenant TEXT NOT NULL,
  key TEXT NOT NULL,
  speaker_id INTEGER NOT NULL,
  PRIMARY KEY (tenant, key, speaker_id)
) WITHOUT ROWID;
CREATE INDEX speaker_keys_by_speaker ON speaker_keys (speaker_id);

CREATE TABLE quotes (
  vid INTEGER NOT NULL,
  n INTEGER NOT NULL,
  receipt TEXT NOT NULL,
  verbatim INTEGER NOT NULL,       -- 1: direct or partial
  speaker_id INTEGER,
  live INTEGER NOT NULL,
  data TEXT NOT NULL,
  PRIMARY KEY (vid, n)
) WITHOUT ROWID;
CREATE INDEX quotes_by_receipt ON quotes (receipt);
CREATE INDEX quotes_by_speaker ON quotes (speaker_id, verbatim, vid, n) WHERE live = 1;

CREATE TABLE reactions (
  vid INTEGER NOT NULL,
  n INTEGER NOT NULL,
  speaker_id INTEGER NOT NULL,
  stance TEXT NOT NULL,
  live INTEGER NOT NULL,
  data TEXT NOT NULL,
  PRIMARY KEY (vid, n)
) WITHOUT ROWID;
CREATE INDEX reactions_by_speaker ON reactions (speaker_id, vid, n) WHERE live = 1;

CREATE TABLE topics (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  tenant TEXT NOT NULL,
  key TEXT NOT NULL,
  label TEXT NOT NULL,
  articles INTEGER NOT NULL,
  latest_at INTEGER NOT NULL
);
CREATE UNIQUE INDEX topics_by_key ON topics (tenant, key);
CREATE TABLE article_topics (
  vid INTEGER NOT NULL,
  topic_id INTEGER NOT NULL,
  PRIMARY KEY (vid, topic_id)
) WITHOUT ROWID;
CREATE INDEX article_topics_by_topic ON article_topics (topic_id, vid);

-- Every word of every name, and its first one, two and three letters, heaviest first: completion reads one range.
CREATE TABLE name_words (
  space TEXT NOT NULL,             -- 's' speakers, 't' topics
  tenant TEXT NOT NULL,
  word TEXT NOT NULL,
  weight INTEGER NOT NULL,
  id INTEGER NOT NULL,
  PRIMARY KEY (space, tenant, word, weight, id)
) WITHOUT ROWID;

CREATE TABLE outlets (
  tenant TEXT NOT NULL,
  outlet TEXT NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (tenant, outlet)
) WITHOUT ROWID;
CREATE TABLE totals (
  tenant TEXT NOT NULL,
  what TEXT NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (tenant, what)
) WITHOUT ROWID;

CREATE TABLE briefings (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  tenant TEXT NOT NULL,
  platform TEXT NOT NULL,
  channel TEXT NOT NULL,
  state TEXT NOT NULL,
  settled_to INTEGER NOT NULL,
  next_at INTEGER NOT NULL,        -- 0: at once
  data TEXT NOT NULL
);
CREATE INDEX briefings_due ON briefings (platform, next_at, id) WHERE state = 'active';
CREATE INDEX briefings_by_channel ON briefings (platform, channel);
CREATE INDEX briefings_by_tenant ON briefings (tenant);
CREATE TABLE deliveries (
  key TEXT PRIMARY KEY,
  briefing_id INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  state TEXT NOT NULL,
  claimed_by TEXT NOT NULL,
  claimed_at INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  settled_at INTEGER,
  outcome TEXT
) WITHOUT ROWID;
CREATE INDEX deliveries_by_briefing ON deliveries (briefing_id, due_at);
CREATE INDEX deliveries_settled ON deliveries (settled_at) WHERE settled_at IS NOT NULL;
CREATE INDEX deliveries_open ON deliveries (claimed_at) WHERE state = 'claimed';
CREATE TABLE pages (
  delivery_key TEXT NOT NULL,
  n INTEGER NOT NULL,
  state TEXT NOT NULL,
  message_id TEXT,
  PRIMARY KEY (delivery_key, n)
) WITHOUT ROWID;
CREATE TABLE shown (
  platform TEXT NOT NULL,
  channel TEXT NOT NULL,
  story_id INTEGER NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (platform, channel, story_id)
) WITHOUT ROWID;
CREATE INDEX shown_by_time ON shown (platform, channel, at);
CREATE INDEX shown_at ON shown (at);

CREATE TABLE sources (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  tenant TEXT NOT NULL,
  kind TEXT NOT NULL,
  address TEXT NOT NULL,
  title TEXT,
  added_by TEXT NOT NULL,
  added_at INTEGER NOT NULL,
  state TEXT NOT NULL,
  reason TEXT,
  failures INTEGER NOT NULL,
  checked_at INTEGER,
  next_at INTEGER,
  memo TEXT
);
CREATE UNIQUE INDEX sources_by_address ON sources (tenant, address);
CREATE TABLE origins (
  tenant TEXT NOT NULL,
  origin TEXT NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (tenant, origin)
) WITHOUT ROWID;
CREATE TABLE problems (
  tenant TEXT NOT NULL,
  origin TEXT NOT NULL,
  reason TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (tenant, origin)
) WITHOUT ROWID;
CREATE INDEX problems_by_origin ON problems (origin);
CREATE INDEX problems_by_time ON problems (tenant, at);
CREATE TABLE installations (
  tenant TEXT PRIMARY KEY,
  data TEXT NOT NULL
) WITHOUT ROWID;
`,
  `
-- What readers reported as wrong. Nothing says who reported it.
CREATE TABLE reports (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  tenant TEXT NOT NULL,
  about TEXT NOT NULL,             -- a receipt, or '#' and a story's number
  wrong TEXT NOT NULL,
  note TEXT NOT NULL,              -- '' for none
  times INTEGER NOT NULL,
  first_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL
);
CREATE UNIQUE INDEX reports_by_subject ON reports (tenant, about, wrong, note);
CREATE INDEX reports_by_time ON reports (last_at);
`,
  // How a version was read: what its source says beside the text, and the file it stands in (NULL: a feed or a page).
  `
ALTER TABLE versions ADD COLUMN digest TEXT;
ALTER TABLE versions ADD COLUMN file TEXT;
CREATE INDEX versions_by_file ON versions (file) WHERE live = 1 AND file IS NOT NULL;
`,
  `
CREATE INDEX sources_due ON sources (coalesce(next_at, 0)) WHERE kind <> 'path' AND state <> 'paused';
`,
  `
-- An undated article counts by when it was first read; that says little about how new its news is.
ALTER TABLE times ADD COLUMN undated INTEGER NOT NULL DEFAULT 0;
UPDATE times SET undated = 1 WHERE vid IN
  (SELECT vid FROM versions WHERE live = 1 AND json_extract(head, '$.date.state') <> 'stated');
`,
  `
-- What was posted in the last days, and which version of which article it shows; '' for one that was withdrawn.
CREATE TABLE postings (
  delivery_key TEXT PRIMARY KEY,
  at INTEGER NOT NULL,
  document BLOB NOT NULL,          -- deflated JSON
  corrected TEXT NOT NULL,         -- what was taken out of it since; '' for nothing
  claimed_by TEXT,
  claimed_at INTEGER
);
CREATE INDEX postings_by_time ON postings (at);
CREATE TABLE posting_articles (
  article_id TEXT NOT NULL,
  delivery_key TEXT NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (article_id, delivery_key)
) WITHOUT ROWID;
CREATE INDEX posting_articles_by_key ON posting_articles (delivery_key);
`,
  {
    // What an article's story is found by, day by day (see `sqlite/stories.ts`): before, every key was a row on a page of
    // its own, 24 pages an article in a large store.
    sql: `
CREATE TABLE story_marks (
  slot INTEGER NOT NULL,           -- day or region, and 32 bits of the key's hash
  n INTEGER NOT NULL,              -- which article, in that day or region
  PRIMARY KEY (slot, n)
) WITHOUT ROWID;
DROP TABLE story_keys;
`,
    fill: markStories,
  },
  `
-- Two names that an article gives for one thing. Kept as met; how far articles bear it out is asked when it matters (aliases.ts).
CREATE TABLE aliases (
  tenant TEXT NOT NULL,
  key TEXT NOT NULL,
  label TEXT NOT NULL,
  other TEXT NOT NULL,
  other_label TEXT NOT NULL,
  how TEXT NOT NULL,
  PRIMARY KEY (tenant, key, other)
) WITHOUT ROWID;
`,
  `
-- Where the articles of a story went when stories were grouped anew (story-moves.ts).
CREATE TABLE story_moves (
  from_id INTEGER NOT NULL,
  to_id INTEGER NOT NULL,
  at INTEGER NOT NULL,
  n INTEGER NOT NULL,              -- articles
  upto INTEGER,                    -- who saw the old story has seen what is not newer; NULL: all of it, it has ended
  most INTEGER NOT NULL,           -- 1: the new story is mainly these articles
  PRIMARY KEY (from_id, to_id)
) WITHOUT ROWID;
ALTER TABLE shown ADD COLUMN first_at INTEGER;
`,
];

/** About a tenth of a millisecond an article, in order of their days. */
function markStories(connection: DatabaseSync): void {
  const articles = connection.prepare(
    'SELECT s.vid, t.tenant, s.terms, s.shingles FROM signatures s JOIN times t ON t.vid = s.vid ORDER BY s.vid',
  );
  const put = connection.prepare('INSERT INTO story_marks (slot, n) VALUES (?, ?)');
  for (const row of articles.iterate()) {
    const { vid, tenant, terms, shingles } = row as unknown as StoredSignature;
    for (const [slot, n] of storyMarks(vid, storyKeys(tenant, terms, shingles))) put.run(slot, n);
  }
}

interface StoredSignature {
  readonly vid: number;
  readonly tenant: string;
  readonly terms: string;
  readonly shingles: Uint8Array;
}
