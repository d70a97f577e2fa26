/**
 * What was asked a moment ago is not looked up again: at eight o'clock thousands of channels want the same digest, and
 * what is on everybody's mind is asked by many.
 *
 * Remembered is only what the store would still say: a change made through this store forgets everything at once, one by
 * another process is seen within seconds. A server or workspace that has no articles of its own sees the operator's, as
 * all such do, and shares their answers; any other shares nothing.
 */
import type { Tenant } from '../../model.ts';
import type { Store } from '../store.ts';

const KEEP_MS = 10_000;
/** An answer is some ten to a hundred kilobytes. */
const MOST = 300;

interface Kept {
  readonly answer: Promise<unknown>;
  /** Milliseconds of this process, and of the question's own clock where it has one. */
  readonly askedAt: number;
  readonly now: number;
}

interface Question {
  readonly tenant: Tenant;
  readonly now?: string;
}

/** The same store, which remembers answers for a moment. The same question gives the same object: it is not to be changed. */
export function remembering(store: Store): Store {
  /** By question, oldest first. */
  const kept = new Map<string, Kept>();

  const isFresh = ({ askedAt, now }: Kept, at: number): boolean =>
    performance.now() - askedAt < KEEP_MS && Math.abs(at - now) < KEEP_MS;

  const scopeOf = async (tenant: Tenant): Promise<Tenant> =>
    tenant !== '' && (await store.ownsArticles(tenant)) ? tenant : '';

  /** Looks a question up, or remembers what was answered to it. */
  const once =
    <Query extends Question, Answer>(name: string, look: (query: Query) => Promise<Answer>) =>
    async (query: Query): Promise<Answer> => {
      const asked = { ...query, tenant: await scopeOf(query.tenant) };
      const question = `${name} ${JSON.stringify({ ...asked, now: undefined })}`;
      const now = query.now === undefined ? 0 : Date.parse(query.now);
      const known = kept.get(question);
      if (known && isFresh(known, now)) return known.answer as Promise<Answer>;
      const answer = look(asked);
      const entry: Kept = { answer, askedAt: performance.now(), now };
      const forget = () => {
        if (kept.get(question) === entry) kept.delete(question);
      };
      kept.delete(question);
      kept.set(question, entry);
      if (kept.size > MOST) kept.delete(kept.keys().next().value as string);
      answer.catch(forget);
      setTimeout(forget, KEEP_MS).unref();
      return answer;
    };

  /** Runs a write and forgets what was remembered before it ended: it may be of either side. */
  async function changing<Result>(
    write: Promise<Result>,
    changed: (result: Result) => boolean = () => true,
  ): Promise<Result> {
    try {
      const result = await write;
      if (changed(result)) kept.clear();
      return result;
    } catch (cause) {
      // A write that failed may have been made: the answer of the commit can be lost.
      kept.clear();
      throw cause;
    }
  }

  return {
    ...store,
    coverage: once('coverage', store.coverage),
    findQuotes: once('quotes', store.findQuotes),
    findReactions: once('reactions', store.findReactions),
    saveArticle: (entry) => changing(store.saveArticle(entry), (outcome) => outcome !== 'unchanged'),
    savePrepared: (article) => changing(store.savePrepared(article), (outcome) => outcome !== 'unchanged'),
    withdrawArticle: (id) => changing(store.withdrawArticle(id), (gone) => gone),
    forgetArticles: (query) => changing(store.forgetArticles(query), (gone) => gone > 0),
    regroupStories: (options) => changing(store.regroupStories(options), ({ moved }) => moved > 0),
    removeTenant: (tenant) => changing(store.removeTenant(tenant)),
  };
}
