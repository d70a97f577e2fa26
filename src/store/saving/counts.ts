/** Counters instead of counting: how many articles hold a term, come from an outlet, are there at all. */
import type { Sql, Value } from '../sql.ts';

/** What a transaction did to one counter. */
export interface Counted {
  readonly tenant: string;
  readonly name: string;
  readonly was: number;
  readonly now: number;
}

/** One table of counters. What is added is held back until `flush`: a batch writes each counter once. */
export interface Counts {
  /** Counts as they will be after the flush; only of what has one. */
  read(sql: Sql, tenant: string, names: readonly string[]): Promise<ReadonlyMap<string, number>>;
  add(tenant: string, name: string, n: number): void;
  flush(sql: Sql): Promise<void>;
  /** The same, and tells what each counter was and is. */
  flushTelling(sql: Sql): Promise<readonly Counted[]>;
  /** Drops what is held back and what is known. */
  forget(): void;
}

interface Held {
  readonly tenant: string;
  readonly name: string;
  readonly n: number;
}

/** Counts remembered between questions. */
const REMEMBERED = 40_000;

/** The counters of `table`, whose rows are named by `column`. */
export function openCounts(table: 'totals' | 'terms' | 'outlets' | 'origins', column: string): Counts {
  /** By tenant: as stored and as held back together. */
  const known = new Map<string, Map<string, number>>();
  const held = new Map<string, Map<string, number>>();
  let remembered = 0;
  const into = `${table} (tenant, ${column}, n)`;
  const upsert = `ON CONFLICT (tenant, ${column}) DO UPDATE SET n = ${table}.n + excluded.n`;
  const values = ({ tenant, name, n }: Held): Value[] => [tenant, name, n];

  async function learn(sql: Sql, tenant: string, names: readonly string[]): Promise<void> {
    const rows = await sql.all<{ name: string; n: number }>(
      `SELECT ${column} AS name, n FROM ${table} WHERE tenant = $1 AND ${sql.dialect.among(column, '$2', 'text')}`,
      tenant,
      JSON.stringify(names),
    );
    const counts = of(known, tenant);
    const fresh = held.get(tenant);
    for (const name of names) counts.set(name, fresh?.get(name) ?? 0);
    for (const { name, n } of rows) counts.set(name, n + (fresh?.get(name) ?? 0));
    remembered += names.length;
  }

  /** What is held back, in one order for all writers, so that two cannot wait for each other. */
  function taken(): Held[] {
    const rows = [...held].flatMap(([tenant, counts]) =>
      [...counts].filter(([, n]) => n !== 0).map(([name, n]): Held => ({ tenant, name, n })),
    );
    held.clear();
    return rows.sort((a, b) => order(a.tenant, b.tenant) || order(a.name, b.name));
  }

  return {
    async read(sql, tenant, names) {
      if (remembered > REMEMBERED) {
        known.clear();
        remembered = 0;
      }
      const counts = of(known, tenant);
      const unknown = names.filter((name) => !counts.has(name));
      if (unknown.length > 0) await learn(sql, tenant, unknown);
      const found = new Map<string, number>();
      for (const name of names) {
        const n = counts.get(name)!;
        if (n !== 0) found.set(name, n);
      }
      return found;
    },
    add(tenant, name, n) {
      const fresh = of(held, tenant);
      fresh.set(name, (fresh.get(name) ?? 0) + n);
      const counts = known.get(tenant);
      const count = counts?.get(name);
      if (count !== undefined) counts!.set(name, count + n);
    },
    async flush(sql) {
      const rows = taken();
      if (rows.length > 0) await sql.insert(into, rows.map(values), upsert);
    },
    async flushTelling(sql) {
      const rows = taken();
      if (rows.length === 0) return [];
      const stored = await sql.insert<{ n: number }>(into, rows.map(values), `${upsert} RETURNING n`);
      return rows.map(({ tenant, name, n }, i) => ({ tenant, name, was: stored[i]!.n - n, now: stored[i]!.n }));
    },
    forget() {
      known.clear();
      held.clear();
      remembered = 0;
    },
  };
}

function of(counts: Map<string, Map<string, number>>, tenant: string): Map<string, number> {
  const found = counts.get(tenant) ?? new Map<string, number>();
  counts.set(tenant, found);
  return found;
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
