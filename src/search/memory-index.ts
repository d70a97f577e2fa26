/** A full-text index in memory for collections that are read once and thrown away. */
import { readTerms } from '../analysis/text/terms.ts';
import { intentOf, parseQuery, type QueryTerm } from './query.ts';
import {
  type Feedback,
  inverseFrequency,
  LEAST_SLIP_CHANCE,
  type Likelihood,
  logLikelihood,
  mixed,
  nearness,
  saturated,
  slipChance,
  TITLE_WEIGHT,
  WEIGHINGS,
  type Weighing,
} from './relevance.ts';
import { slips } from './slips.ts';

/** One word form of the collection and where it stands: parallel lists, articles in rising order. */
interface Form {
  readonly stem: Stem;
  readonly articles: number[];
  /** Mentions, those in the title counted more. */
  readonly mentions: number[];
  /** Nearness to the start of the text, summed over the mentions. */
  readonly leads: number[];
}

interface Stem {
  readonly stem: string;
  readonly forms: Form[];
  readonly isStop: boolean;
  /** How many articles hold any of the forms, and the last one that does. */
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

/** Scores by article. */
type Scores = Map<number, number>;

export class MemoryIndex {
  readonly #forms = new Map<string, Form>();
  readonly #stems = new Map<string, Stem>();
  readonly #lengths: number[] = [];
  /** Telling stems of each article, for feedback. */
  readonly #held: Stem[][] = [];
  #words = 0;

  get size(): number {
    return this.#lengths.length;
  }

  /** Adds an article and returns its number: 0, 1, 2 ... */
  add(title: string, text: string): number {
    const article = this.#lengths.length;
    const head = readTerms(title);
    const body = readTerms(text);
    for (const { word, stem, isStop } of head) this.#count(article, this.#form(word, stem, isStop), TITLE_WEIGHT, 0);
    body.forEach(({ word, stem, isStop }, place) => {
      this.#count(article, this.#form(word, stem, isStop), 1, nearness(place));
    });
    this.#held[article] ??= [];
    this.#lengths.push(head.length + body.length);
    this.#words += head.length + body.length;
    return article;
  }

  #form(word: string, stem: string, isStop: boolean): Form {
    const known = this.#forms.get(word);
    if (known) return known;
    let root = this.#stems.get(stem);
    if (!root) {
      root = { stem, forms: [], isStop, holders: 0, last: -1 };
      this.#stems.set(stem, root);
    }
    const form: Form = { stem: root, articles: [], mentions: [], leads: [] };
    root.forms.push(form);
    this.#forms.set(word, form);
    return form;
  }

  #count(article: number, form: Form, mentions: number, lead: number): void {
    const at = form.articles.length - 1;
    if (form.articles[at] === article) {
      form.mentions[at]! += mentions;
      form.leads[at]! += lead;
      return;
    }
    form.articles.push(article);
    form.mentions.push(mentions);
    form.leads.push(lead);
    if (form.stem.last === article) return;
    form.stem.last = article;
    form.stem.holders++;
    if (!form.stem.isStop) {
      this.#held[article] ??= [];
      this.#held[article].push(form.stem);
    }
  }

  /** The articles that answer a typed query, best first, at most `limit`. */
  search(typed: string, limit: number): Hit[] {
    const query = parseQuery(typed);
    const wanted = query.terms.map((term) => this.#wanted(term)).filter(({ readings }) => readings.length > 0);
    if (wanted.length === 0) return [];
    const weighing = WEIGHINGS[intentOf(query, () => this.#holdersOfAll(wanted))];
    const scores = this.#score(wanted, weighing);
    if (weighing.feedback) this.#addFeedback(scores, wanted, weighing, weighing.feedback);
    const found = best(scores, Math.max(limit, weighing.likelihood?.articles ?? 0));
    return (weighing.likelihood ? this.#byLikelihood(found, wanted, weighing, weighing.likelihood) : found).slice(
      0,
      limit,
    );
  }

  #wanted({ word, stem, weight, isStop, isNumber }: QueryTerm): Wanted {
    const readings: Reading[] = [];
    const form = this.#forms.get(word);
    const root = this.#stems.get(stem);
    if (root) readings.push({ stem: root, form, chance: 1 });
    for (const [near, edits] of isNumber ? [] : slips(word)) {
      const meant = this.#forms.get(near);
      if (!meant || meant.stem === root) continue;
      const chance = slipChance(form?.articles.length ?? 0, meant.articles.length) / edits;
      if (chance > LEAST_SLIP_CHANCE) readings.push({ stem: meant.stem, form: meant, chance });
    }
    return { readings, weight, isStop };
  }

  /** How many articles hold every telling word as typed. */
  #holdersOfAll(wanted: readonly Wanted[]): number {
    const telling = wanted.filter(({ isStop }) => !isStop);
    const found = new Map<number, number>();
    for (const { readings } of telling)
      for (const article of new Set(readings[0]!.stem.forms.flatMap(({ articles }) => articles)))
        found.set(article, (found.get(article) ?? 0) + 1);
    return [...found.values()].filter((n) => n === telling.length).length;
  }

  /** Scores every article that holds a telling word; small words only add to what was found. */
  #score(wanted: readonly Wanted[], weighing: Weighing): Scores {
    const telling = wanted.filter(({ isStop }) => !isStop);
    const leading = telling.length > 0 ? telling : wanted;
    const scores: Scores = new Map();
    const found = new Map<number, number>();
    for (const one of leading)
      for (const [article, worth] of this.#worthOf(one, weighing)) {
        scores.set(article, (scores.get(article) ?? 0) + worth);
        found.set(article, (found.get(article) ?? 0) + 1);
      }
    for (const one of wanted) {
      if (leading.includes(one)) continue;
      for (const [article, worth] of this.#worthOf(one, weighing)) {
        const score = scores.get(article);
        if (score !== undefined) scores.set(article, score + worth);
      }
    }
    if (weighing.coveragePower > 0)
      for (const [article, n] of found)
        scores.set(article, scores.get(article)! * (n / leading.length) ** weighing.coveragePower);
    return scores;
  }

  /** What each article is worth for one wanted word: by its best reading. */
  #worthOf({ readings, weight }: Wanted, weighing: Weighing): Scores {
    const { formShare, rarityPower } = weighing;
    const worths: Scores = new Map();
    for (const { stem, form, chance } of readings) {
      const ofStem = (1 - formShare) * inverseFrequency(this.size, stem.holders, rarityPower);
      const ofForm = form ? formShare * inverseFrequency(this.size, form.articles.length, rarityPower) : 0;
      const typed = form ? countsOf([form], weighing) : undefined;
      for (const [article, times] of countsOf(stem.forms, weighing)) {
        const exact = typed?.get(article);
        const worth =
          weight *
          chance *
          (ofStem * this.#saturated(times, article, weighing) +
            (exact === undefined ? 0 : ofForm * this.#saturated(exact, article, weighing)));
        if (worth > (worths.get(article) ?? 0)) worths.set(article, worth);
      }
    }
    return worths;
  }

  #saturated(times: number, article: number, weighing: Weighing): number {
    const average = Math.max(1, this.#words / this.size);
    return saturated(times, this.#lengths[article]! / average, weighing);
  }

  /** The first of `found` in a new order; what comes behind them stays behind them. */
  #byLikelihood(found: readonly Hit[], wanted: readonly Wanted[], weighing: Weighing, how: Likelihood): Hit[] {
    const head = found.slice(0, how.articles);
    const bestScore = head[0]?.score ?? 1;
    const likelihoods = wanted.map(({ readings }) =>
      readings.map((reading) => this.#likelihoodOf(reading, weighing, how)),
    );
    const ordered = head.map(({ article, score }) => {
      const sum = likelihoods.reduce((all, readings) => all + Math.max(...readings.map((of) => of(article))), 0);
      return { article, score: mixed(score, bestScore, sum / wanted.length, how) };
    });
    return [...ordered.sort(byScore), ...found.slice(head.length)];
  }

  /** How much likelier articles are than the collection to say one reading of a word, as a logarithm. */
  #likelihoodOf({ stem, form, chance }: Reading, weighing: Weighing, how: Likelihood): (article: number) => number {
    const [ofStem, ofForm] = [countsOf(stem.forms, weighing), countsOf(form ? [form] : [], weighing)];
    const [inAll, formInAll] = [ofStem, ofForm].map((counts) => (sum(counts.values()) + 0.5) / this.#words) as [
      number,
      number,
    ];
    return (article) => {
      const length = this.#lengths[article]!;
      return (
        Math.log(chance) +
        how.formShare * logLikelihood(ofForm.get(article) ?? 0, length, formInAll, how) +
        (1 - how.formShare) * logLikelihood(ofStem.get(article) ?? 0, length, inAll, how)
      );
    };
  }

  #addFeedback(scores: Scores, wanted: readonly Wanted[], weighing: Weighing, feedback: Feedback): void {
    const top = best(scores, feedback.articles);
    const total = top.reduce((sum, { score }) => sum + score, 0);
    const shares = new Map<Stem, number>();
    for (const { article, score } of top)
      for (const stem of this.#held[article]!) {
        if (stem.holders < 2 || stem.stem.length < 2 || /\d/.test(stem.stem)) continue;
        const times = mentionsIn(stem, article);
        const share = feedback.saturated ? this.#saturated(times, article, weighing) : times / this.#lengths[article]!;
        shares.set(stem, (shares.get(stem) ?? 0) + (score / total) * share);
      }
    const chosen = [...shares]
      .map(([stem, share]) => [stem, share * inverseFrequency(this.size, stem.holders)] as const)
      .sort((a, b) => b[1] - a[1])
      .slice(0, feedback.terms);
    const shared = chosen.reduce((all, [, share]) => all + share, 0);
    const typed = wanted.reduce((all, { weight }) => all + weight, 0);
    for (const [stem, share] of chosen) {
      const weight = (feedback.share / (1 - feedback.share)) * typed * (share / shared);
      const rarity = inverseFrequency(this.size, stem.holders);
      const counted = { ...weighing, lengthShare: feedback.lengthShare };
      for (const [article, times] of countsOf(stem.forms, weighing))
        scores.set(article, (scores.get(article) ?? 0) + weight * rarity * this.#saturated(times, article, counted));
    }
  }
}

/** How much some forms count together in each article that holds one of them. */
function countsOf(forms: readonly Form[], { lead }: Weighing): Map<number, number> {
  const counts = new Map<number, number>();
  for (const { articles, mentions, leads } of forms)
    for (let i = 0; i < articles.length; i++)
      counts.set(articles[i]!, (counts.get(articles[i]!) ?? 0) + mentions[i]! + lead * leads[i]!);
  return counts;
}

function mentionsIn({ forms }: Stem, article: number): number {
  return forms.reduce((sum, { articles, mentions }) => {
    const at = placeOf(articles, article);
    return at < 0 ? sum : sum + mentions[at]!;
  }, 0);
}

/** Place of a number in a rising list, -1 when it is not there. */
function placeOf(rising: readonly number[], wanted: number): number {
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

function best(scores: Scores, limit: number): Hit[] {
  return [...scores]
    .map(([article, score]) => ({ article, score }))
    .sort(byScore)
    .slice(0, limit);
}

const byScore = (a: Hit, b: Hit): number => b.score - a.score || a.article - b.article;

function sum(numbers: Iterable<number>): number {
  let all = 0;
  for (const number of numbers) all += number;
  return all;
}
