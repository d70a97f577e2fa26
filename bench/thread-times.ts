/** Processor time by thread, as Linux counts it; other systems tell nothing. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';

const TASKS = '/proc/self/task';
/** What one tick of `stat` is, in milliseconds: 100 a second on every usual kernel (proc(5), `utime`). */
const TICK_MS = 10;

/** Milliseconds since the start of each thread that lives, by its number, with its name. */
export function threadTimes(): ReadonlyMap<string, { readonly name: string; readonly ms: number }> {
  const threads = existsSync(TASKS) ? readdirSync(TASKS) : [];
  return new Map(threads.flatMap((id) => timesOf(id)));
}

function timesOf(id: string) {
  try {
    const stat = readFileSync(`${TASKS}/${id}/stat`, 'utf8');
    const nameEnd = stat.lastIndexOf(')');
    const fields = stat.slice(nameEnd + 2).split(' ');
    const name = id === String(process.pid) ? 'main' : stat.slice(stat.indexOf('(') + 1, nameEnd);
    return [[id, { name, ms: (Number(fields[11]) + Number(fields[12])) * TICK_MS }] as const];
  } catch {
    return []; // It ended meanwhile.
  }
}

/** Milliseconds that threads of each name took since `before`, most first. */
export function spentSince(before: ReturnType<typeof threadTimes>): [name: string, ms: number][] {
  const spent = new Map<string, number>();
  for (const [id, { name, ms }] of threadTimes())
    spent.set(name, (spent.get(name) ?? 0) + ms - (before.get(id)?.ms ?? 0));
  return [...spent].filter(([, ms]) => ms > 0).sort((a, b) => b[1] - a[1]);
}
