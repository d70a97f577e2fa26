/** Scores the quotes of `analyze` on the evaluation data: `node bench/eval-quotes.ts [--errors N] [FILE VIEW]`. Prints one line a measure. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { analyzeStream } from '../src/analysis/analyze-stream.ts';
import { EVALDATA, readLines } from '../src/analysis/training/data.ts';
import { build } from '../src/corpus/text/paragraphs.ts';

const FILES = ['polnear-dev', 'gum-news', 'scu-sourcing'] as const;
const VIEWS = ['quoted', 'report', 'all'] as const;

interface Ratio {
  readonly f1: number;
  readonly p: number;
  readonly r: number;
}
interface ContentScores {
  readonly jaccard50: Ratio;
  readonly endToEnd: Ratio;
  readonly speaker: Record<
    'mentionOverlap' | 'name' | 'fullName' | 'none',
    { readonly accuracy: number; readonly of: number }
  >;
}
interface StatementScores {
  readonly statements: Ratio;
  readonly name: { readonly accuracy: number };
  readonly endToEnd: Ratio;
}
interface Scores {
  readonly content: { readonly all?: ContentScores };
  readonly statements: { readonly all?: StatementScores };
}

/** Predictions for a gold file, as the command `analyze` prints them. */
async function predictions(name: string): Promise<string> {
  const lines = readLines<object>(`quotes/${name}.jsonl`).map((article) => `${JSON.stringify(article)}\n`);
  const output = new PassThrough({ highWaterMark: 1 << 28 });
  await analyzeStream(Readable.from(lines), output, console.error, build);
  output.end();
  return text(output);
}

function score(gold: string, predicted: string, view: string, ...more: string[]): string {
  const scorer = join(EVALDATA, 'score-quotes.mjs');
  return execFileSync(
    process.execPath,
    [scorer, '--gold', join(EVALDATA, `quotes/${gold}.jsonl`), '--pred', predicted, '--view', view, ...more],
    {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    },
  );
}

const percent = (value: number | undefined): string =>
  value === undefined ? '   -' : (100 * value).toFixed(1).padStart(5);

function line(name: string, view: string, { content, statements }: Scores): string {
  const label = `${name} ${view}`.padEnd(22);
  if (statements.all) {
    const { statements: found, name, endToEnd } = statements.all;
    return `${label} found ${percent(found.f1)} (P ${percent(found.p)} R ${percent(found.r)})  full name ${percent(name.accuracy)}  end-to-end ${percent(endToEnd.f1)}`;
  }
  if (!content.all) return label;
  const { jaccard50: found, endToEnd, speaker } = content.all;
  return `${label} found ${percent(found.f1)} (P ${percent(found.p)} R ${percent(found.r)})  mention ${percent(speaker.mentionOverlap.accuracy)}  full name ${speaker.fullName.of ? percent(speaker.fullName.accuracy) : '    -'}  none ${percent(speaker.none.accuracy)}  end-to-end ${percent(endToEnd.f1)}`;
}

const folder = mkdtempSync(join(tmpdir(), 'pullquote-eval-'));
try {
  const [errors, count, ...wanted] = process.argv.slice(2);
  const only = errors === '--errors' ? wanted : process.argv.slice(2);
  for (const name of FILES) {
    if (only[0] && only[0] !== name) continue;
    const file = join(folder, `${name}.jsonl`);
    writeFileSync(file, await predictions(name));
    for (const view of VIEWS) {
      if (only[1] && only[1] !== view) continue;
      console.log(line(name, view, JSON.parse(score(name, file, view, '--json')) as Scores));
      if (errors === '--errors') console.log(score(name, file, view, '--errors', count ?? '20'));
    }
  }
} finally {
  rmSync(folder, { recursive: true });
}
