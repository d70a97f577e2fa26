/** The fetched entries of `CORPUS`: addresses, and the feeds of OPML files, as feed readers export them. */
import { readFile, stat } from 'node:fs/promises';
import type { Sink } from '../load.ts';
import { isAddress } from '../web/addresses.ts';

/** Larger lists are no one's reading. */
const LONGEST = 5_000_000; // bytes
const MOST_FEEDS = 1000;

/** True for an entry that names a list of feeds on disk. */
export const isFeedList = (entry: string): boolean => !isAddress(entry) && /\.opml$/i.test(entry);

/** Every address the entries name, each once; a list that cannot be read is a problem of the sink. */
export async function addressesOf(
  entries: readonly string[],
  sink: Pick<Sink, 'problem' | 'solved'>,
): Promise<readonly string[]> {
  const addresses = new Set<string>();
  for (const entry of entries) {
    if (isAddress(entry)) addresses.add(entry);
    if (!isFeedList(entry)) continue;
    const feeds = await feedsIn(entry);
    if (typeof feeds === 'string') {
      await sink.problem(entry, feeds);
      continue;
    }
    for (const feed of feeds) addresses.add(feed);
    await sink.solved(entry);
  }
  return [...addresses];
}

async function feedsIn(path: string): Promise<readonly string[] | string> {
  try {
    if ((await stat(path)).size > LONGEST) return 'a list of feeds of more than 5 MB';
    const { readFeedDocument } = await import('./feeds.ts');
    const document = readFeedDocument(await readFile(path));
    if (document.kind !== 'list') return 'expected a list of feeds (OPML), got something else';
    const feeds = document.feeds.map(({ url }) => url).filter((url) => isAddress(url) && url.length <= 2000);
    return feeds.length > 0 ? feeds.slice(0, MOST_FEEDS) : 'a list of feeds (OPML) with no address in it';
  } catch (error) {
    return (error as { code?: string }).code === 'ENOENT' ? 'no such file' : `could not be read: ${String(error)}`;
  }
}
