/** Waiting between tries. */

const LONGEST_MS = 15 * 60_000;

/**
 * Milliseconds before the next try: doubles from `firstMs`, spread over half of it so that many do not come at once, and
 * never less than the platform asked for.
 */
export function waitMs(attempt: number, firstMs: number, retryAfterMs = 0): number {
  const full = Math.min(firstMs * 2 ** (attempt - 1), LONGEST_MS);
  return Math.max(retryAfterMs, full / 2 + (Math.random() * full) / 2);
}

/** Resolves after `ms`, or at once when the signal is aborted. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}
