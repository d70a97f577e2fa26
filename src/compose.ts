/** One edition of a briefing: asks the store what is new for its channel, composes the digest, proves every quote. */
import { composeDaily } from '../digests/daily.ts';
import type { Document } from './document.ts';
import { provenDocument } from './gate.ts';
import { wordsFor } from './language/language.ts';
import type { Briefing, Instant } from './model.ts';
import type { Store } from './store/store.ts';

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
