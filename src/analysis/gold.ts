/** What is found in an article, in the shape of an `expected.json` in `tests/gold`: words, not numbers, for people to correct. */
import type { Analysis, FoundQuote, Span } from '../model.ts';

/** One quote as a gold folder has it; what is absent is left out. */
export type GoldQuote = Pick<FoundQuote, 'kind' | 'medium'> & {
  readonly content: string;
  readonly verbatim: readonly string[];
  readonly speaker?: string;
  readonly mention?: string;
  readonly cue?: string;
  readonly when?: string;
  readonly where?: string;
};

/** In reading order. */
export function goldQuotes(text: string, { quotes, speakers }: Pick<Analysis, 'quotes' | 'speakers'>): GoldQuote[] {
  const slice = (span: Span) => text.slice(span.start, span.end);
  const named = (name: 'mention' | 'cue' | 'when' | 'where', span: Span | undefined) =>
    span ? { [name]: slice(span) } : {};
  return quotes.map(({ kind, medium, content, verbatim, speaker, mention, cue, when, where }) => ({
    kind,
    medium,
    content: slice(content),
    verbatim: verbatim.map(slice),
    ...(speaker === undefined ? {} : { speaker: speakers[speaker]!.name }),
    ...named('mention', mention),
    ...named('cue', cue),
    ...named('when', when),
    ...named('where', where),
  }));
}
