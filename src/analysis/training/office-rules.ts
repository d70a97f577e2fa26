/** What the table of offices must keep to, so that no day has two holders of one office. Pure. */
import { officeRow } from '../names/gazetteer.ts';

/** Offices that several people hold side by side. */
const shared = new Set([
  'justice',
  'presidential candidate',
  'campaign manager',
  'campaign chairman',
  'businessman',
  'tv host',
  'special envoy',
]);

const YEAR_MS = 365 * 86_400_000;

export interface TableCheck {
  /** Lines that cannot stand. */
  readonly errors: readonly string[];
  /** What somebody should look at. */
  readonly warnings: readonly string[];
}

/**
 * Checks `offices.tsv`: dates that exist, no end before its beginning, one holder a day, and when somebody last looked
 * ("# Checked to: 2026-06-22").
 */
export function checkOffices(tsv: string, now: Date): TableCheck {
  const errors: string[] = [];
  const terms = new Map<string, { from: string; to: string; line: string }[]>();
  for (const line of tsv.split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    const row = officeRow(line);
    if (row === undefined) errors.push(`not a row: ${line}`);
    for (const [place, office, from, to] of row?.[5] ?? []) {
      if (!isDay(from) || (to !== '' && !isDay(to))) errors.push(`no such day: ${line}`);
      if (to !== '' && to <= from) errors.push(`ends before it begins: ${line}`);
      const key = `${place} ${office}`;
      terms.set(key, [...(terms.get(key) ?? []), { from, to: to || '9999-12-31', line }]);
    }
  }
  for (const [key, held] of terms) {
    if (shared.has(key.replace(/^\S+ /, ''))) continue;
    held.sort((a, b) => a.from.localeCompare(b.from));
    for (const [i, { to, line }] of held.entries()) {
      const next = held[i + 1];
      if (next && next.from < to) errors.push(`two hold it at once: ${line} / ${next.line}`);
    }
  }
  return { errors, warnings: ageOf(tsv, now) };
}

function ageOf(tsv: string, now: Date): string[] {
  const checked = /^# Checked to: (\d{4}-\d\d-\d\d)$/m.exec(tsv)?.[1];
  if (checked === undefined || !isDay(checked)) return ['nobody says to which day it was checked'];
  return now.getTime() - Date.parse(checked) > YEAR_MS
    ? [`checked to ${checked}, more than a year ago: look at every row without an end`]
    : [];
}

const isDay = (day: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(day) && new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);
