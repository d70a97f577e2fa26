/** Names against GUM news (by hand): recall by mention head, precision by overlap, and speed. `node bench/eval-names.ts [--errors]` */
import { findNames, type NameKind } from '../src/analysis/names/names.ts';
import { tagText } from '../src/analysis/text/tag.ts';
import { readLines } from '../src/analysis/training/data.ts';

interface GumNames {
  readonly id: string;
  readonly text: string;
  readonly tokens: readonly { readonly start: number; readonly end: number; readonly xpos: string }[];
  readonly entities: readonly {
    readonly start: number;
    readonly end: number;
    readonly head: number;
    readonly type: string;
    readonly named: boolean;
  }[];
}

const KINDS: Readonly<Record<string, NameKind>> = { person: 'person', organization: 'organization', place: 'place' };
const showErrors = process.argv.includes('--errors');
const counts = new Map<NameKind, { found: number; missed: number; right: number; wrong: number }>();
const of = (kind: NameKind) => {
  const count = counts.get(kind) ?? { found: 0, missed: 0, right: 0, wrong: 0 };
  counts.set(kind, count);
  return count;
};

let cpu = 0;
let tokenCount = 0;
const documents = readLines<GumNames>('tagging/gum-news-dev.jsonl.gz');
for (const { text, tokens, entities, id } of documents) {
  const tagged = tagText(text);
  const before = process.cpuUsage();
  const names = findNames(tagged);
  const used = process.cpuUsage(before);
  cpu += used.user + used.system;
  tokenCount += tagged.tokens.count;
  const spans = names.map(({ first, last, kind }) => ({
    kind,
    start: tagged.tokens.start[first]!,
    end: tagged.tokens.end[last]!,
  }));
  const seen = new Set<string>();
  for (const { type, head, start, end } of entities) {
    const kind = KINDS[type];
    const token = tokens[head]!;
    if (kind === undefined || !token.xpos.startsWith('NNP') || seen.has(`${kind}${head}`)) continue;
    seen.add(`${kind}${head}`);
    const found = spans.some((span) => span.kind === kind && span.start <= token.start && span.end >= token.end);
    if (found) of(kind).found++;
    else of(kind).missed++;
    if (!found && showErrors) console.log(`${id} missed ${kind}: ${text.slice(start, end).slice(0, 90)}`);
  }
  for (const span of spans) {
    const right = entities.some(({ type, head, start, end }) => {
      const token = tokens[head]!;
      if (KINDS[type] !== span.kind || !token.xpos.startsWith('NNP')) return false;
      return (span.start <= token.start && span.end >= token.end) || (start <= span.start && end >= span.end);
    });
    if (right) of(span.kind).right++;
    else of(span.kind).wrong++;
    if (!right && showErrors) console.log(`${id} wrong ${span.kind}: ${text.slice(span.start, span.end)}`);
  }
}
const percent = (share: number): string => (100 * share).toFixed(1).padStart(5);
for (const [kind, { found, missed, right, wrong }] of counts) {
  const recall = found / (found + missed);
  const precision = right / (right + wrong);
  console.log(
    `${kind.padEnd(13)} R ${percent(recall)}  P ${percent(precision)}  F ${percent((2 * recall * precision) / (recall + precision))}`,
  );
}
console.log(`${documents.length} articles, ${Math.round(tokenCount / (cpu / 1000))} tokens/ms CPU (cold)`);
