/** What the two engines' drivers have in common: SQL text with `$1` parameters in, rows out. */

export type Value = string | number | null | Uint8Array;

/** The few spots where the engines spell the same question differently. */
export interface Dialect {
  readonly engine: 'sqlite' | 'postgres';
  /** `column` is one of the numbers or strings of the JSON array in `parameter`. */
  among(column: string, parameter: string, type: 'bigint' | 'text'): string;
  /** A table with one text column `value`: the strings of the JSON array in `parameter`. */
  each(parameter: string): string;
  /** A table with these columns: the arrays of the JSON array in `parameter`. */
  table(parameter: string, columns: Readonly<Record<string, 'bigint' | 'text'>>): string;
  /** All of a sub-select's `column` as the text of a JSON array. */
  gather(column: string): string;
}

/** A connection, or a transaction on one. SQLite answers at once, PostgreSQL later: always await. */
export interface Sql {
  readonly dialect: Dialect;
  all<Row>(text: string, ...values: readonly Value[]): readonly Row[] | Promise<readonly Row[]>;
  /**
   * `INSERT INTO ${into} VALUES` for many rows at once, each as long as the first; `after` is the rest of the
   * statement (`ON CONFLICT ...`, `RETURNING ...`). Returned rows come in the order of `rows`.
   */
  insert<Row>(
    into: string,
    rows: readonly (readonly Value[])[],
    after?: string,
  ): readonly Row[] | Promise<readonly Row[]>;
}

/** The first row, or `undefined`. */
export async function one<Row>(sql: Sql, text: string, ...values: readonly Value[]): Promise<Row | undefined> {
  return (await sql.all<Row>(text, ...values))[0];
}

export const sqliteDialect: Dialect = {
  engine: 'sqlite',
  among: (column, parameter) => `${column} IN (SELECT value FROM json_each(${parameter}))`,
  each: (parameter) => `json_each(${parameter})`,
  table: (parameter, columns) =>
    `(SELECT ${Object.keys(columns)
      .map((column, i) => `value ->> ${i} AS ${column}`)
      .join(', ')} FROM json_each(${parameter}))`,
  gather: (column) => `json_group_array(${column})`,
};

export const postgresDialect: Dialect = {
  engine: 'postgres',
  // An array (not a sub-select) lets the planner walk the index once per value.
  among: (column, parameter, type) =>
    `${column} = ANY(ARRAY(SELECT jsonb_array_elements_text(${parameter}::jsonb)::${type}))`,
  each: (parameter) => `(SELECT jsonb_array_elements_text(${parameter}::jsonb) AS value) AS each_value`,
  table: (parameter, columns) =>
    `(SELECT ${Object.entries(columns)
      .map(([column, type], i) => `(row ->> ${i})::${type} AS ${column}`)
      .join(', ')} FROM jsonb_array_elements(${parameter}::jsonb) AS each_row(row))`,
  gather: (column) => `coalesce(json_agg(${column}), '[]')::text`,
};
