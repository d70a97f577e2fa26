/** What a brief or a digest is made from: the right stories, each with its articles, sentences, quotes and reactions. Both engines. */
import { saysRole } from '../../analysis/lexicon/titles.ts';
import { fold, foldedWords } from '../../analysis/text/fold.ts';
import { stem } from '../../analysis/text/stem.ts';
import type {
  ArticleHead,
  Coverage,
  Excerpt,
  Quote,
  Reaction,
  Story,
  StoryCoverage,
  Tenant,
  Understanding,
} from '../../model.ts';
import { type Found, instant, type SpeakerRow } from '../rows.ts';
import { milliseconds } from '../slots.ts';
import { one, type Sql } from '../sql.ts';
import type { CoverageQuery } from '../store.ts';
import {
  type HeadRow,
  headOfRow,
  newestArticles,
  quoteColumns,
  reactionColumns,
  type Shelf,
  type StoredQuote,
  type StoredReaction,
  seenBy,
  showQuotes,
  showReactions,
  type TimeRow,
  textsOf,
  unique,
} from './articles.ts';
import { foldUtterances } from './carriers.ts';
import { speakersMeant, topicNamed } from './lookup.ts';
import { nameWords } from './names.ts';
import { ranked } from './ranked.ts';
import type { SearchEngine } from './search.ts';
import { allForms, askedFor } from './understand.ts';
import { type Match, plainWords } from './words.ts';

/** Articles of a story that are read for one brief. */
const ARTICLES_READ = 12;
const ARTICLES_LISTED = 24;
const QUOTES_GIVEN = 40;
const REACTIONS_GIVEN = 40;
const KEY_GIVEN = 8;

/** A story that was found, and what speaks for each of its articles. */
interface Candidate {
  readonly storyId: number;
  score: number;
  matched?: string;
  /** Filed under the very topic, or the very person speaks in it: no passing mention. */
  isMeant?: boolean;
  /** Best first. */
  readonly articles: { vid: number; score: number }[];
}

export async function coverage(sql: Sql, search: SearchEngine, query: CoverageQuery): Promise<Coverage> {
  const since = query.since === undefined ? undefined : milliseconds(query.since);
  const topic = query.topic?.trim();
  const { candidates, names, understood } =
    query.storyId !== undefined
      ? inFull(await storyById(sql, query.tenant, query.storyId))
      : topic
        ? await storiesOn(sql, search, query, topic, since)
        : inFull(await storiesOfPeriod(sql, query.tenant, since));
  const except = new Set(query.except);
  const wanted = Math.min(Math.max(query.stories, 1), 10);
  const stories: ChosenStory[] = [];
  let passed = 0;
  for (const candidate of candidates) {
    if (except.has(candidate.storyId)) continue;
    if (stories.length === wanted) {
      passed++;
      continue;
    }
    const story = await chosenStory(sql, query.tenant, candidate, since);
    if (story) stories.push(story);
  }
  return {
    asOf: query.now,
    ...(query.since !== undefined && { since: query.since }),
    ...(topic && { topic }),
    stories: await withVoices(sql, stories, names),
    more: passed,
    ...(understood && { understood }),
  };
}

// ---------------------------------------------------------------- which stories

interface Chosen {
  readonly candidates: readonly Candidate[];
  /** What the stories were looked for by, each name its words; empty when nothing was typed. */
  readonly names: Match;
  readonly understood?: Understanding | undefined;
}

const inFull = (candidates: readonly Candidate[]): Chosen => ({ candidates, names: [] });

/** Loaded for a story's number only. */
const moved = () => import('./moved.ts');

const storyById = async (sql: Sql, tenant: Tenant, id: number): Promise<Candidate[]> =>
  Number.isSafeInteger(id)
    ? [{ storyId: await (await moved()).storyNow(sql, tenant, id), score: 1, articles: [] }]
    : [];

const RANKED = 150;
/** An article filed under the very topic, or in which the very person speaks, is about it. */
const VERY_TOPIC = 1.8;
const VERY_SPEAKER = 1.6;

async function storiesOn(
  sql: Sql,
  search: SearchEngine,
  { tenant, now }: CoverageQuery,
  topic: string,
  since: number | undefined,
): Promise<Chosen> {
  const at = milliseconds(now);
  const { hits, words, meant, understood } = await askedFor(sql, search, {
    tenant,
    typed: topic,
    find: (match) => ranked(sql, search, { tenant, match, since, now: at, limit: RANKED }),
  });
  if (hits.length === 0) return inFull([]);
  const others = understood?.also.map(({ name }) => name) ?? [];
  const named = (await Promise.all([meant, ...others].map((name) => topicNamed(sql, tenant, name)))).flat();
  const underTopic = new Set(
    await articlesUnder(
      sql,
      named.map((row) => row.id),
    ),
  );
  const people = thoseNamed(await speakersMeant(sql, tenant, meant), meant);
  const speaking = await articlesWith(
    sql,
    people.slice(0, 8).map((row) => row.id),
  );
  const nameOf = new Map(people.map(({ id, name }) => [id, name]));
  const scored = hits.map((hit) => ({
    ...hit,
    score: hit.score * (underTopic.has(hit.vid) ? VERY_TOPIC : 1) * (speaking.has(hit.vid) ? VERY_SPEAKER : 1),
  }));
  const stories = byStory(scored);
  for (const story of stories) {
    const vids = story.articles.map(({ vid }) => vid);
    const speaker = vids.map((vid) => speaking.get(vid)).find((id) => id !== undefined);
    const isOnTopic = vids.some((vid) => underTopic.has(vid));
    story.isMeant = isOnTopic || speaker !== undefined;
    story.matched = isOnTopic ? named[0]!.label : (speaker !== undefined && nameOf.get(speaker)) || meant;
  }
  return {
    candidates: stories,
    names: [...allForms(words).map((form) => form.flatMap(plainWords)), ...others.map(plainWords)],
    understood:
      understood && asPrinted(understood, [...named.map(({ label }) => label), ...people.map(({ name }) => name)]),
  };
}

/** "Sheinbaum" rather than "sheinbaum", where a topic or a speaker is written so. */
function asPrinted(understood: Understanding, names: readonly string[]): Understanding {
  const printed = new Map(names.flatMap((name) => name.split(/\s+/)).map((word) => [fold(word), word]));
  const respelled = understood.respelled.map(({ typed, meant }) => ({
    typed,
    meant: meant
      .split(' ')
      .map((word) => printed.get(word) ?? word)
      .join(' '),
  }));
  return { ...understood, respelled };
}

/** Newest first. Each topic's end of the index is read by itself: sorting all that a common one has would grow with the corpus. */
async function articlesUnder(sql: Sql, topicIds: readonly number[]): Promise<number[]> {
  if (topicIds.length === 0) return [];
  const rows = await sql.all<{ vids: string }>(
    `SELECT (SELECT ${sql.dialect.gather('vid')} FROM (SELECT vid FROM article_topics
       WHERE topic_id = CAST(value AS bigint) ORDER BY vid DESC LIMIT ${UNDER_TOPICS}) x) AS vids FROM ${sql.dialect.each('$1')}`,
    JSON.stringify(topicIds),
  );
  const vids = new Set(rows.flatMap(({ vids }) => JSON.parse(vids) as number[]));
  return [...vids].sort((a, b) => b - a).slice(0, UNDER_TOPICS);
}
const UNDER_TOPICS = 400;

/**
 * The very speakers that were typed. A person by a name, or by an office ("mexican president"); not by what the office is
 * for ("china trade" is no trade representative). A body by all of its name: "climate" is no "Employees for Climate Justice".
 */
function thoseNamed(speakers: readonly SpeakerRow[], typed: string): readonly SpeakerRow[] {
  const words = foldedWords(typed);
  return speakers.filter(({ kind, name, aliases }) => {
    const forms = [name, ...(JSON.parse(aliases) as string[])];
    if (kind === 'person')
      return words.some(saysRole) || words.some((word) => nameWords(forms).includes(word.replace(/'s$/, '')));
    return kind !== 'unnamed' && forms.some((form) => fold(form) === fold(typed));
  });
}

/** Articles in which one of these speaks, each with the first of them that does. */
async function articlesWith(sql: Sql, speakerIds: readonly number[]): Promise<ReadonlyMap<number, number>> {
  const found = new Map<number, number>();
  for (const id of speakerIds)
    for (const verbatim of [1, 0])
      for (const { vid } of await sql.all<{ vid: number }>(
        'SELECT vid FROM quotes WHERE speaker_id = $1 AND verbatim = $2 AND live = 1 ORDER BY vid DESC, n DESC LIMIT 200',
        id,
        verbatim,
      ))
        if (!found.has(vid)) found.set(vid, id);
  return found;
}

/** A story counts as its best article and a little for every further one. */
function byStory(hits: readonly { vid: number; story_id: number; score: number }[]): Candidate[] {
  const stories = new Map<number, Candidate>();
  for (const { vid, story_id, score } of [...hits].sort((a, b) => b.score - a.score)) {
    const story = stories.get(story_id);
    if (!story) stories.set(story_id, { storyId: story_id, score, articles: [{ vid, score }] });
    else {
      story.score += score * 0.3 ** story.articles.length;
      story.articles.push({ vid, score });
    }
  }
  return [...stories.values()].sort((a, b) => b.score - a.score);
}

/** Articles that a day's news is chosen from. */
const PERIOD_ARTICLES = 1000;
/** Without a topic news is old after a day or two, seen from the newest article there is. */
const NEWS_HALF_LIFE_MS = 1.5 * 86_400_000;

/** Strongest first: outlets, articles and quotes, halved with every day and a half. */
async function storiesOfPeriod(sql: Sql, tenant: Tenant, since: number | undefined): Promise<Candidate[]> {
  const rows = await newestArticles(sql, tenant, since, PERIOD_ARTICLES);
  const newest = rows[0]?.at ?? 0;
  const stories = new Map<number, TimeRow[]>();
  for (const row of rows) stories.set(row.story_id, [...(stories.get(row.story_id) ?? []), row]);
  return [...stories]
    .map(([storyId, articles]): Candidate => {
      const outlets = new Set(articles.map(({ outlet }) => outlet)).size;
      const quotes = articles.reduce((sum, row) => sum + row.quotes, 0);
      const strength = 1 + Math.log2(outlets) + 0.5 * Math.log2(articles.length) + 0.3 * Math.log2(1 + quotes);
      const age = newest - Math.max(...articles.map(({ at }) => at));
      return {
        storyId,
        score: strength * 2 ** (-age / NEWS_HALF_LIFE_MS),
        articles: [...articles]
          .sort((a, b) => b.quotes - a.quotes || b.at - a.at)
          .map(({ vid, quotes }) => ({ vid, score: quotes })),
      };
    })
    .sort((a, b) => b.score - a.score || b.storyId - a.storyId);
}

// ---------------------------------------------------------------- one story

interface StoryArticle {
  readonly row: HeadRow;
  readonly head: ArticleHead;
  readonly found: Found;
  readonly score: number;
}

interface ChosenStory {
  readonly story: Story;
  /** Best first, few enough to read. */
  readonly read: readonly StoryArticle[];
  readonly matched: string | undefined;
  readonly isMeant: boolean;
}

async function chosenStory(
  sql: Sql,
  tenant: Tenant,
  candidate: Candidate,
  since: number | undefined,
): Promise<ChosenStory | undefined> {
  const articles = await articlesOf(sql, tenant, candidate, since);
  if (articles.length === 0) return undefined;
  const best = [...articles].sort(
    (a, b) => b.score - a.score || Number(a.head.labelIsOurs) - Number(b.head.labelIsOurs) || b.row.at - a.row.at,
  );
  return {
    story: await storyOf(sql, tenant, candidate.storyId, articles, best, since),
    read: best.slice(0, ARTICLES_READ),
    matched: candidate.matched,
    isMeant: candidate.isMeant === true,
  };
}

/** Sentences, quotes and reactions of all stories, read together. */
async function withVoices(sql: Sql, stories: readonly ChosenStory[], names: Match): Promise<readonly StoryCoverage[]> {
  const articles = stories.flatMap(({ read }) => read);
  const vids = articles.map(({ row }) => row.vid);
  const shelf: Shelf = {
    heads: new Map(articles.map(({ row, head }) => [row.vid, head])),
    texts: await textsOf(sql, vids),
  };
  const quotes = await quotesOf(sql, vids, shelf);
  const reactions = await reactionsOf(sql, vids, shelf);
  return stories.map(({ story, read, matched, isMeant }, i): StoryCoverage => {
    const there = new Set(read.map(({ head }) => head.id));
    return {
      story,
      key: keySentences(read, shelf.texts),
      quotes: inBriefOrder(quotes.filter((quote) => there.has(quote.article.id))),
      reactions: namedFirst(reactions.filter((reaction) => there.has(reaction.article.id))),
      ...(matched !== undefined && { matched }),
      // The first is the one that is told.
      ...(i === 0 && names.length > 0 && !isMeant && isInPassing(read, shelf.texts, names) && { inPassing: true }),
    };
  });
}

/** Characters of an article's text that count as its lead. */
const LEAD = 700;
/** So many mentions of each word are more than passing. */
const MENTIONS = 3;
/** The best articles of a story speak for it. */
const LOOKED_INTO = 3;

/**
 * Do the best articles of a story only name what was asked? Told of is what stands in a headline, among the topics, in a
 * lead, or several times.
 */
function isInPassing(articles: readonly StoryArticle[], texts: ReadonlyMap<number, string>, names: Match): boolean {
  const found = articles.filter(({ score }) => score > 0).slice(0, LOOKED_INTO);
  const wanted = names.map((words) => words.map(beginning));
  return (
    found.length > 0 && !found.some((one) => wanted.some((name) => tellsOf(one, texts.get(one.row.vid) ?? '', name)))
  );
}

function tellsOf({ head, found }: StoryArticle, text: string, words: readonly RegExp[]): boolean {
  const front = plainWords([head.title ?? '', ...found.topics, text.slice(0, LEAD)].join('\n')).join(' ');
  const further = words.filter((word) => front.search(word) < 0);
  if (further.length === 0) return true;
  const all = plainWords(text).join(' ');
  return further.every((word) => times(all, word, MENTIONS));
}

/** Finds, among plain words, those that begin as the stem of `word` does: "policy" and "policies". */
const beginning = (word: string): RegExp => new RegExp(`(?<!\\S)${stem(word).replace(/(?<=...)[iy]$/, '')}`, 'g');

function times(text: string, pattern: RegExp, wanted: number): boolean {
  let found = 0;
  for (const _ of text.matchAll(pattern)) if (++found === wanted) return true;
  return false;
}

/** The newest of a story, and those that made it be found. */
async function articlesOf(
  sql: Sql,
  tenant: Tenant,
  { storyId, articles }: Candidate,
  since: number | undefined,
): Promise<StoryArticle[]> {
  const columns = 'vid, story_id, at, tenant, head, found';
  const newest = await sql.all<HeadRow>(
    `SELECT ${columns} FROM versions WHERE story_id = $1 AND live = 1 AND ${seenBy('tenant', '$2')} AND at >= $3
     ORDER BY vid DESC LIMIT ${ARTICLES_LISTED}`,
    storyId,
    tenant,
    since ?? Number.MIN_SAFE_INTEGER,
  );
  const there = new Set(newest.map(({ vid }) => vid));
  const missing = articles.map(({ vid }) => vid).filter((vid) => !there.has(vid));
  const others =
    missing.length === 0
      ? []
      : await sql.all<HeadRow>(
          `SELECT ${columns} FROM versions WHERE ${sql.dialect.among('vid', '$1', 'bigint')} AND live = 1`,
          JSON.stringify(missing.slice(0, ARTICLES_READ)),
        );
  const scores = new Map(articles.map(({ vid, score }) => [vid, score]));
  return [...newest, ...others].map((row) => ({
    row,
    head: headOfRow(row),
    found: JSON.parse(row.found) as Found,
    score: scores.get(row.vid) ?? 0,
  }));
}

async function storyOf(
  sql: Sql,
  tenant: Tenant,
  id: number,
  articles: readonly StoryArticle[],
  best: readonly StoryArticle[],
  since: number | undefined,
): Promise<Story> {
  const ordered = [...articles].sort((a, b) => b.row.at - a.row.at || b.score - a.score);
  // A teaser speaks for its story only where nothing longer is there.
  const titled =
    best.find(({ head }) => !head.labelIsOurs && !head.partialText) ??
    best.find(({ head }) => !head.labelIsOurs) ??
    best[0]!;
  const first = await one<{ at: number }>(
    sql,
    `SELECT at FROM versions WHERE story_id = $1 AND live = 1 AND ${seenBy('tenant', '$2')} AND at >= $3 ORDER BY vid LIMIT 1`,
    id,
    tenant,
    since ?? Number.MIN_SAFE_INTEGER,
  );
  return {
    id,
    label: titled.head.label,
    labelIsOurs: titled.head.labelIsOurs,
    articles: ordered.map(({ head }) => head),
    firstAt: instant(Math.min(first?.at ?? Number.POSITIVE_INFINITY, ...articles.map(({ row }) => row.at))),
    latestAt: instant(ordered[0]!.row.at),
    outlets: unique(ordered.flatMap(({ head }) => head.outlet ?? [])),
    topics: storyTopics(articles),
  };
}

/** Labels that lead in most articles first. */
function storyTopics(articles: readonly StoryArticle[]): string[] {
  const worth = new Map<string, number>();
  for (const { found } of articles)
    for (const [i, label] of found.topics.entries()) worth.set(label, (worth.get(label) ?? 0) + 1 / (i + 1));
  return [...worth]
    .sort((a, b) => b[1] - a[1])
    .slice(0, 6)
    .map(([label]) => label);
}

/** The best of each article in turn, so that no article speaks alone. */
function keySentences(articles: readonly StoryArticle[], texts: ReadonlyMap<number, string>): Excerpt[] {
  const key: Excerpt[] = [];
  const said = new Set<string>();
  const whole = articles.filter(({ head }) => !head.partialText);
  for (let round = 0; round < KEY_GIVEN && key.length < KEY_GIVEN; round++)
    for (const { row, head, found } of whole.length > 0 ? whole : articles) {
      const sentence = found.key[round];
      const text = sentence && texts.get(row.vid)?.slice(...sentence.at);
      if (!sentence || !text || said.has(text) || key.length === KEY_GIVEN) continue;
      said.add(text);
      const [start, end] = sentence.at;
      key.push({ articleId: head.id, hash: head.hash, span: { start, end }, text, paragraph: sentence.paragraph });
    }
  return key;
}

// ---------------------------------------------------------------- quotes and reactions of a story

const ROWS_READ = 600;

/** In the order of `vids`, then as they stand in the article. */
async function quotesOf(sql: Sql, vids: readonly number[], shelf: Shelf): Promise<readonly Quote[]> {
  if (vids.length === 0) return [];
  const rows = await sql.all<StoredQuote>(
    `SELECT ${quoteColumns} FROM quotes WHERE ${sql.dialect.among('vid', '$1', 'bigint')} AND live = 1 ORDER BY vid DESC, n LIMIT ${ROWS_READ}`,
    JSON.stringify(vids),
  );
  return showQuotes(sql, inOrder(rows, vids), shelf);
}

async function reactionsOf(sql: Sql, vids: readonly number[], shelf: Shelf): Promise<readonly Reaction[]> {
  if (vids.length === 0) return [];
  const rows = await sql.all<StoredReaction>(
    `SELECT ${reactionColumns} FROM reactions WHERE ${sql.dialect.among('vid', '$1', 'bigint')} AND live = 1 ORDER BY vid DESC, n LIMIT ${ROWS_READ}`,
    JSON.stringify(vids),
  );
  return showReactions(sql, inOrder(rows, vids), shelf);
}

function inOrder<Row extends { vid: number; n: number }>(rows: readonly Row[], vids: readonly number[]): Row[] {
  const order = new Map(vids.map((vid, i) => [vid, i]));
  return [...rows].sort((a, b) => order.get(a.vid)! - order.get(b.vid)! || a.n - b.n);
}

/** `sort` keeps equals in place, so reading order stays within a rank. */
const inBriefOrder = (quotes: readonly Quote[]): readonly Quote[] =>
  foldUtterances([...quotes].sort((a, b) => briefOrder(a) - briefOrder(b))).slice(0, QUOTES_GIVEN);

const namedFirst = (reactions: readonly Reaction[]): readonly Reaction[] => {
  const named = (reaction: Reaction) => (reaction.speaker.kind === 'unnamed' ? 1 : 0);
  return [...reactions].sort((a, b) => named(a) - named(b)).slice(0, REACTIONS_GIVEN);
};

/**
 * Worth of a quote in a brief: whole words of named people first, then of bodies and groups, fragments, posts, words
 * of nobody in particular, paraphrases. An unnamed source never stands before a named one.
 */
export function briefOrder({ kind, medium, speaker }: Quote): number {
  const named = speaker !== undefined && speaker.kind !== 'unnamed';
  if (kind === 'indirect') return named ? 7 : 8;
  if (!named) return kind === 'direct' ? 5 : 6;
  if (medium === 'post') return 4;
  if (kind === 'partial') return speaker.kind === 'person' ? 2 : 3;
  return speaker.kind === 'person' ? 0 : 1;
}
