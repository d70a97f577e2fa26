/** Counters instead of counting: how many articles hold a term, come from an outlet, are there at all. */
import type { Sql, Value } from './sql.ts';

/** What a transaction did to one counter. */
export interface Counted {
  readonly tenant: string;
  readonly name: string;
  readonly was: number;
  readonly now: number;
}

/** One table of counters. What is added is held back until `flush`: a batch writes each counter once. */
export interface Counts {
  /** Counts as they will be after the flush; zero where there is none. */
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
  n: number;
}

/** Counts remembered between questions. */
const REMEMBERED = 40_000;

/** The counters of `table`, whose rows are named by `column`. */
export function openCounts(table: 'totals' | 'terms' | 'outlets' | 'origins', column: string): Counts {
  /** As stored and as held back together. */
  const known = new Map<string, number>();
  const held = new Map<string, Held>();
  const into = `${table} (tenant, ${column}, n)`;
  const upsert = `ON CONFLICT (tenant, ${column}) DO UPDATE SET n = ${table}.n + excluded.n`;
  const values = ({ tenant, name, n }: Held): Value[] => [tenant, name, n];
  const keyOf = (tenant: string, name: string) => `${tenant}\n${name}`;

  async function learn(sql: Sql, tenant: string, names: readonly string[]): Promise<void> {
    const rows = await sql.all<{ name: string; n: number }>(
      `SELECT ${column} AS name, n FROM ${table} WHERE tenant = $1 AND ${sql.dialect.among(column, '$2', 'text')}`,
      tenant,
      JSON.stringify(names),
    );
    for (const name of names) known.set(keyOf(tenant, name), held.get(keyOf(tenant, name))?.n ?? 0);
    for (const { name, n } of rows) known.set(keyOf(tenant, name), n + (held.get(keyOf(tenant, name))?.n ?? 0));
  }

  /** What is held back, in one order for all writers, so that two cannot wait for each other. */
  function taken(): Held[] {
    const rows = [...held].filter(([, { n }]) => n !== 0).sort(([a], [b]) => (a < b ? -1 : 1));
    held.clear();
    return rows.map(([, row]) => row);
  }

  return {
    async read(sql, tenant, names) {
      if (known.size > REMEMBERED) known.clear();
      const unknown = names.filter((name) => !known.has(keyOf(tenant, name)));
      if (unknown.length > 0) await learn(sql, tenant, unknown);
      return new Map(names.map((name) => [name, known.get(keyOf(tenant, name)) ?? 0]));
    },
    add(tenant, name, n) {
      const key = keyOf(tenant, name);
      const before = held.get(key);
      if (before) before.n += n;
      else held.set(key, { tenant, name, n });
      const count = known.get(key);
      if (count !== undefined) known.set(key, count + n);
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
    },
  };
}
