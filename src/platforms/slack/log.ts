/** Where this room writes what happened: fields, then words. Never a token, never a member's message. */
import { type Logger, LogLevel } from '@slack/bolt';

export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Bolt's own log, quietened: its debug lines hold whole payloads, so only the first words of warnings and errors pass. */
export function boltLogger(log: Log): Logger {
  const first = (words: readonly unknown[]) =>
    String(words[0] instanceof Error ? words[0].message : words[0]).slice(0, 300);
  return {
    debug() {},
    info() {},
    warn: (...words) => log.warn({}, `slack: ${first(words)}`),
    error: (...words) => log.warn({}, `slack: ${first(words)}`),
    setLevel() {},
    getLevel: () => LogLevel.WARN,
    setName() {},
  };
}
