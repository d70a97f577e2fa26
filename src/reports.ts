/**
 * Errors that readers report: kept once each, told once to whoever can mend them. Who reports is not kept anywhere; the
 * counts that hold back a flood are forgotten within the hour.
 */
import type { AlertAddress } from './alerts.ts';
import type { Document } from './document.ts';
import { type Words, wordsFor, wordsIn } from './language/language.ts';
import type { Log } from './log.ts';
import type { Briefing, Report, Tenant } from './model.ts';
import type { Platform } from './platforms/platform.ts';
import type { Services } from './services.ts';
import type { Store } from './store/store.ts';

export interface ReportsParts {
  readonly store: Pick<Store, 'addReport' | 'reports' | 'briefings'>;
  readonly platforms: ReadonlyMap<string, Platform>;
  /** The operator's own channel, where there is one. */
  readonly operator: AlertAddress | undefined;
  /** The last step before a message leaves. */
  readonly gate: (document: Document, said: Words) => Promise<Document>;
  readonly clock: () => Date;
  readonly log: Log;
}

/** What is told, in the words of whoever is told. */
type Notice = Parameters<Services['reports']['tell']>[1];

const HOUR_MS = 3_600_000;
/** More than anyone finds in an honest hour. */
const OF_ONE_PERSON = 10;
const OF_ONE_PLACE = 60;

/** @returns What keeps reports and passes them on. */
export function createReports({ store, platforms, operator, gate, clock, log }: ReportsParts): Services['reports'] {
  /** When each person reported, within the hour. */
  const sent = new Map<string, number[]>();

  /** Counts one more, unless it would be too many. */
  function mayReport(person: string): boolean {
    const now = clock().getTime();
    for (const [who, times] of sent) {
      const recent = times.filter((at) => at > now - HOUR_MS);
      if (recent.length > 0) sent.set(who, recent);
      else sent.delete(who);
    }
    const mine = sent.get(person) ?? [];
    if (mine.length >= OF_ONE_PERSON) return false;
    sent.set(person, [...mine, now]);
    return true;
  }

  const written = (notice: Notice, said: Words) => gate(notice(said), said);

  return {
    async add(report, { platform, user }) {
      const now = clock();
      const since = new Date(now.getTime() - HOUR_MS).toISOString();
      const recent = await store.reports({ tenant: report.tenant, since, limit: OF_ONE_PLACE });
      if (recent.length >= OF_ONE_PLACE || !mayReport(`${platform}/${report.tenant}/${user}`)) return undefined;
      return store.addReport({ ...report, at: now.toISOString() });
    },

    /** The operator's channel; without one, or for what only one server or workspace may see, the owner of a briefing there. */
    async tell(report, notice, own) {
      try {
        if (operator && !own && (await tellChannel(operator, report, await written(notice, wordsIn('en'))))) return;
        await tellOwner(report.tenant, notice);
      } catch (cause) {
        log.warn({ err: cause, report: report.id }, 'reports: nobody could be told; pullquote reports lists them');
      }
    },
  };

  async function tellChannel(to: AlertAddress, report: Report, document: Document): Promise<boolean> {
    const platform = platforms.get(to.platform);
    const [page] = platform?.pages(document, 'en') ?? [];
    if (!platform || !page) return false;
    await platform.post(to, page, `report@${report.id}`);
    return true;
  }

  /** Whoever set up the first briefing there, as far as it goes on. */
  async function tellOwner(tenant: Tenant, notice: Notice): Promise<void> {
    const [briefing] = (await store.briefings({ tenant })).toSorted(activeFirst);
    const platform = briefing && platforms.get(briefing.platform);
    if (platform)
      await platform.tell(tenant, briefing.owner, await written(notice, wordsFor(briefing)), briefing.locale);
  }
}

const activeFirst = (a: Briefing, b: Briefing): number =>
  Number(b.state === 'active') - Number(a.state === 'active') || a.id - b.id;
