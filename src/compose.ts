/** Editions of briefings: asks the store what is new for a channel, composes the digest, proves every quote. */
import { createHash } from 'node:crypto';
import { composeCorrection, correctionNotice } from '../digests/correction.ts';
import { composeDaily } from '../digests/daily.ts';
import { type Document, type Inline, type Proven, provenIn } from './document.ts';
import { provenDocument, unstamped } from './gate.ts';
import { wordsFor } from './language/language.ts';
import type { Article, Briefing, Coverage, Instant, Quote } from './model.ts';
import type { NewPosting, ShownVersion, Store } from './store/store.ts';

export interface Edition {
  readonly document: Document;
  /** Stories told in full: the channel has seen them once this is posted. */
  readonly storiesShown: readonly number[];
  readonly empty: boolean;
}

export interface EditionRequest {
  readonly briefing: Briefing;
  /** The slot being served. */
  readonly dueAt: Instant;
  /** The first slot that this edition makes up for, when it serves several. */
  readonly from?: Instant;
  readonly now: Date;
  readonly banner?: string;
  /** The banner names the time itself. */
  readonly late?: boolean;
  readonly next?: Instant;
}

/** A posted edition as it should read now. */
export interface Corrected {
  readonly document: Document;
  /** For under the post, where it cannot be changed. */
  readonly notice: Document;
  /** Tells corrections apart: what was taken out; `''` for nothing. */
  readonly corrected: string;
  /** The versions that this was decided on. */
  readonly seen: readonly ShownVersion[];
}

/** News often reaches the bot after its own date: an edition looks back at least so far, and what was shown stays shown. */
const DAY_MS = 24 * 3_600_000;
const LOOK_BACK_MS = DAY_MS;
const STORIES = 10;

/**
 * Composes what briefings post now. Channels that want the same digest from the same coverage get one document, composed
 * and proved once. `withheld` hears how many passages the gate kept back from a document.
 */
export function createComposer(
  store: Store,
  withheld: (count: number) => void = () => {},
): (request: EditionRequest) => Promise<Edition> {
  /** For as long as a coverage is remembered; by what was asked of it. */
  const editions = new WeakMap<Coverage, Map<string, Promise<Edition>>>();

  return async (request) => {
    const { briefing, dueAt, now } = request;
    const earliest = Math.min(Date.parse(request.from ?? briefing.settledTo), Date.parse(dueAt) - LOOK_BACK_MS);
    // What was shown before is older than any article read here; a day more, since articles are kept by their day.
    const seen = await store.shown(briefing.platform, briefing.channel, instant(earliest - DAY_MS));
    const first = seen.size === 0;
    const coverage = await store.coverage({
      tenant: briefing.tenant,
      now: now.toISOString(),
      stories: STORIES,
      ...(briefing.topic ? { topic: briefing.topic } : {}),
      // A channel that has seen nothing gets the newest there is: its first edition is never an empty one.
      ...(first ? {} : { since: instant(earliest) }),
    });
    const shown = coverage.stories.flatMap(({ story: { id } }) => {
      const at = seen.get(id);
      return at === undefined ? [] : [[id, at] as const];
    });
    const known = editions.get(coverage) ?? new Map<string, Promise<Edition>>();
    editions.set(coverage, known);
    const wanted = JSON.stringify([orderOf(briefing), dueAt, request.banner, request.late, request.next, first, shown]);
    const there = known.get(wanted);
    if (there) return there;
    const edition = compose({ ...request, coverage, shown: new Map(shown), first });
    known.set(wanted, edition);
    edition.catch(() => known.delete(wanted));
    return edition;
  };

  async function compose({ coverage, first, ...request }: Wanted): Promise<Edition> {
    const said = wordsFor(request.briefing);
    const banner = [request.banner, first && coverage.stories.length > 0 ? said.daily.firstEdition : undefined]
      .filter(Boolean)
      .join(' · ');
    const { document, storiesShown, empty } = composeDaily({
      briefing: request.briefing,
      coverage,
      shown: request.shown,
      dueAt: request.dueAt,
      now: request.now,
      ...(banner ? { banner } : {}),
      ...(request.late ? { late: true } : {}),
      ...(request.next ? { next: request.next } : {}),
    });
    const proven = await provenDocument(document, store, said);
    if (proven.withheld > 0) withheld(proven.withheld);
    return { document: proven.document, storiesShown, empty };
  }
}

interface Wanted extends EditionRequest {
  readonly coverage: Coverage;
  /** Of the stories in `coverage`. */
  readonly shown: ReadonlyMap<number, Instant>;
  readonly first: boolean;
}

/** All that a briefing asks of its digest: everything but which one it is, where it stands and how far it has come. */
function orderOf(briefing: Briefing): object {
  const { id, tenant, channel, channelName, owner, createdAt, settledTo, nextAt, ...order } = briefing;
  return order;
}

const instant = (at: number): Instant => new Date(at).toISOString();

// ------------------------------------------------------------------ when a source changes

/** What is kept of an edition, so that it can be corrected; undefined when it shows no words of a source. */
export function postingOf(document: Document): NewPosting | undefined {
  const shows = new Map(provenIn(document).map(({ articleId, hash }) => [articleId, { articleId, hash }]));
  return shows.size > 0 ? { document: JSON.stringify(unstamped(document)), shows: [...shows.values()] } : undefined;
}

/** A posted edition held against its sources as they are now: what no longer stands there as shown is taken out. */
export async function correctEdition(
  store: Pick<Store, 'article' | 'articleState' | 'quote' | 'findQuotes' | 'slices'>,
  posted: Document,
  briefing: Briefing,
  at: Instant,
): Promise<Corrected> {
  const gone = new Set<Inline>();
  const seen: ShownVersion[] = [];
  for (const [articleId, claims] of Map.groupBy(provenIn(posted), (claim) => claim.articleId)) {
    const now = await store.article(articleId);
    seen.push({ articleId, hash: now?.hash ?? '' });
    for (const claim of claims) if (!(await stands(claim, now, briefing, store))) gone.add(claim);
  }
  const said = wordsFor(briefing);
  const correction = { at, zone: briefing.zone, said };
  const { document } = await provenDocument(composeCorrection(posted, gone, correction), store, said);
  return { document, notice: correctionNotice(posted, gone, correction), corrected: fingerprint(gone), seen };
}

/** The words stand in the newest version, and nobody else is said to have said them. */
async function stands(
  claim: Proven,
  now: Article | undefined,
  { tenant }: Briefing,
  store: Pick<Store, 'quote' | 'findQuotes'>,
): Promise<boolean> {
  if (!now) return false;
  if (now.hash === claim.hash) return true;
  if (!now.text.includes(claim.text)) return false;
  const speaker = claim.kind === 'verbatim' ? (await store.quote(claim.receipt, tenant))?.speaker : undefined;
  if (!speaker) return true;
  const { items } = await store.findQuotes({ tenant, articleIds: [now.id], want: 'verbatim', limit: 200 });
  const same = items.filter((quote: Quote) => quote.verbatim.some((words) => words.includes(claim.text)));
  return same.length === 0 || same.some((quote) => quote.speaker?.id === speaker.id);
}

function fingerprint(gone: ReadonlySet<Inline>): string {
  if (gone.size === 0) return '';
  const what = [...gone].map((one) => ('span' in one ? [one.articleId, one.hash, one.span.start, one.span.end] : []));
  return createHash('sha256').update(JSON.stringify(what)).digest('hex').slice(0, 16);
}
