/** An article of the evaluation texts with what grouping and search need of it, and nothing else: no paragraphs, no masks. */
import type { Article } from '../src/model.ts';
import { textHash } from '../src/receipt.ts';

export interface PlainText {
  readonly id: string;
  readonly title?: string;
  readonly text: string;
  /** Its day, as an instant; absent where nobody knows it. */
  readonly at?: string;
  readonly readAt: string;
}

export const plainArticle = ({ id, title, text, at, readAt }: PlainText): Article => ({
  id,
  hash: textHash(text),
  tenant: '',
  origin: id,
  ...(title !== undefined && { title }),
  label: title ?? id,
  labelIsOurs: title === undefined,
  language: 'en',
  date: at === undefined ? { state: 'none' } : { state: 'stated', at, precision: 'day' },
  readAt,
  text,
  paragraphs: [],
  masks: [],
  posts: [],
});
