/** Two small things that remember for a while and never grow without bound. */

/** True the first time an id is seen. Slack delivers again what it believes was not acknowledged. */
export function createSeen(most = 20_000): (id: string) => boolean {
  const seen = new Set<string>();
  return (id) => {
    if (seen.has(id)) return false;
    seen.add(id);
    // A Set keeps insertion order: the first is the oldest.
    if (seen.size > most) seen.delete(seen.values().next().value as string);
    return true;
  };
}

export interface Cache<T> {
  get(key: string): Promise<T>;
  /** What has been loaded, without waiting for anything. */
  known(key: string): T | undefined;
  forget(key: string): void;
}

/** Loads what is not known yet, once for all who ask at the same time; a failure is not remembered. */
export function createCache<T>(
  load: (key: string) => Promise<T>,
  { keepMs, most = 5000 }: { readonly keepMs: number; readonly most?: number },
): Cache<T> {
  const entries = new Map<string, { readonly value: Promise<T>; readonly until: number; loaded?: T }>();
  return {
    get(key) {
      const known = entries.get(key);
      if (known && known.until > performance.now()) return known.value;
      const value = load(key);
      entries.delete(key);
      const entry: { value: Promise<T>; until: number; loaded?: T } = { value, until: performance.now() + keepMs };
      entries.set(key, entry);
      value.then(
        (loaded) => {
          entry.loaded = loaded;
        },
        () => {
          if (entries.get(key) === entry) entries.delete(key);
        },
      );
      if (entries.size > most) entries.delete(entries.keys().next().value as string);
      return value;
    },
    known: (key) => entries.get(key)?.loaded,
    forget: (key) => void entries.delete(key),
  };
}
