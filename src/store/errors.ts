/**
 * Why the database did not do what it was asked, so that callers can decide: wait, answer what they can, or stop.
 *
 * `full`: no room on the disk. `locked`: another process holds it, try again. `readonly`: it cannot be written.
 * `corrupt`: the file is damaged or no database of ours. `unavailable`: the server or file cannot be reached.
 * `timeout`: a statement took too long. `newer`: the schema belongs to a newer version of the bot.
 * `invalid`: what was to be stored is not storable. `closed`: the store was closed. `fault`: anything else, a defect of ours.
 */
export type StoreErrorKind =
  | 'full'
  | 'locked'
  | 'readonly'
  | 'corrupt'
  | 'unavailable'
  | 'timeout'
  | 'newer'
  | 'invalid'
  | 'closed'
  | 'fault';

export class StoreError extends Error {
  readonly kind: StoreErrorKind;
  constructor(kind: StoreErrorKind, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'StoreError';
    this.kind = kind;
  }
}

/** SQLite primary result codes (sqlite.org/rescode.html). */
const sqliteKinds: Readonly<Record<number, StoreErrorKind>> = {
  5: 'locked',
  6: 'locked',
  8: 'readonly',
  10: 'unavailable',
  11: 'corrupt',
  13: 'full',
  14: 'unavailable',
  23: 'readonly',
  26: 'corrupt',
};

/** SQLSTATE codes and classes (PostgreSQL documentation, appendix A), longest match first. */
const postgresKinds: readonly (readonly [string, StoreErrorKind])[] = [
  ['53100', 'full'],
  ['25006', 'readonly'],
  ['42501', 'readonly'],
  ['57014', 'timeout'],
  ['55P03', 'locked'],
  ['40', 'locked'],
  ['53', 'unavailable'],
  ['57P', 'unavailable'],
  ['08', 'unavailable'],
  ['28', 'unavailable'],
  ['3D', 'unavailable'],
  ['XX001', 'corrupt'],
  ['XX002', 'corrupt'],
];

const hints: Partial<Record<StoreErrorKind, string>> = {
  full: 'the disk is full: free some room, nothing that was acknowledged is lost',
  locked: 'another process holds the database: it will be tried again',
  readonly: 'the database cannot be written: check its permissions and mount',
  corrupt: 'the database is damaged or not one of ours: restore a backup',
  unavailable: 'the database cannot be reached: check its path or address, and that it runs',
  timeout: 'the database took too long',
};

/** Any error of a driver as a `StoreError`; one that is already stays as it is. */
export function storeError(error: unknown, doing: string): StoreError {
  if (error instanceof StoreError) return error;
  const kind = kindOf(error);
  const said = error instanceof Error ? error.message : String(error);
  const hint = hints[kind];
  return new StoreError(kind, `${doing}: ${hint ? `${hint} (${said})` : said}`, { cause: error });
}

function kindOf(error: unknown): StoreErrorKind {
  if (!(error instanceof Error)) return 'fault';
  const { code, errcode } = error as { code?: unknown; errcode?: unknown };
  if (typeof errcode === 'number') return sqliteKinds[errcode & 0xff] ?? 'fault';
  if (typeof code === 'string') {
    if (/^(ECONN|ENOTFOUND|ETIMEDOUT|EHOSTUNREACH|EPIPE|EAI_)/.test(code)) return 'unavailable';
    if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') return 'readonly';
    if (code === 'ENOSPC') return 'full';
    if (/^[0-9A-Z]{5}$/.test(code)) return postgresKinds.find(([start]) => code.startsWith(start))?.[1] ?? 'fault';
  }
  // pg reports a connection that went away without a code.
  return /connection (terminated|ended|closed)|timeout exceeded when trying to connect/i.test(error.message)
    ? 'unavailable'
    : 'fault';
}
