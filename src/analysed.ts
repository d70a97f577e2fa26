/** An article with all that is found in it, ready to be saved. Pure: any thread can do it. */
import { analyze } from './analysis/analyze.ts';
import { ENGINE } from './analysis/engine.ts';
import { storySignature } from './analysis/stories/stories.ts';
import type { Analysis, Article } from './model.ts';
import { type PreparedArticle, prepareArticle } from './store/saving/prepare.ts';
import type { ArticleEntry, Provenance } from './store/store.ts';

export interface Analysed {
  readonly prepared: PreparedArticle;
  /** Why it is kept without quotes: a fault of ours in one article must not stop the others. */
  readonly problem?: string;
  /** How long it took, in milliseconds. */
  readonly ms: number;
}

export function analysed(article: Article, original: Uint8Array, provenance: Provenance): Analysed {
  const began = performance.now();
  try {
    const prepared = prepareArticle({ ...entryOf(article, original), provenance });
    return { prepared, ms: performance.now() - began };
  } catch (cause) {
    const analysis = unquoted();
    const signature = storySignature(article, analysis);
    return {
      prepared: prepareArticle({ article, analysis, signature, original, provenance }),
      problem: `kept without quotes: the analysis failed (${cause instanceof Error ? cause.message : String(cause)})`,
      ms: performance.now() - began,
    };
  }
}

export function entryOf(article: Article, original: Uint8Array): ArticleEntry {
  const analysis = article.language === 'en' || article.language === 'und' ? analysisOf(article) : unquoted();
  return { article, analysis, signature: storySignature(article, analysis), original };
}

function analysisOf({ text, title, byline, masks, posts, date }: Article): Analysis {
  return analyze({
    text,
    masks,
    posts,
    ...(title === undefined ? {} : { title }),
    ...(byline === undefined ? {} : { byline }),
    ...(date.state === 'stated' ? { date: date.at } : {}),
  });
}

/** Other languages are kept and searchable, and never quoted by rules made for English. */
export const unquoted = (): Analysis => ({
  engine: ENGINE,
  sentences: [],
  quotes: [],
  speakers: [],
  reactions: [],
  topics: [],
  keySentences: [],
});
