/** htmlparser2 with a bound: its list of open elements makes extreme nesting quadratic, and no real document has it. */
import { type Handler, Parser, type ParserOptions } from 'htmlparser2';

const deepest = 2_000;
const chunk = 32_768;

/** Parses a document in one pass. Where it nests deeper than any real one, the rest of it is left unread. */
export function parseMarkup(source: string, handler: Partial<Handler>, options: ParserOptions): void {
  let depth = 0;
  const parser = new Parser(
    {
      ...handler,
      onopentag(name, attributes, isImplied) {
        depth += 1;
        handler.onopentag?.(name, attributes, isImplied);
      },
      onclosetag(name, isImplied) {
        depth -= 1;
        handler.onclosetag?.(name, isImplied);
      },
    },
    options,
  );
  for (let start = 0; start < source.length && depth < deepest; start += chunk)
    parser.write(source.slice(start, start + chunk));
  parser.end();
}

/** One handler that tells two of everything, the first one first: a document is parsed once for both. */
export const both = (one: Partial<Handler>, other: Partial<Handler>): Partial<Handler> => ({
  onopentag(name, attributes, isImplied) {
    one.onopentag?.(name, attributes, isImplied);
    other.onopentag?.(name, attributes, isImplied);
  },
  ontext(text) {
    one.ontext?.(text);
    other.ontext?.(text);
  },
  onclosetag(name, isImplied) {
    one.onclosetag?.(name, isImplied);
    other.onclosetag?.(name, isImplied);
  },
});
