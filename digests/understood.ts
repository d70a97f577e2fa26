/** How a topic was read, in the bot's own words: never silently. */
import { type Block, code, type Phrase, small, strong } from '../src/document.ts';
import type { Words } from '../src/language/language.ts';
import type { Understanding } from '../src/model.ts';

/** A line of small print; none when the words were found as typed. */
export function understoodBlocks(understood: Understanding | undefined, said: Words, inPassing = false): Block[] {
  const { respelled = [], leftOut = [], partial = false } = understood ?? {};
  const sentences: Phrase[] = [
    ...respelled.map(({ typed, meant }) => said.understood.respelled(strong(meant), code(typed))),
    ...leftOut.map((typed) => said.understood.leftOut(code(typed))),
    // One weakness is told once.
    ...(partial ? [[said.understood.partial]] : inPassing ? [[said.understood.inPassing]] : []),
  ];
  return sentences.length === 0 ? [] : [small(...sentences.flatMap((one, i) => (i === 0 ? one : [' ', ...one])))];
}
