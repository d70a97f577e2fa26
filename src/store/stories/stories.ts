/** Which story a new article belongs to: candidates looked up by what they share with it, compared by their signatures. */
import type { Comparable } from '../../analysis/stories/comparable.ts';
import { chooseStory, type StoryCandidate } from '../../analysis/stories/joining.ts';
import { heavyTerms, type PackedSignature } from '../rows.ts';
import { type Counts, openCounts } from '../saving/counts.ts';
import type { PreparedArticle } from '../saving/prepare.ts';
import type { Totals } from '../saving/totals.ts';
import { one, type Sql, type Value } from '../sql.ts';
import { type StoryIndex, type StoryKeys, storyKeys } from './story-index.ts';
import { unpackComparable } from './unpack.ts';

/** What finding stories remembers and holds back. */
export interface StoriesMet {
  readonly index: StoryIndex;
  /** How many articles hold a term. */
  readonly terms: Counts;
  /** Articles met as candidates or saved lately, by version; those of the batch at hand all of them. */
  readonly candidates: Map<number, StoryCandidate>;
  /** Drops the candidates that were met longest ago. */
  trim(): void;
  forget(): void;
}

export function openStories(index: StoryIndex): StoriesMet {
  const terms = openCounts('terms', 'term');
  const candidates = new Map<number, StoryCandidate>();
  return {
    index,
    terms,
    candidates,
    trim() {
      const tooMany = candidates.size - RECENT_KEPT;
      for (const vid of [...candidates.keys()].slice(0, Math.max(tooMany, 0))) candidates.delete(vid);
    },
    forget() {
      index.forget();
      terms.forget();
      candidates.clear();
    },
  };
}

const CANDIDATES = 24;
/** Two keys that ten articles have, or one that hardly any has. Less is chance: on the development clusters the stories stay the same. */
const SHARED_ENOUGH = 0.6;

// ---------------------------------------------------------------- finding

/** The story an article belongs to, if there is one already. */
export async function findStory(
  sql: Sql,
  met: StoriesMet,
  totals: Totals,
  article: Pick<PreparedArticle, 'tenant' | 'signature'>,
): Promise<number | undefined> {
  const { tenant } = article;
  const { signature, keys, counted } = readied(article);
  const { articles, undated } = await seenBy(sql, totals, tenant);
  const vids = await nearest(sql, met, keys, undated > 0);
  const candidates = await candidatesAt(sql, met, vids);
  if (candidates.length === 0) return undefined;
  const found = await met.terms.read(sql, tenant, counted);
  const withTerm = counted.map((term) => found.get(term));
  return chooseStory(signature, candidates, { articles: inSteps(articles), withTerm })?.storyId;
}

/** Seven binary digits say how large a corpus is: what is made of it for one article is then true for those that follow. */
function inSteps(articles: number): number {
  const step = 2 ** Math.max(Math.floor(Math.log2(articles + 1)) - 6, 0);
  return Math.floor(articles / step) * step;
}

/** Asks at once what `findStory` will ask for these articles one by one. */
export async function expectStories(
  sql: Sql,
  met: StoriesMet,
  totals: Totals,
  articles: readonly Pick<PreparedArticle, 'tenant' | 'signature'>[],
): Promise<void> {
  const vids = new Set<number>();
  for (const [tenant, some] of Map.groupBy(articles, (article) => article.tenant)) {
    const ready = some.map(readied);
    const undated = (await seenBy(sql, totals, tenant)).undated > 0;
    await met.index.expect(
      sql,
      ready.map(({ keys }) => ({ keys, undated })),
    );
    await met.terms.read(sql, tenant, [...new Set(ready.flatMap(({ counted }) => counted))]);
    // Where a question is a round trip, looking twice is cheaper than asking twice.
    if (sql.dialect.engine === 'postgres')
      for (const { keys } of ready) for (const vid of await nearest(sql, met, keys, undated)) vids.add(vid);
  }
  await candidatesAt(sql, met, [...vids]);
}

/** How many articles a tenant's readers see. */
async function seenBy(sql: Sql, { counts }: Totals, tenant: string): Promise<{ articles: number; undated: number }> {
  let articles = 0;
  let undated = 0;
  for (const owner of new Set(['', tenant])) {
    const found = await counts.read(sql, owner, ['articles', 'undated']);
    articles += found.get('articles') ?? 0;
    undated += found.get('undated') ?? 0;
  }
  return { articles, undated };
}

/** The articles that share most with this one: bounded, whatever the corpus holds. */
async function nearest(sql: Sql, met: StoriesMet, keys: StoryKeys, undated: boolean): Promise<number[]> {
  const shared = new Map<number, number>();
  for (const { vids, worth } of await met.index.find(sql, keys, undated)) {
    // A key that few articles have tells more than one that many have.
    for (const vid of vids) shared.set(vid, (shared.get(vid) ?? 0) + worth / Math.sqrt(vids.length));
  }
  const enough: number[] = [];
  for (const vid of shared.keys()) if (shared.get(vid)! >= SHARED_ENOUGH) enough.push(vid);
  return enough.sort((a, b) => shared.get(b)! - shared.get(a)! || b - a).slice(0, CANDIDATES);
}

// ---------------------------------------------------------------- signatures

/** An article that is being saved, as its story is looked for. */
interface Readied {
  readonly signature: Comparable;
  readonly keys: StoryKeys;
  /** Its heaviest terms, which are counted. The light ones behind them are weighed by the news at large. */
  readonly counted: readonly string[];
}
const ofSaved = new WeakMap<PackedSignature, Readied>();

function readied({ tenant, signature: packed }: Pick<PreparedArticle, 'tenant' | 'signature'>): Readied {
  const known = ofSaved.get(packed);
  if (known) return known;
  const ready = {
    signature: unpackComparable(packed),
    keys: storyKeys(tenant, packed.terms, packed.shingles),
    counted: countedTerms(packed),
  };
  ofSaved.set(packed, ready);
  return ready;
}

/** Signatures met lately, by version: they stay what they are, whatever story another process moves the article to. */
const recent = new Map<number, Pick<StoryCandidate, 'articleId' | 'signature'>>();
const RECENT_KEPT = 2000;

interface SignatureRow {
  readonly vid: number;
  readonly article_id: string;
  readonly story_id: number;
  readonly counted: number;
  readonly terms: string;
  readonly shingles: Uint8Array;
}

async function candidatesAt(sql: Sql, met: StoriesMet, vids: readonly number[]): Promise<StoryCandidate[]> {
  if (vids.length === 0) return [];
  const unknown: number[] = [];
  for (const vid of vids) {
    const known = met.candidates.get(vid);
    if (!known) {
      unknown.push(vid);
      continue;
    }
    // The one used last stands last: undated articles are met again and again, whatever the day.
    met.candidates.delete(vid);
    met.candidates.set(vid, known);
  }
  if (unknown.length > 0) await readCandidates(sql, met, unknown);
  // In the order of the table, so that the same articles give the same story whatever is remembered.
  return [...vids].sort((a, b) => a - b).flatMap((vid) => met.candidates.get(vid) ?? []);
}

async function readCandidates(sql: Sql, met: StoriesMet, vids: readonly number[]): Promise<void> {
  const among = sql.dialect.among('vid', '$1', 'bigint');
  const missing = vids.filter((vid) => !recent.has(vid));
  const known = vids.filter((vid) => recent.has(vid));
  if (known.length > 0)
    for (const row of await sql.all<Pick<SignatureRow, 'vid' | 'article_id' | 'story_id'>>(
      `SELECT vid, article_id, story_id FROM signatures WHERE ${among}`,
      JSON.stringify(known),
    )) {
      const { articleId, signature } = recent.get(row.vid)!;
      if (articleId === row.article_id) met.candidates.set(row.vid, { articleId, storyId: row.story_id, signature });
      // The number is another article's by now.
      else missing.push(row.vid);
    }
  if (missing.length > 0)
    for (const row of await sql.all<SignatureRow>(
      `SELECT vid, article_id, story_id, terms, shingles FROM signatures WHERE ${among}`,
      JSON.stringify(missing),
    ))
      meet(met, row.vid, { articleId: row.article_id, storyId: row.story_id, signature: unpackComparable(row) });
}

function meet(met: StoriesMet, vid: number, candidate: StoryCandidate): void {
  met.candidates.set(vid, candidate);
  if (recent.size >= RECENT_KEPT) recent.delete(recent.keys().next().value as number);
  recent.set(vid, candidate);
}

// ---------------------------------------------------------------- in and out

/** Makes an article findable for those that come after it; gives the row that remembers it. */
export async function putSignature(
  sql: Sql,
  met: StoriesMet,
  totals: Totals,
  article: PreparedArticle,
  { vid, storyId }: { readonly vid: number; readonly storyId: number },
): Promise<readonly Value[]> {
  const { id, tenant } = article;
  const { signature, keys, counted } = readied(article);
  const times = await countedAs(sql, totals, tenant, vid);
  await met.index.put(sql, vid, keys);
  if (times !== 0) for (const term of counted) met.terms.add(tenant, term, times);
  meet(met, vid, { articleId: id, storyId, signature });
  return [vid, id, storyId, times, article.signature.terms, article.signature.shingles];
}

/** Terms of every article are counted up to here, then those of one in eight, eightfold: a logarithm is made of them. */
const COUNT_ALL = 1000;
const SAMPLE = 8;

async function countedAs(sql: Sql, { counts }: Totals, tenant: string, vid: number): Promise<number> {
  const articles = (await counts.read(sql, tenant, ['articles'])).get('articles') ?? 0;
  if (articles < COUNT_ALL) return 1;
  return vid % SAMPLE === 0 ? SAMPLE : 0;
}

const TERMS_COUNTED = 64;
const countedTerms = ({ terms }: PackedSignature): readonly string[] => heavyTerms(terms).first(TERMS_COUNTED);

/** Takes a version out of the search for stories. */
export async function dropSignature(sql: Sql, met: StoriesMet, tenant: string, vid: number): Promise<void> {
  met.candidates.delete(vid);
  const row = await one<SignatureRow>(
    sql,
    'DELETE FROM signatures WHERE vid = $1 RETURNING vid, article_id, counted, terms, shingles',
    vid,
  );
  if (!row) return;
  recent.delete(vid);
  await met.index.remove(sql, vid, storyKeys(tenant, row.terms, row.shingles));
  if (row.counted !== 0) for (const term of countedTerms(row)) met.terms.add(tenant, term, -row.counted);
}
