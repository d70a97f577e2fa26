/** Web pages to articles. */
import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';
import type { Stated } from './front-matter.ts';
export interface Page {
  readonly text: string;
  readonly stated: Stated;
}
export function readPage(html: string, _url?: string): Page {
  const { document } = parseHTML(html);
  const found = new Readability(document as never).parse();
  return { text: found?.textContent?.trim() ?? '', stated: found?.title ? { title: found.title } : {} };
}
