/** The command `analyze`: articles in, quotes out, one JSON document a line. */

import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { z } from 'zod';
import type { FoundQuote, FoundReaction, Span } from '../model.ts';
import { type AnalysisInput, findStatements, type Statements } from './analyze.ts';

const record = z.object({
  id: z.union([z.string(), z.number()]).transform(String),
  text: z.string(),
  title: z.string().nullish(),
  date: z.string().nullish(),
  byline: z.string().nullish(),
});

/**
 * Reads JSONL articles and writes one line of findings for each, in order, holding one article at a time.
 *
 * `structure` tells what of a text is furniture and what is a post, as the door of the bot does.
 * A line that is no article is named in the log with its number and skipped.
 * @returns the exit code: 1 when any line was bad, else 0.
 */
export async function analyzeStream(
  input: Readable,
  output: Writable,
  log: (message: string) => void,
  structure: (text: string) => Pick<AnalysisInput, 'masks' | 'posts'> = () => ({}),
): Promise<0 | 1> {
  let line = 0;
  let bad = 0;
  for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    line++;
    if (text.trim() === '') continue;
    const article = parse(text);
    if (typeof article === 'string') {
      bad++;
      log(`line ${line}: ${article}`);
      continue;
    }
    const answer = JSON.stringify(
      found(article.id, article.text, findStatements({ ...article, ...structure(article.text) })),
    );
    if (!output.write(`${answer}\n`)) await once(output, 'drain');
  }
  return bad > 0 ? 1 : 0;
}

type Line = { id: string; text: string; title?: string; date?: string; byline?: string };

/** The article on a line, or what is wrong with it. */
function parse(line: string): Line | string {
  let value: unknown;
  try {
    value = JSON.parse(line.replace(/^\uFEFF/, ''));
  } catch (error) {
    return `not JSON: ${(error as Error).message}`;
  }
  const parsed = record.safeParse(value);
  if (!parsed.success) return z.prettifyError(parsed.error).replaceAll('\n', ' ');
  const { id, text, title, date, byline } = parsed.data;
  return { id, text, ...(title ? { title } : {}), ...(date ? { date } : {}), ...(byline ? { byline } : {}) };
}

const OUTSIDE_KIND = { direct: 'direct', partial: 'mixed', indirect: 'indirect' } as const;

function found(id: string, text: string, { quotes, speakers, reactions }: Statements): unknown {
  const slice = (span: Span | undefined) =>
    span === undefined ? null : { text: text.slice(span.start, span.end), start: span.start, end: span.end };
  const quote = ({ content, kind, mention, speaker, cue }: FoundQuote) => ({
    start: content.start,
    end: content.end,
    text: text.slice(content.start, content.end),
    kind: OUTSIDE_KIND[kind],
    speaker: slice(mention),
    speakerFull: speaker === undefined ? null : speakers[speaker]!.name,
    cue: slice(cue),
  });
  const reaction = ({ speaker, stance, target, targetSpeaker, evidence, kind }: FoundReaction) => ({
    speaker: speakers[speaker]!.name,
    stance,
    target: slice(target),
    targetFull: targetSpeaker === undefined ? null : speakers[targetSpeaker]!.name,
    evidence: slice(evidence),
    kind: OUTSIDE_KIND[kind],
  });
  return { id, quotes: quotes.map(quote), reactions: reactions.map(reaction) };
}
