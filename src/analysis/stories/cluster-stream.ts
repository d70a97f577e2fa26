/** The command `cluster`: articles in time order in, the story of each out. */
import type { Readable, Writable } from 'node:stream';
import { documentRecord, readJsonLines, writeJsonLine } from '../json-lines.ts';
import { readTerms } from '../text/terms.ts';
import { clusterArticles } from './clusters.ts';
import type { Member } from './neighbours.ts';
import { readParticulars } from './particulars.ts';
import { type StorySignature, signatureOf } from './stories.ts';

/**
 * Reads JSONL `{"id","title","text","date"}` to its end and writes `{"id","cluster"}` for each, in the same order.
 *
 * Only signatures and particulars are held, about 8 kB an article.
 * @returns the exit code: 1 when any line was bad (it is named in the log), else 0.
 */
export async function clusterStream(input: Readable, output: Writable, log: (message: string) => void): Promise<0 | 1> {
  const ids: (string | number)[] = [];
  const members: Member[] = [];
  let bad = 0;
  const documents = readJsonLines(input, documentRecord, ({ line, reason }) => {
    bad++;
    log(`line ${line}: ${reason}`);
  });
  for await (const { id, title, text, date } of documents) {
    ids.push(id);
    members.push(memberOf(title ?? '', text ?? '', date));
  }
  const groups = clusterArticles(members);
  for (const [i, id] of ids.entries()) await writeJsonLine(output, { id, cluster: `s${groups[i]! + 1}` });
  return bad > 0 ? 1 : 0;
}

/** What an article of a collection is compared by. */
export function memberOf(title: string, text: string, date: string | null | undefined): Member {
  const terms = [readTerms(title), readTerms(text)] as const;
  return {
    signature: { ...signatureOf(title, text, terms), ...dateOf(date) },
    particulars: readParticulars(title, text, terms),
  };
}

/** A date that cannot be read is no date: the article may belong to any day. */
function dateOf(date: string | null | undefined): Pick<StorySignature, 'at' | 'dated'> {
  const at = Date.parse(date ?? '');
  return Number.isNaN(at) ? { at: '', dated: false } : { at: new Date(at).toISOString(), dated: true };
}
