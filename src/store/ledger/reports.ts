/** Errors that readers reported: the same report is one row, however many send it. The same SQL on both engines. */
import type { Instant, Report, Tenant, Wrong } from '../../model.ts';
import { instant, keyText, storable } from '../rows.ts';
import { milliseconds } from '../slots.ts';
import type { Sql, Value } from '../sql.ts';
import type { NewReport } from '../store.ts';

interface ReportRow {
  readonly id: number;
  readonly tenant: string;
  readonly about: string;
  readonly wrong: string;
  readonly note: string;
  readonly times: number;
  readonly first_at: number;
  readonly last_at: number;
}

const columns = 'id, tenant, about, wrong, note, times, first_at, last_at';

const reportOf = (row: ReportRow): Report => ({
  id: row.id,
  tenant: row.tenant,
  about: row.about,
  wrong: row.wrong as Wrong,
  ...(row.note !== '' && { note: row.note }),
  times: row.times,
  firstAt: instant(row.first_at),
  lastAt: instant(row.last_at),
});

export async function addReport(sql: Sql, { tenant, about, wrong, note = '', at }: NewReport): Promise<Report> {
  const now = milliseconds(at);
  const [row] = await sql.insert<ReportRow>(
    'reports (tenant, about, wrong, note, times, first_at, last_at)',
    [[storable(tenant), keyText(about), wrong, keyText(note), 1, now, now]],
    `ON CONFLICT (tenant, about, wrong, note) DO UPDATE SET times = reports.times + 1, last_at = excluded.last_at
     RETURNING ${columns}`,
  );
  return reportOf(row!);
}

export async function reports(
  sql: Sql,
  { tenant, since, limit }: { tenant?: Tenant; since?: Instant; limit: number },
): Promise<readonly Report[]> {
  const values: Value[] = [since === undefined ? 0 : milliseconds(since)];
  if (tenant !== undefined) values.push(tenant);
  const rows = await sql.all<ReportRow>(
    `SELECT ${columns} FROM reports WHERE last_at >= $1 ${tenant === undefined ? '' : 'AND tenant = $2'}
     ORDER BY last_at DESC, id DESC LIMIT ${Math.max(0, Math.trunc(limit))}`,
    ...values,
  );
  return rows.map(reportOf);
}

export async function removeReport(sql: Sql, id: number): Promise<boolean> {
  if (!Number.isSafeInteger(id)) return false;
  return (await sql.all('DELETE FROM reports WHERE id = $1 RETURNING id', id)).length > 0;
}
