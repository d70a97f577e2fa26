/**
 * Tells the operator's own channel when the bot is unwell and when it is well again: once for each thing that is wrong,
 * however long it lasts and however many processes see it.
 */
import { type Document, heading, list, paragraph, small } from './document.ts';
import type { Health } from './health.ts';
import type { Log } from './log.ts';
import type { Platform } from './platforms/platform.ts';

export interface AlertParts {
  readonly check: () => Promise<Health>;
  readonly platforms: ReadonlyMap<string, Platform>;
  /** `slack:T1/C123` or `discord:SERVER/CHANNEL`; `alertAddress` reads it. */
  readonly to: AlertAddress;
  readonly clock: () => Date;
  readonly log: Log;
}

export interface AlertAddress {
  readonly platform: string;
  readonly tenant: string;
  readonly channel: string;
}

export interface Alerts {
  /** Looks once; call it each minute. Never throws. */
  look(): Promise<void>;
}

/** What is seen in so many looks one after the other is told; a hiccup is not. */
const LOOKS = 2;

/** Reads `slack:T0123/C0456`; undefined when it is not an address. */
export function alertAddress(text: string): AlertAddress | undefined {
  const match = /^((discord|slack):[A-Za-z0-9]{1,30})\/([A-Za-z0-9]{1,30})$/.exec(text.trim());
  return match ? { tenant: match[1] ?? '', platform: match[2] ?? '', channel: match[3] ?? '' } : undefined;
}

export function createAlerts({ check, platforms, to, clock, log }: AlertParts): Alerts {
  /** By kind of trouble: in how many looks it was seen, its words, and whether it was told. */
  const seen = new Map<string, { looks: number; words: string; told: boolean }>();
  let looking: Promise<void> | undefined;

  async function look(): Promise<void> {
    const { reasons } = await check();
    const now = new Map(reasons.map((words) => [kindOf(words), words]));
    for (const [kind, words] of now) {
      const before = seen.get(kind);
      seen.set(kind, { looks: (before?.looks ?? 0) + 1, words, told: before?.told ?? false });
    }
    const fresh = [...seen].filter(([kind, { looks, told }]) => now.has(kind) && looks >= LOOKS && !told);
    const over = [...seen].filter(([kind]) => !now.has(kind));
    if (fresh.length > 0 && (await tell(trouble(fresh.map(([, { words }]) => words)), 'trouble', fresh)))
      for (const [, one] of fresh) one.told = true;
    const told = over.filter(([, one]) => one.told);
    if (told.length === 0 || (await tell(wellAgain(told.map(([, { words }]) => words)), 'over', told)))
      for (const [kind] of over) seen.delete(kind);
  }

  /** False when it could not be told now: the next look tries again. */
  async function tell(
    document: Document,
    what: string,
    about: readonly (readonly [string, unknown])[],
  ): Promise<boolean> {
    const platform = platforms.get(to.platform);
    if (platform === undefined) return false;
    // Another process may have told the same within the hour: the key is the same for both.
    const hour = clock().toISOString().slice(0, 13);
    const key = `alert@${hour}/${what}/${about.map(([kind]) => kind).join('+')}`.slice(0, 200);
    try {
      const found = await platform.find(to, key);
      if (found !== undefined && found !== 'unknown') return true;
      const [page] = platform.pages(document, 'en');
      if (page) await platform.post(to, page, key);
      return true;
    } catch (cause) {
      log.warn({ err: cause, channel: to.channel }, 'alerts: could not tell the operator');
      return false;
    }
  }

  return {
    look() {
      looking ??= look()
        .catch((cause: unknown) => log.warn({ err: cause }, 'alerts: could not look'))
        .finally(() => {
          looking = undefined;
        });
      return looking;
    },
  };
}

/** The same trouble in other figures: `due for 12 minutes`, `due for 13 minutes`. */
const kindOf = (words: string): string => words.replace(/\d[\d.:TZ-]*/g, '#').slice(0, 80);

function trouble(words: readonly string[]): Document {
  return {
    summary: `Pullquote needs attention: ${words.join('; ')}`,
    blocks: [
      heading('Pullquote needs attention'),
      list(words),
      small('You are told again when it is over. /healthz has the present state.'),
    ],
  };
}

function wellAgain(words: readonly string[]): Document {
  return {
    summary: `Over: ${words.join('; ')}`,
    blocks: [paragraph('Over:'), list(words)],
  };
}
