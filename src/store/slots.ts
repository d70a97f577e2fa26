/**
 * Numbers of article versions that rise with the article's own day.
 *
 * An archive arrives in any order, so a number that rises with ingest would make "the newest thousand matches" the
 * last imported. Ours is `day << 21 | n`: exact to a day, which a half-life of two weeks cannot tell from exact, with short
 * steps inside a day so that full-text posting lists stay small. Two million articles a day fit.
 */
import type { Article, Instant } from '../model.ts';

const DAY_MS = 86_400_000;
/** Numbers of one day. */
export const PER_DAY = 2 ** 21;
const FIRST_DAY = Date.UTC(1600, 0, 1) / DAY_MS;
const LAST_DAY = Date.UTC(2700, 0, 1) / DAY_MS - FIRST_DAY;

/** When an article counts as published: its stated date, else when it was first read. Milliseconds. */
export const articleTime = (article: Pick<Article, 'date' | 'readAt'>): number =>
  milliseconds(article.date.state === 'stated' ? article.date.at : article.readAt);

/** Hostile or missing dates count as the first day there is: never an error, never the newest. */
export function milliseconds(instant: Instant): number {
  const at = Date.parse(instant);
  return Number.isNaN(at) ? FIRST_DAY * DAY_MS : at;
}

/** Smallest number of the day of `at`; days out of reach count as the first or last one. */
export function firstOfDay(at: number): number {
  const day = Math.floor(at / DAY_MS) - FIRST_DAY;
  return Math.min(Math.max(day, 0), LAST_DAY) * PER_DAY;
}

/** First number after the day of `at`. */
export const endOfDay = (at: number): number => firstOfDay(at) + PER_DAY;

/** True for a number of the day of `at`. */
export const isOnDay = (vid: number, at: number): boolean => vid >= firstOfDay(at) && vid < endOfDay(at);

/** Smallest number that an article from `at` on can have. */
export const slotFloor = (at: number | undefined): number => (at === undefined ? 0 : firstOfDay(at));

/** Larger than every number. */
export const slotCeiling = (LAST_DAY + 1) * PER_DAY;

/** The month of `at` as a table's name and its range of numbers; what lies before 1990 is one table. */
export function monthOf(at: number): { readonly name: string; readonly from: number; readonly to: number } {
  const OLD = Date.UTC(1990, 0, 1);
  const LATE = Date.UTC(2100, 0, 1);
  if (firstOfDay(at) < firstOfDay(OLD)) return { name: 'old', from: 0, to: firstOfDay(OLD) };
  if (firstOfDay(at) >= firstOfDay(LATE)) return { name: 'late', from: firstOfDay(LATE), to: slotCeiling };
  const day = new Date(at);
  const [year, month] = [day.getUTCFullYear(), day.getUTCMonth()];
  return {
    name: `${year}_${String(month + 1).padStart(2, '0')}`,
    from: firstOfDay(Date.UTC(year, month, 1)),
    to: firstOfDay(Date.UTC(year, month + 1, 1)),
  };
}
