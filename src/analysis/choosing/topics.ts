/** What an article is about, as an editor would list it: noun phrases, places and organisations. */
import type { FoundTopic, Span } from '../../model.ts';
import {
  emptyModifiers,
  emptyNamePhrases,
  emptyNames,
  emptyNameWords,
  emptyNouns,
  lightNouns,
  shortNames,
} from '../lexicon/topic-words.ts';
import { gazetteer } from '../names/gazetteer.ts';
import { findNames, type Name } from '../names/names.ts';
import { runEnd, Trait, traitsOf } from '../text/characters.ts';
import { fold } from '../text/fold.ts';
import { Tag } from '../text/pos.ts';
import { singular } from '../text/singular.ts';
import { factsOf, stemOf } from '../text/stems.ts';
import { readTerms } from '../text/terms.ts';
import { textOf } from '../text/text-of.ts';
import { Kind } from '../text/tokens.ts';
import type { Range, Tagged } from '../text/types.ts';
import { Shape, type Stem } from '../text/words.ts';

export interface TopicContext {
  readonly title?: string;
  /** Names of the text, where they are known already. */
  readonly names?: readonly Name[];
}

const MOST_TOPICS = 8;
const LONGEST_PHRASE = 3;
/** Topics weaker than this share of the strongest one are left out. */
const WEAKEST = 0.2;
/** A single common noun in more articles than this is no topic: "campaign", "election", "attack". */
const TOO_COMMON = 0.045;
const LEAD_SENTENCES = 4;
/** A town or a state that the headline leaves out is a topic when it is named so often. */
const PLACE_MENTIONS = 7;

/** All mentions of one candidate. Most are mentioned once and come to nothing: their words are made when asked for. */
class Candidate {
  readonly key: string;
  readonly kind: 'phrase' | 'name' | 'place';
  /** As printed, one for each time it was counted. */
  readonly forms: string[];
  readonly mentions: Range[];
  #words: readonly string[] | undefined;
  #stems: readonly Stem[] | undefined;

  constructor(key: string, kind: Candidate['kind'], form: string, mention: Range) {
    this.key = key;
    this.kind = kind;
    // Begun with what they hold, for most never hold more: a list that is begun empty makes room for many at once.
    this.forms = [form];
    this.mentions = [mention];
  }

  /** Words of the key, and their stems. */
  get words(): readonly string[] {
    this.#words ??= this.key.split(' ');
    return this.#words;
  }

  get stems(): readonly Stem[] {
    this.#stems ??= this.words.map(stemOf);
    return this.#stems;
  }

  get isAlone(): boolean {
    return !this.key.includes(' ');
  }

  /** All words but the first: the key of what "drug cartels" is a kind of. */
  get tail(): string {
    return this.isAlone ? '' : this.key.slice(this.key.indexOf(' ') + 1);
  }

  isTitled(titleStems: ReadonlySet<string>): boolean {
    return this.words.every((word) => titleStems.has(stemOf(word).text));
  }
}

/**
 * Finds the topics of an article, heaviest first, at most eight.
 *
 * People are left out: they are found as speakers. So are weekdays, amounts, who reported it, and words that stand in
 * every article. `spans` are the mentions in reading order; for "drug cartels" those of "the cartels" too.
 */
export function findTopics(tagged: Tagged, { title = '', names = findNames(tagged) }: TopicContext = {}): FoundTopic[] {
  const { tokens } = tagged;
  const candidates = new Candidates();
  const inName = new Uint8Array(tokens.count);
  for (const name of names) inName.fill(1, name.first, name.last + 1);
  const inner = innerWords(tagged, names);
  for (const name of names) if (name.kind !== 'person') addName(tagged, whole(tagged, name, inName), inner, candidates);
  eachPhrase(tagged, inName, (phrase) => addPhrase(tagged, phrase, candidates));
  const titleStems = new Set(
    readTerms(title)
      .filter((term) => !term.isStop)
      .map((term) => term.stem),
  );
  return pick(tagged, joinHeads(candidates.byKey, titleStems), titleStems);
}

class Candidates {
  readonly byKey = new Map<string, Candidate>();

  add(key: string, kind: Candidate['kind'], form: string, mention: Range): void {
    const known = this.byKey.get(key);
    if (known === undefined) {
      this.byKey.set(key, new Candidate(key, kind, form, mention));
      return;
    }
    known.forms.push(form);
    known.mentions.push(mention);
  }
}

/** "Human Services" is the rest of "Health and Human Services", whose first word the finder of names does not take for one. */
function whole({ tokens }: Tagged, name: Name, inName: Uint8Array): Name {
  const before = name.first - 2;
  if (name.kind !== 'organization' || name.last === name.first || before < 0) return name;
  const joins = tokens.words[name.first - 1]!.lower === 'and' && inName[before] === 0;
  return joins && /^\p{Lu}\p{Ll}+$/u.test(tokens.words[before]!.form) ? { ...name, first: before } : name;
}

/** Words of longer names, behind their first: alone they name nothing ("Union", "Intelligence", the Clintons' name). */
function innerWords({ tokens }: Tagged, names: readonly Name[]): ReadonlySet<string> {
  const inner = new Set<string>();
  for (const { kind, first, last } of names)
    for (let i = first + 1; i <= last; i++) {
      const word = fold(tokens.words[i]!.form);
      inner.add(word);
      if (kind === 'person') inner.add(`${word}s`);
    }
  return inner;
}

function addName(
  { tokens }: Tagged,
  { kind, first, last }: Name,
  inner: ReadonlySet<string>,
  candidates: Candidates,
): void {
  const printed = textOf(tokens, { first, last }).replace(/^the /i, '');
  const form = asNamed(printed, kind);
  const key = fold(form);
  if (key.length < 2 || form.length > 60 || emptyNames.has(key) || emptyNamePhrases.has(key)) return;
  if (!/\p{Lu}/u.test(form) || emptyNouns.has(key)) return;
  if (!key.includes(' ') && (inner.has(key) || emptyNameWords.has(key) || (key.length === 2 && !shortNames.has(key))))
    return;
  candidates.add(key, kind === 'place' && !gazetteer().countries.has(key) ? 'place' : 'name', form, { first, last });
}

/** "F.B.I." as "FBI", the "DENVER" of a dateline as "Denver". */
function asNamed(printed: string, kind: Name['kind']): string {
  const form = /^(?:\p{Lu}\.){2,}$/u.test(printed) ? printed.replaceAll('.', '') : printed;
  return kind === 'place' && /^\p{Lu}{6,}$/u.test(form) ? form[0] + form.slice(1).toLowerCase() : form;
}

/** Calls `visit` for every run of adjectives and nouns that ends in a common noun. */
function eachPhrase({ tokens, tags, sentences }: Tagged, inName: Uint8Array, visit: (phrase: Range) => void): void {
  const isNoun = (i: number) => tags[i] === Tag.NN || tags[i] === Tag.NNS;
  const isPart = (i: number) =>
    tokens.kind[i] === Kind.word &&
    inName[i] === 0 &&
    (isNoun(i) || tags[i] === Tag.JJ) &&
    // Shouted words are names: "councillor BRANDT".
    !(tokens.words[i]!.shape === Shape.allCapitals && tokens.words[i]!.form.length > 3) &&
    isPlain(tokens.words[i]!.form);
  for (let first = 0; first < tokens.count; first++) {
    if (!isPart(first)) continue;
    let end = first;
    while (end + 1 < tokens.count && isPart(end + 1) && sentences.of[end + 1] === sentences.of[first]) end++;
    let last = end;
    while (last >= first && !isNoun(last)) last--;
    // "The cartels move drugs", where the tagger took "move" for a noun: a plural most often ends its phrase.
    for (let i = first; i < last; i++) if (tags[i] === Tag.NNS) visit({ first, last: i });
    if (last >= first) visit({ first, last });
    first = end;
  }
}

/** Two letters or more, with hyphens and apostrophes among them. */
function isPlain(form: string): boolean {
  if ((traitsOf(form.codePointAt(0)!) & (Trait.upper | Trait.lower)) === 0) return false;
  let at = runEnd(form, 0, Trait.letter);
  while (at < form.length && "'’-".includes(form[at]!)) at = runEnd(form, at + 1, Trait.letter);
  return at === form.length && form.length > 1;
}

/** Counts the phrase and its endings: "Mexican drug cartels", "drug cartels", "cartels". */
function addPhrase({ tokens, sentences }: Tagged, { first, last }: Range, candidates: Candidates): void {
  const head = singular(tokens.words[last]!.lower);
  if (head.length < 3) return;
  const isEmpty = emptyNouns.has(head);
  if (isEmpty && !lightNouns.has(head)) return;
  let key = '';
  let form = '';
  for (let i = last; i >= first && last - i < LONGEST_PHRASE; i--) {
    const { lower } = tokens.words[i]!;
    if (i < last && (emptyModifiers.has(lower) || (emptyNouns.has(lower) && !lightNouns.has(lower)))) break;
    key = i === last ? fold(head) : `${fold(lower)} ${key}`;
    const word = i === sentences.first[sentences.of[i]!] ? lower : tokens.words[i]!.form;
    form = i === last ? word : `${word} ${form}`;
    const isAlone = i === last;
    if (isAlone && (isEmpty || lightNouns.has(head))) continue;
    candidates.add(key, 'phrase', form, { first: i, last });
  }
}

/**
 * Joins what names one thing, and leaves out what is neither in the title nor told twice: that is no topic.
 *
 * "Drug cartels" in the title or twice in the text takes in the mentions of "the cartels", unless other kinds of
 * cartels stand in the text as often.
 */
function joinHeads(byKey: ReadonlyMap<string, Candidate>, titleStems: ReadonlySet<string>): Candidate[] {
  const hopeful: Candidate[] = [];
  /** Mentions of all kinds of a thing, by its key. */
  const kinds = new Map<string, number>();
  for (const candidate of byKey.values()) {
    const { tail, mentions } = candidate;
    if (tail !== '') kinds.set(tail, (kinds.get(tail) ?? 0) + mentions.length);
    if (mentions.length > 1 || candidate.isTitled(titleStems)) hopeful.push(candidate);
  }
  const longer = hopeful
    .filter(({ kind, isAlone }) => kind === 'phrase' && !isAlone)
    .sort((a, b) => b.words.length - a.words.length || b.mentions.length - a.mentions.length);
  const gone = new Set<Candidate>();
  for (const candidate of longer) {
    const shorter = byKey.get(candidate.tail);
    if (!shorter || gone.has(shorter) || gone.has(candidate)) continue;
    const modified = kinds.get(candidate.tail)!;
    const own = candidate.mentions.length;
    if (own * 2 <= modified) continue;
    const taken = new Set(candidate.mentions.map(({ last }) => last));
    candidate.mentions.push(...shorter.mentions.filter(({ last }) => !taken.has(last)));
    kinds.set(candidate.tail, modified + candidate.mentions.length - own);
    gone.add(shorter);
  }
  return hopeful.filter((candidate) => !gone.has(candidate));
}

function pick(tagged: Tagged, candidates: readonly Candidate[], titleStems: ReadonlySet<string>): FoundTopic[] {
  const scored = candidates
    .map((candidate) => ({ candidate, score: scoreOf(tagged, candidate, titleStems) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || (a.candidate.key < b.candidate.key ? -1 : 1));
  const strongest = scored[0]?.score ?? 0;
  const chosen: { candidate: Candidate; score: number }[] = [];
  for (const one of scored) {
    if (chosen.length === MOST_TOPICS || one.score < WEAKEST * strongest) break;
    if (chosen.some(({ candidate }) => overlaps(candidate.words, one.candidate.words))) continue;
    chosen.push(one);
  }
  return chosen.map(({ candidate, score }) => ({
    key: candidate.key,
    label: labelOf(candidate),
    weight: Number((score / strongest).toFixed(3)),
    spans: spansOf(tagged, candidate),
  }));
}

/** "Mexico" beside "Mexico City", "land strike" beside "strike": one of them is enough. */
function overlaps(a: readonly string[], b: readonly string[]): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return short.every((word) => long.includes(word));
}

function scoreOf({ sentences }: Tagged, candidate: Candidate, titleStems: ReadonlySet<string>): number {
  const { kind, stems, isAlone, mentions } = candidate;
  const titled = stems.filter(({ text }) => titleStems.has(text)).length / stems.length;
  const inLead = mentions.some(({ first }) => sentences.of[first]! < LEAD_SENTENCES);
  // News happens somewhere: a town or a state is what it is about when the headline names it, or most of the story does.
  if (kind === 'place' && (titled < 1 || mentions.length < 2) && mentions.length < PLACE_MENTIONS) return 0;
  if (kind === 'phrase' && isAlone) {
    if (factsOf(stems[0]!).commonness > TOO_COMMON || mentions.length + (titled > 0 ? 2 : 0) < 4) return 0;
  }
  const telling = stems.reduce((sum, one) => sum + Math.min(8, factsOf(one).rarity), 0) / stems.length / 8;
  // Words that are common apart may tell much together: "European Union".
  const length = (isAlone ? (kind === 'phrase' ? 0.65 : 0.9) : 1.2) * (kind === 'place' ? 0.6 : 1);
  return Math.log(1 + mentions.length) * telling * length * (1 + 0.8 * titled) * (inLead ? 1.3 : 1);
}

/** The form that is printed most; of phrases rather the plural, as readers list things: "drug cartels", "guns". */
function labelOf({ forms, kind }: Candidate): string {
  const times = new Map<string, number>();
  for (const form of forms) times.set(form, (times.get(form) ?? 0) + 1);
  const most = [...times].sort((a, b) => b[1] - a[1] || b[0].length - a[0].length);
  const [[label, printed]] = most as [[string, number]];
  if (kind !== 'phrase' || label.endsWith('s')) return label;
  return most.find(([form, n]) => form.endsWith('s') && 3 * n >= printed)?.[0] ?? label;
}

function spansOf({ tokens }: Tagged, { mentions }: Candidate): Span[] {
  return mentions
    .map(({ first, last }) => ({ start: tokens.start[first]!, end: tokens.end[last]! }))
    .sort((a, b) => a.start - b.start);
}
