/** One edition of a briefing: asks the store what is new for its channel, composes the digest, proves every quote. */
import { createHash } from 'node:crypto';
import { composeCorrection, correctionNotice } from '../digests/correction.ts';
import { composeDaily } from '../digests/daily.ts';
import { type Document, type Inline, type Proven, provenIn } from './document.ts';
import { provenDocument, unstamped } from './gate.ts';
import { wordsFor } from './language/language.ts';
import type { Article, Briefing, Instant, Quote } from './model.ts';
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
const LOOK_BACK_MS = 24 * 3_600_000;
const STORIES = 10;

/** Composes what a briefing posts now. `withheld` hears how many passages the gate kept back. */
export async function composeEdition(
  store: Store,
  request: EditionRequest,
  withheld: (count: number) => void = () => {},
): Promise<Edition> {
  const { briefing, dueAt, now } = request;
  const said = wordsFor(briefing);
  const shown = await store.shown(briefing.platform, briefing.channel);
  const first = shown.size === 0;
  const earliest = Math.min(Date.parse(request.from ?? briefing.settledTo), Date.parse(dueAt) - LOOK_BACK_MS);
  const coverage = await store.coverage({
    tenant: briefing.tenant,
    now: now.toISOString(),
    stories: STORIES,
    ...(briefing.topic ? { topic: briefing.topic } : {}),
    // A channel that has seen nothing gets the newest there is: its first edition is never an empty one.
    ...(first ? {} : { since: new Date(earliest).toISOString() }),
  });
  const banner = [request.banner, first && coverage.stories.length > 0 ? said.daily.firstEdition : undefined]
    .filter(Boolean)
    .join(' · ');
  const { document, storiesShown, empty } = composeDaily({
    briefing,
    coverage,
    shown,
    dueAt,
    now,
    ...(banner ? { banner } : {}),
    ...(request.late ? { late: true } : {}),
    ...(request.next ? { next: request.next } : {}),
  });
  const proven = await provenDocument(document, store, said);
  if (proven.withheld > 0) withheld(proven.withheld);
  return { document: proven.document, storiesShown, empty };
}

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
