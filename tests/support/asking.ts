/** The real commands over a real SQLite store with the sample corpus in it. */
import { commands } from '../../commands/index.ts';
import { createBot, parseCommandText } from '../../src/command.ts';
import { loadCorpus } from '../../src/corpus/load.ts';
import { provenDocument } from '../../src/gate.ts';
import { sinkInto } from '../../src/ingest.ts';
import { wordsFor } from '../../src/language/language.ts';
import type { Briefing, Tenant } from '../../src/model.ts';
import type { Caller, Choice, Reply } from '../../src/platforms/platform.ts';
import { renderTerminal } from '../../src/platforms/terminal/render.ts';
import { createReports } from '../../src/reports.ts';
import { nextSlots, parseSchedule } from '../../src/schedule.ts';
import type { Services } from '../../src/services.ts';
import { openSqlite, THROW_AWAY } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/store.ts';

export const NOW = new Date('2026-11-22T08:00:00Z');

export interface Asking {
  readonly store: Store;
  readonly removed: Tenant[];
  reply(line: string, who?: Partial<Caller>): Promise<Reply>;
  /** The answer as a reader sees it. */
  ask(line: string, who?: Partial<Caller>): Promise<string>;
  /** Suggestions for an option while it is typed; `given` are the others, as far as they are filled in. */
  complete(
    command: string,
    option: string,
    typed: string,
    who?: Partial<Caller>,
    given?: Readonly<Record<string, unknown>>,
  ): Promise<readonly Choice[]>;
  close(): Promise<void>;
}

export async function openAsking(corpus: readonly string[] = ['seeds'], more: Partial<Services> = {}): Promise<Asking> {
  const store = await openSqlite(THROW_AWAY);
  await loadCorpus(
    corpus,
    sinkInto(store, () => NOW),
  );
  const removed: Tenant[] = [];
  const faults: unknown[] = [];
  const services: Services = {
    store,
    now: () => NOW,
    zone: 'UTC',
    shapes: () => bot.commands,
    platforms: new Map(),
    corpus: { entries: corpus, loading: () => false },
    briefings: {
      preview: async (briefing) => ({ summary: `preview of ${briefing.id}`, blocks: [] }),
      postNow: async (briefing) => `posted ${briefing.id}`,
      changed() {},
      nextSlots: (briefing: Briefing, count) => {
        const read = parseSchedule(briefing.times);
        return 'schedule' in read
          ? nextSlots(read.schedule, briefing.zone, NOW.toISOString(), count).map((slot) => slot.at)
          : [];
      },
      lastTick: () => NOW.toISOString(),
    },
    sources: {
      preview: async (address) => ({ kind: 'feed', address, title: 'A feed', entries: 2, newest: ['One', 'Two'] }),
      changed() {},
    },
    reports: createReports({
      store,
      platforms: more.platforms ?? new Map(),
      operator: undefined,
      gate: async (document, said) => (await provenDocument(document, store, said)).document,
      clock: () => NOW,
      log: { debug() {}, info() {}, warn: (fields) => faults.push(fields), error: (fields) => faults.push(fields) },
    }),
    removed: async (tenant) => {
      removed.push(tenant);
    },
    ...more,
  };
  const bot = createBot({
    commands,
    services,
    removed: services.removed,
    gate: async (document, said) => (await provenDocument(document, store, said)).document,
    log: { error: (fields) => faults.push(fields) },
  });
  const caller: Caller = {
    platform: 'terminal',
    tenant: '',
    user: 'ana',
    channel: 'c1',
    channelName: '#briefs',
    locale: 'en',
    canManage: true,
  };
  async function reply(line: string, who: Partial<Caller> = {}): Promise<Reply> {
    const asked = parseCommandText(line, bot.commands);
    if ('problem' in asked) throw new Error(asked.problem(wordsFor({ ...caller, ...who })));
    const answer = await bot.answer({ ...asked, caller: { ...caller, ...who } });
    if (faults.length > 0) throw new Error('a command failed', { cause: (faults[0] as { err: unknown }).err });
    return answer;
  }
  return {
    store,
    removed,
    reply,
    ask: async (line, who) => renderTerminal((await reply(line, who)).document, { width: 1000 }).text,
    complete: (command, option, typed, who = {}, given = {}) =>
      bot.complete({ command, options: { ...given, [option]: typed }, caller: { ...caller, ...who } }, option),
    close: () => store.close(),
  };
}
