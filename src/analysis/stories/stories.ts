/** What an article is compared by with others: for its story, and for copies of its text. */
import type { Analysis, Article, Instant } from '../../model.ts';
import { LEAD, NAME, NUMBER, TITLE } from '../text/standing.ts';
import { factsOf, StemNumbers } from '../text/stems.ts';
import { readTerms, type Term } from '../text/terms.ts';
import type { Stem } from '../text/words.ts';
import { type CopySignature, copySignature } from './duplicates.ts';

/** What an article is compared by. Small: about two kilobytes, stored beside the article. */
export interface StorySignature extends CopySignature {
  /**
   * Heaviest terms with their weight in the article, heaviest first, at most 100. `marks` says where a term stands:
   * the sum of `NAME`, `TITLE`, `LEAD` and `NUMBER` of `text/standing.ts`.
   */
  readonly terms: readonly (readonly [term: string, weight: number, marks?: number])[];
  /** MinHash of word shingles, for copies of the same text; 128 numbers below 2^32. */
  readonly shingles: ArrayLike<number>;
  /** When it happened as far as we know: the stated date, else when it was first read. */
  readonly at: Instant;
  /** False when `at` is only when it was first read: then time says nothing for or against a story. */
  readonly dated: boolean;
  readonly outlet?: string;
}

/** How many articles hold a term, and how many articles there are: for weighing rare terms. */
export interface TermCounts {
  readonly articles: number;
  readonly withTerm: ReadonlyMap<string, number>;
}

const TERMS_KEPT = 100;
const WORDS_READ = 600;
const LEAD_WORDS = 100;
const TITLE_WEIGHT = 3;

/** Articles further apart than this tell two stories, unless one is a copy of the other. */
export const STORY_WINDOW_DAYS = 3;

/** How many of `signature.terms`, from the front, to look candidates up by. */
export const LOOKUP_TERMS = 16;

/** Reduces an article to what it is compared by: heavy terms for its story, shingles for copies of its text. */
export function storySignature(article: Article, _analysis?: Analysis): StorySignature {
  const { date, outlet, title = '' } = article;
  const dated = date.state === 'stated';
  return {
    ...signatureOf(title, unmasked(article)),
    at: dated ? date.at : article.readAt,
    dated,
    ...(outlet === undefined ? {} : { outlet }),
  };
}

/** The text as it is compared: what is not the article's own is empty. */
export function unmasked({ text, masks }: Pick<Article, 'text' | 'masks'>): string {
  let rest = text;
  for (const { start, end } of masks) rest = rest.slice(0, start) + '\n'.repeat(end - start) + rest.slice(end);
  return rest;
}

/** The part of a signature that is read from the words alone; `terms` where they are read already. */
export function signatureOf(
  title: string,
  text: string,
  [head, body]: readonly [title: readonly Term[], text: readonly Term[]] = [readTerms(title), readTerms(text)],
): Pick<StorySignature, 'terms' | 'shingles' | 'size'> {
  const hashes = new Uint32Array(body.length);
  for (let i = 0; i < hashes.length; i++) hashes[i] = body[i]!.form.wordHash;
  return { terms: heaviest(head, body), ...copySignature(hashes) };
}

/** A stem as an article uses it. */
interface Use {
  readonly stem: Stem;
  /** How often, the title's words several times. */
  times: number;
  marks: number;
  rank: number;
}

function heaviest(title: readonly Term[], body: readonly Term[]): StorySignature['terms'] {
  const numbers = new StemNumbers();
  const uses: Use[] = [];
  const count = ({ form }: Term, times: number, mark: number) => {
    if (form.isStop) return;
    const number = numbers.of(form.stem);
    let use = uses[number];
    if (use === undefined) {
      use = { stem: form.stem, times: 0, marks: form.isNumber ? NUMBER : 0, rank: 0 };
      uses.push(use);
    }
    use.times += times;
    use.marks |= mark;
  };
  for (const term of title) count(term, TITLE_WEIGHT, TITLE);
  const read = Math.min(body.length, WORDS_READ);
  for (let i = 0; i < read; i++) count(body[i]!, 1, i < LEAD_WORDS ? LEAD : 0);
  for (const { isName, form } of body) {
    const number = isName ? numbers.find(form.stem) : undefined;
    if (number !== undefined) uses[number]!.marks |= NAME;
  }
  for (const use of uses) use.rank = Math.sqrt(use.times) * factsOf(use.stem).rarity;
  return foremost(uses).map(({ stem, times, marks }) => [stem.text, Math.round(Math.sqrt(times) * 100) / 100, marks]);
}

/** The highest ranks first. Most words of a long article are below the last one kept: those are not put in order. */
function foremost(uses: readonly Use[]): Use[] {
  const ranks = new Float64Array(uses.length);
  for (let i = 0; i < ranks.length; i++) ranks[i] = uses[i]!.rank;
  ranks.sort();
  const least = ranks[ranks.length - TERMS_KEPT] ?? 0;
  return uses
    .filter(({ rank }) => rank >= least)
    .sort((a, b) => b.rank - a.rank || (a.stem.text < b.stem.text ? -1 : 1))
    .slice(0, TERMS_KEPT);
}
