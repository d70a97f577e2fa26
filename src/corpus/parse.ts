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
