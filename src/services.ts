/** What commands may ask for. `main.ts` puts the real ones in. */
import type { Document } from './document.ts';
import type { Words } from './language/language.ts';
import type { Briefing, Instant, Report, Tenant } from './model.ts';
import type { CommandShape, Platform } from './platforms/platform.ts';
import type { NewReport, Store } from './store/store.ts';

/** What a source address turned out to be, before anything is saved. */
export interface SourcePreview {
  readonly kind: 'feed' | 'page' | 'path';
  readonly address: string;
  readonly title?: string;
  /** Articles, or feeds where it is a list of them. */
  readonly entries: number;
  readonly isList?: boolean;
  readonly newest: readonly string[];
}

export interface Services {
  readonly store: Store;
  readonly now: () => Date;
  /** Default zone of new briefings, IANA. */
  readonly zone: string;
  /** Every command, for help. */
  readonly shapes: () => readonly CommandShape[];
  readonly platforms: ReadonlyMap<string, Platform>;
  readonly corpus: {
    /** Entries of `CORPUS` as the operator wrote them. */
    readonly entries: readonly string[];
    /** True while the first reading goes on. */
    loading(): boolean;
  };
  readonly briefings: {
    /** What would be posted now. Consumes no slot. */
    preview(briefing: Briefing): Promise<Document>;
    /** Posts now, for real, without touching the schedule. Resolves to what happened, in words. */
    postNow(briefing: Briefing, said: Words): Promise<string>;
    /** A briefing was added or changed: look again at what is due. */
    changed(): void;
    nextSlots(briefing: Briefing, count: number): readonly Instant[];
    lastTick(): Instant | undefined;
  };
  readonly sources: {
    /** @throws AskError when nothing readable is there, with the reason. */
    preview(address: string): Promise<SourcePreview>;
    /** A source was added: read it now. */
    changed(): void;
  };
  readonly reports: {
    /** Keeps a report; undefined when this person or place has sent too many of late. */
    add(
      report: Omit<NewReport, 'at'>,
      from: { readonly platform: string; readonly user: string },
    ): Promise<Report | undefined>;
    /** Tells whoever can mend it, in their language. `own`: only that server or workspace may see it. Never throws. */
    tell(report: Report, notice: (said: Words) => Document, own: boolean): Promise<void>;
  };
  /** Removes all that is kept for a server or workspace. */
  readonly removed: (tenant: Tenant) => Promise<void>;
}
