/** How a topic was read, in the bot's own words: never silently. */
import { type Block, code, type Phrase, small, strong } from '../src/document.ts';
import type { Words } from '../src/language/language.ts';
import type { Alias, Understanding } from '../src/model.ts';

/** A line of small print; none when the words were found as typed. `topic` is what was typed. */
export function understoodBlocks(
  understood: Understanding | undefined,
  topic: string | undefined,
  said: Words,
  inPassing = false,
): Block[] {
  const { respelled = [], leftOut = [], partial = false, also = [] } = understood ?? {};
  const meant = respelled.reduce((text, { typed, meant }) => text.replace(typed, meant), topic ?? '');
  const sentences: Phrase[] = [
    ...respelled.map(({ typed, meant }) => said.understood.respelled(strong(meant), code(typed))),
    ...leftOut.map((typed) => said.understood.leftOut(code(typed))),
    ...also.map((alias) => alsoSentence(alias, meant, said)),
    // One weakness is told once.
    ...(partial ? [[said.understood.partial]] : inPassing ? [[said.understood.inPassing]] : []),
  ];
  return sentences.length === 0 ? [] : [small(...sentences.flatMap((one, i) => (i === 0 ? one : [' ', ...one])))];
}

function alsoSentence({ name, both, of, rarer }: Alias, topic: string, said: Words): Phrase {
  const other = strong(name);
  return said.understood.also(other, both, of, rarer && (rarer === 'typed' ? code(topic) : other));
}
