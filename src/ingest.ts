/** From the corpus to the store: each article is analysed, compared with the news around it, and saved whole. */
import { analyze, ENGINE } from './analysis/analyze.ts';
import { storySignature } from './analysis/stories.ts';
import type { Sink } from './corpus/load.ts';
import type { Analysis, Article } from './model.ts';
import type { ArticleEntry, Store } from './store/store.ts';

/** Where `loadCorpus` and `watchCorpus` put articles. `observe` hears how long each analysis took, in milliseconds. */
export function sinkInto(store: Store, now: () => Date, observe: (ms: number) => void = () => {}): Sink {
  const problem = (origin: string, reason: string) =>
    store.noteProblem({ origin, tenant: '', reason, at: now().toISOString() });
  return {
    engine: ENGINE,
    state: (id) => store.articleState(id),
    async save(article, original) {
      const began = performance.now();
      const entry = await entryOrProblem(article, original);
      observe(performance.now() - began);
      return store.saveArticle(entry);
    },
    withdraw: (id) => store.withdrawArticle(id),
    problem,
    solved: (origin) => store.clearProblem(origin),
    troubled: async () => (await store.problems('', 10_000)).map(({ origin }) => origin),
  };

  /** A fault of ours in one article must not stop the others: it is kept and searchable, unquoted, and named. */
  async function entryOrProblem(article: Article, original: Uint8Array): Promise<ArticleEntry> {
    try {
      return entryOf(article, original);
    } catch (cause) {
      await problem(
        article.origin,
        `kept without quotes: the analysis failed (${cause instanceof Error ? cause.message : String(cause)})`,
      );
      const analysis = unquoted();
      return { article, analysis, signature: storySignature(article, analysis), original };
    }
  }
}

/** An article with all that is found in it, ready to be saved. */
export function entryOf(article: Article, original: Uint8Array): ArticleEntry {
  const analysis = article.language === 'en' || article.language === 'und' ? analysisOf(article) : unquoted();
  return { article, analysis, signature: storySignature(article, analysis), original };
}

function analysisOf({ text, title, masks, posts, date }: Article): Analysis {
  return analyze({
    text,
    masks,
    posts,
    ...(title === undefined ? {} : { title }),
    ...(date.state === 'stated' ? { date: date.at } : {}),
  });
}

/** Other languages are kept and searchable, and never quoted by rules made for English. */
const unquoted = (): Analysis => ({
  engine: ENGINE,
  sentences: [],
  quotes: [],
  speakers: [],
  reactions: [],
  topics: [],
  keySentences: [],
});
