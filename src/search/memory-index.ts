/** A full-text index in memory for collections that are read once and thrown away. */
import { readTerms } from '../analysis/terms.ts';
import { isShort, parseQuery, type QueryTerm } from './query.ts';
import {
  covered,
  formAndStem,
  inverseFrequency,
  LEAD_WEIGHT,
  LEAD_WORDS,
  LEAST_SLIP_CHANCE,
  saturated,
  slipChance,
  TITLE_WEIGHT,
} from './relevance.ts';
import { Spelling } from './spelling.ts';

/** One word form of the collection and where it stands. */
interface Form {
  readonly word: string;
  readonly stem: Stem;
  /** Articles in rising order, and how much the form counts in each: mentions, more in title and lead. */
  readonly articles: number[];
  readonly counts: number[];
}

interface Stem {
  readonly stem: string;
  readonly forms: Form[];
  readonly isStop: boolean;
  /** Articles that hold any of the forms. */
  holders: number;
  last: number;
}

/** One reading of a typed word: itself, or what it was meant to be. */
interface Reading {
  readonly stem: Stem;
  readonly form: Form | undefined;
  readonly chance: number;
}

interface Wanted {
  readonly readings: readonly Reading[];
  readonly weight: number;
  readonly isStop: boolean;
}

export interface Hit {
  readonly article: number;
  readonly score: number;
}

/** Feedback: what the best answers have in common is looked for too (Lavrenko and Croft 2001, the form called RM3). */
const FEEDBACK = { articles: 10, terms: 40, share: 0.4, least: 20 };

export class MemoryIndex {
  readonly #forms = new Map<string, Form>();
  readonly #stems = new Map<string, Stem>();
  readonly #lengths: number[] = [];
  /** Telling stems of each article, for feedback. */
  readonly #held: Stem[][] = [];
  readonly #spelling = new Spelling();
  #words = 0;

  get size(): number {
    return this.#lengths.length;
  }

  /** Adds an article and returns its number: 0, 1, 2 ... */
  add(title: string, text: string): number {
    const article = this.#lengths.length;
    const head = readTerms(title);
    const body = readTerms(text);
    const counts = new Map<Form, number>();
    const count = (word: string, stem: string, isStop: boolean, weight: number) => {
      const form = this.#form(word, stem, isStop);
      counts.set(form, (counts.get(form) ?? 0) + weight);
    };
    for (const { word, stem, isStop } of head) count(word, stem, isStop, TITLE_WEIGHT);
    body.forEach(({ word, stem, isStop }, i) => {
      count(word, stem, isStop, i < LEAD_WORDS ? LEAD_WEIGHT : 1);
    });
    const held: Stem[] = [];
    for (const [form, times] of counts) {
      form.articles.push(article);
      form.counts.push(times);
      if (form.stem.last === article) continue;
      form.stem.last = article;
      form.stem.holders++;
      if (!form.stem.isStop) held.push(form.stem);
    }
    this.#held.push(held);
    this.#lengths.push(head.length + body.length);
    this.#words += head.length + body.length;
    return article;
  }

  /** The articles that answer a typed query, best first, at most `limit`. */
  search(typed: string, limit: number): Hit[] {
    const terms = parseQuery(typed);
    const wanted = terms.map((term) => this.#wanted(term)).filter(({ readings }) => readings.length > 0);
    if (wanted.length === 0) return [];
    const { scores, complete } = this.#score(wanted, isShort(terms));
    const isBroad = complete >= FEEDBACK.least || !isShort(terms);
    if (isBroad) this.#addFeedback(scores, wanted);
    return best(scores, limit);
  }

  #form(word: string, stem: string, isStop: boolean): Form {
    const known = this.#forms.get(word);
    if (known) return known;
    let root = this.#stems.get(stem);
    if (!root) {
      root = { stem, forms: [], isStop, holders: 0, last: -1 };
      this.#stems.set(stem, root);
    }
    const form: Form = { word, stem: root, articles: [], counts: [] };
    root.forms.push(form);
    this.#forms.set(word, form);
    this.#spelling.add(word);
    return form;
  }

  #wanted({ word, stem, weight, isStop, isNumber }: QueryTerm): Wanted {
    const readings: Reading[] = [];
    const form = this.#forms.get(word);
    const root = this.#stems.get(stem);
    if (root) readings.push({ stem: root, form, chance: 1 });
    if (!isNumber)
      for (const near of this.#spelling.near(word)) {
        const meant = this.#forms.get(near)!;
        if (meant.stem === root) continue;
        const chance = slipChance(form?.articles.length ?? 0, meant.articles.length);
        if (chance > LEAST_SLIP_CHANCE) readings.push({ stem: meant.stem, form: meant, chance });
      }
    return { readings, weight, isStop };
  }

  /** Scores every article that holds a telling word of the query; `complete` counts those that hold them all. */
  #score(wanted: readonly Wanted[], coverage: boolean): { scores: Map<number, number>; complete: number } {
    const telling = wanted.filter(({ isStop }) => !isStop);
    const scores = new Map<number, number>();
    const found = new Map<number, number>();
    for (const one of telling.length > 0 ? telling : wanted)
      for (const [article, worth] of this.#worthOf(one)) {
        scores.set(article, (scores.get(article) ?? 0) + worth);
        found.set(article, (found.get(article) ?? 0) + 1);
      }
    if (telling.length > 0)
      for (const one of wanted.filter(({ isStop }) => isStop))
        for (const [article, worth] of this.#worthOf(one)) {
          const score = scores.get(article);
          if (score !== undefined) scores.set(article, score + worth);
        }
    const all = Math.max(1, telling.length || wanted.length);
    let complete = 0;
    for (const [article, n] of found) {
      if (n >= all) complete++;
      if (coverage) scores.set(article, scores.get(article)! * covered(n, all));
    }
    return { scores, complete };
  }

  /** What each article is worth for one wanted word: by its best reading. */
  #worthOf({ readings, weight }: Wanted): Map<number, number> {
    const worths = new Map<number, number>();
    for (const { stem, form, chance } of readings) {
      const formIdf = inverseFrequency(this.size, form?.articles.length ?? 0);
      const stemIdf = inverseFrequency(this.size, stem.holders);
      const counts = countsOf(stem);
      const typed = form ? countsOf({ forms: [form] }) : undefined;
      for (const [article, times] of counts) {
        const exact = typed?.get(article) ?? 0;
        const worth =
          weight *
          chance *
          formAndStem(
            exact > 0 ? formIdf * this.#saturated(exact, article) : 0,
            stemIdf * this.#saturated(times, article),
          );
        if (worth > (worths.get(article) ?? 0)) worths.set(article, worth);
      }
    }
    return worths;
  }

  #saturated(times: number, article: number): number {
    return saturated(times, this.#lengths[article]!, this.#words / this.size);
  }

  #addFeedback(scores: Map<number, number>, wanted: readonly Wanted[]): void {
    const top = best(scores, FEEDBACK.articles);
    const total = top.reduce((sum, { score }) => sum + score, 0);
    const weights = new Map<Stem, number>();
    for (const { article, score } of top)
      for (const stem of this.#held[article]!) {
        if (stem.holders < 2 || stem.stem.length < 2 || /\d/.test(stem.stem)) continue;
        const share = (score / total) * (this.#timesIn(stem, article) / this.#lengths[article]!);
        weights.set(stem, (weights.get(stem) ?? 0) + share);
      }
    const chosen = [...weights]
      .map(([stem, share]) => [stem, share * inverseFrequency(this.size, stem.holders)] as const)
      .sort((a, b) => b[1] - a[1])
      .slice(0, FEEDBACK.terms);
    const sum = chosen.reduce((all, [, share]) => all + share, 0);
    const typed = wanted.reduce((all, { weight }) => all + weight, 0);
    for (const [stem, share] of chosen) {
      const weight = (FEEDBACK.share / (1 - FEEDBACK.share)) * typed * (share / sum);
      const idf = inverseFrequency(this.size, stem.holders);
      for (const [article, times] of countsOf(stem))
        scores.set(article, (scores.get(article) ?? 0) + weight * idf * this.#saturated(times, article));
    }
  }

  #timesIn(stem: Stem, article: number): number {
    return stem.forms.reduce((sum, { articles, counts }) => {
      const at = indexOf(articles, article);
      return at < 0 ? sum : sum + counts[at]!;
    }, 0);
  }
}

/** How much a stem counts in each article that holds it. */
function countsOf({ forms }: { readonly forms: readonly Form[] }): Map<number, number> {
  const counts = new Map<number, number>();
  for (const form of forms)
    for (let i = 0; i < form.articles.length; i++)
      counts.set(form.articles[i]!, (counts.get(form.articles[i]!) ?? 0) + form.counts[i]!);
  return counts;
}

/** Place of a number in a rising list, -1 when it is not there. */
function indexOf(rising: readonly number[], wanted: number): number {
  let low = 0;
  let high = rising.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (rising[middle] === wanted) return middle;
    if (rising[middle]! < wanted) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

function best(scores: ReadonlyMap<number, number>, limit: number): Hit[] {
  return [...scores]
    .map(([article, score]) => ({ article, score }))
    .sort((a, b) => b.score - a.score || a.article - b.article)
    .slice(0, limit);
}
