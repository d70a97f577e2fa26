/** The thread that reads the articles of some days and groups them anew; `regroup.ts` is its other side. */
import { parentPort, workerData } from 'node:worker_threads';
import { clusterArticles } from '../../analysis/stories/clusters.ts';
import { rarityIn, weigh } from '../../analysis/stories/likeness.ts';
import { nearestPairs, termVectors } from '../../analysis/stories/nearest.ts';
import { type Counted, compareAll, countAll, countTerms, type Member } from '../../analysis/stories/neighbours.ts';
import { readParticulars } from '../../analysis/stories/particulars.ts';
import { STORY_WINDOW_DAYS, type StorySignature, unmasked } from '../../analysis/stories/stories.ts';
import type { ArticleHead, Tenant } from '../../model.ts';
import { masksOf, type Shape, unpackSignature } from '../rows.ts';
import { PER_DAY, slotCeiling } from '../slots.ts';
import type { Sql } from '../sql.ts';
import { type Filed, GROUPED_AT_ONCE, type Plan, planMoves, type RegroupThread, type Span } from './regroup.ts';

/** What is common in the news is told by so many; where the days hold fewer, others of the owner's tell too. */
const FEWEST = 1000;
const ROWS_AT_ONCE = 200;
/** Articles of the operator that may tell the story of one of a server's. */
const OPERATORS_NEAR = 12;
/** An article says what it tells at its beginning. */
const TEXT_READ = 8000;

const { engine, address } = workerData as RegroupThread;
const port = parentPort!;
const connected = connect();
let operators: { readonly end: number; readonly articles: readonly Read[] } | undefined;
/** The newest of each owner's, as members, and what they count together: they tell what is common, for all spans. */
const newest = new Map<Tenant, { readonly articles: readonly Known[]; readonly counted: Counted }>();
/** Members of the span before: the days of two neighbouring spans overlap. */
let known = new Map<string, Member>();

port.on('message', (span: Span) => {
  plan(span).then(
    (found) => port.postMessage({ plan: found }),
    (error: unknown) => port.postMessage({ failed: error instanceof Error ? error.message : String(error) }),
  );
});

/** One connection that only reads. On PostgreSQL the lock that it holds tells other processes that somebody is at it. */
async function connect(): Promise<Sql | 'busy'> {
  if (engine === 'sqlite') return (await import('../sqlite/driver.ts')).connectSqlite(address, { queryOnly: true });
  const { postgresOptions, preferIndexes, sqlOn } = await import('../postgres.ts');
  const { default: pg } = await import('pg');
  const client = new pg.Client(postgresOptions(address));
  client.on('error', () => {}); // The question that follows fails and tells why.
  await client.connect();
  await preferIndexes(client);
  const sql = sqlOn(client);
  const [row] = await sql.all<{ free: boolean }>(
    `SELECT pg_try_advisory_lock(hashtext('pullquote regrouping ' || current_schema())) AS free`,
  );
  return row?.free ? sql : 'busy';
}

async function plan({ tenant, begin, end, changed }: Span): Promise<Plan> {
  const sql = await connected;
  if (sql === 'busy') return 'busy';
  const own = (await readArticles(sql, tenant, { begin, end })).map((read) => ({
    ...read,
    moves: changed ? isNear(read.vid, changed) : read.signature.dated,
  }));
  const articles = tenant === '' ? own : [...(await nearOperators(sql, own, { begin, end })), ...own];
  const members = articles.map(memberOf);
  known = new Map(articles.map((read, i) => [nameOf(read), members[i]!]));
  const likenesses = compareAll(
    members,
    members.length < FEWEST ? await others(sql, tenant, { begin, end }) : undefined,
  );
  return { articles: own.length, moves: planMoves(articles, clusterArticles(members, { likenesses }), tenant) };
}

/** Something came to its day or to one around it. */
const isNear = (vid: number, changed: readonly number[]): boolean =>
  changed.some((day) => vid >= day - STORY_WINDOW_DAYS * PER_DAY && vid < day + (STORY_WINDOW_DAYS + 1) * PER_DAY);

// ---------------------------------------------------------------- reading

interface Read extends Filed {
  readonly signature: StorySignature;
  /** What is read only of those that are not known. */
  readonly row: Pick<Row, 'head' | 'text' | 'shape'>;
}

interface Row {
  readonly vid: number;
  readonly article_id: string;
  readonly story_id: number;
  readonly owner: string;
  readonly terms: string;
  readonly shingles: Uint8Array;
  readonly head: string;
  readonly text: string;
  readonly shape: string;
}

const articlesBefore = `
  SELECT s.vid, s.article_id, s.story_id, o.tenant AS owner, s.terms, s.shingles, v.head,
    substr(x.text, 1, ${TEXT_READ}) AS text, x.shape
  FROM versions v JOIN signatures s ON s.vid = v.vid JOIN stories o ON o.id = s.story_id JOIN texts x ON x.vid = v.vid
  WHERE v.tenant = $1 AND v.vid >= $2 AND v.vid < $3 ORDER BY v.vid DESC LIMIT ${ROWS_AT_ONCE}`;

interface Days {
  readonly begin: number;
  readonly end: number;
}

/** The newest `most` of these days, oldest first. */
async function readArticles(sql: Sql, tenant: Tenant, { begin, end }: Days, most = GROUPED_AT_ONCE): Promise<Read[]> {
  const found: Read[] = [];
  for (let before = end; found.length < most; ) {
    const rows = await sql.all<Row>(articlesBefore, tenant, begin, before);
    found.push(...rows.map((row) => readRow(row, tenant)));
    if (rows.length < ROWS_AT_ONCE) break;
    before = rows.at(-1)!.vid;
  }
  return found.reverse();
}

interface Known {
  readonly vid: number;
  readonly member: Member;
}

/** What the newest articles of an owner outside these days count together. */
async function others(sql: Sql, tenant: Tenant, { begin, end }: Days): Promise<Counted> {
  const found = newest.get(tenant) ?? counted(await readArticles(sql, tenant, { begin: 0, end: slotCeiling }, FEWEST));
  newest.set(tenant, found);
  const isWithin = ({ vid }: Known): boolean => vid >= begin && vid < end;
  if (!found.articles.some(isWithin)) return found.counted;
  return countAll(found.articles.flatMap((one) => (isWithin(one) ? [] : [one.member])));
}

function counted(reads: readonly Read[]) {
  const articles = reads.map((read): Known => ({ vid: read.vid, member: memberOf(read) }));
  return { articles, counted: countAll(articles.map(({ member }) => member)) };
}

function readRow(row: Row, tenant: Tenant): Read {
  const { vid, article_id: id, story_id: story, owner } = row;
  const signature = known.get(nameOf({ vid, id }))?.signature ?? unpackSignature(row);
  return { vid, id, tenant, story, owner, moves: false, signature, row };
}

const nameOf = ({ vid, id }: Pick<Read, 'vid' | 'id'>): string => `${vid} ${id}`;

function memberOf(read: Read): Member {
  const before = known.get(nameOf(read));
  if (before) return before;
  const { signature, row } = read;
  const masks = masksOf(JSON.parse(row.shape) as Shape).filter((mask) => mask.end <= row.text.length);
  const { title = '' } = JSON.parse(row.head) as ArticleHead;
  return { signature, particulars: readParticulars(title, unmasked({ text: row.text, masks })) };
}

/** The operator's articles of these days that are nearest to a server's. */
async function nearOperators(sql: Sql, own: readonly Read[], days: Days): Promise<Read[]> {
  if (operators?.end !== days.end) operators = { end: days.end, articles: await readArticles(sql, '', days) };
  const there = operators.articles;
  const all = [...there, ...own];
  const signatures = all.map(({ signature }) => signature);
  const rarityOf = rarityIn(countTerms(signatures));
  const weighed = signatures.map((signature) => weigh(signature, rarityOf));
  const near = new Map<number, { readonly operators: number; readonly cosine: number }[]>();
  for (const { a, b, cosine } of nearestPairs(weighed, termVectors(weighed))) {
    const [theirs, ours] = a < b ? [a, b] : [b, a];
    if (theirs >= there.length || ours < there.length) continue;
    near.set(ours, [...(near.get(ours) ?? []), { operators: theirs, cosine }]);
  }
  const chosen = new Set(
    [...near.values()].flatMap((list) =>
      list
        .sort((x, y) => y.cosine - x.cosine)
        .slice(0, OPERATORS_NEAR)
        .map((one) => one.operators),
    ),
  );
  return there.filter((_, i) => chosen.has(i));
}
