/** How far a long reading is: a bar that is written over on a terminal, a line now and then elsewhere. */
import type { Progress } from './corpus/load.ts';

export interface ProgressBar {
  tell(progress: Progress): void;
  /** Takes the bar away; again changes nothing. */
  end(): void;
}

type Output = Pick<NodeJS.WriteStream, 'write' | 'isTTY' | 'columns'>;

/** Seconds between two lines where nobody watches. */
const LINE_EVERY = 10;

export function openProgress(output: Output, clock: () => number = () => performance.now()): ProgressBar {
  const began = clock();
  let said = 0;
  let shown = false;
  return {
    tell(progress) {
      const seconds = (clock() - began) / 1000;
      if (output.isTTY) {
        output.write(`\r\u001b[K${barLine(progress, seconds, output.columns || 80)}`);
        shown = true;
      } else if (seconds - said >= LINE_EVERY) {
        said = seconds;
        output.write(`${plainLine(progress, seconds)}\n`);
      }
    },
    end() {
      if (shown) output.write('\r\u001b[K');
      shown = false;
    },
  };
}

const BAR = 20; // characters

/** `████████░░░░░░░░░░░░ 41% · 1,234 articles, 56/s, 2 not read · 3 min left · news/rows.jsonl`, cut to the terminal's width. */
export function barLine(progress: Progress, seconds: number, columns: number): string {
  const { share } = progress;
  const full = Math.round((share ?? 0) * BAR);
  const bar = share === undefined ? '' : `${'█'.repeat(full)}${'░'.repeat(BAR - full)} ${percent(share)} · `;
  return cut(`${bar}${plainLine(progress, seconds, true)}`, columns - 1);
}

function plainLine({ articles, problems, at, share }: Progress, seconds: number, isBar = false): string {
  const speed = Math.round(articles / Math.max(seconds, 0.001));
  const parts = [
    ...(share === undefined || isBar ? [] : [percent(share)]),
    `${articles.toLocaleString('en')} articles, ${speed.toLocaleString('en')}/s${problems > 0 ? `, ${problems.toLocaleString('en')} not read` : ''}`,
    ...timeLeft(share, seconds),
    printable(at),
  ];
  return parts.join(' · ');
}

/** Nothing in the first seconds: a guess from little is worse than none. */
function timeLeft(share: number | undefined, seconds: number): string[] {
  if (share === undefined || share < 0.02 || share >= 1 || seconds < 5) return [];
  const left = (seconds / share) * (1 - share);
  if (left < 60) return [`${Math.ceil(left)} s left`];
  return [left < 5400 ? `${Math.ceil(left / 60)} min left` : `${(left / 3600).toFixed(1)} h left`];
}

const percent = (share: number): string => `${Math.floor(share * 100)}%`;

/** A file's name may hold anything: no line break or escape of it reaches the terminal. */
const printable = (name: string): string => name.replace(/\p{C}/gu, '\u{FFFD}');

/** The end of a path tells more than its beginning, but a line that wraps cannot be written over. */
const cut = (line: string, width: number): string =>
  [...line].length <= width ? line : `${[...line].slice(0, Math.max(0, width - 1)).join('')}…`;
