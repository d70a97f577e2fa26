/** Turns the words that name a source into a speaker: who it is, of what kind, and how sure that is. */
import type { FoundSpeaker } from '../../model.ts';
import { COURTESY } from '../lexicon/people.ts';
import { isTurnLetter, Role, rolesOf } from '../lexicon/roles.ts';
import { gazetteer, type PublicFigure } from '../names/gazetteer.ts';
import { Listed, listsOf } from '../names/name-lists.ts';
import { findNames, isMereWord, type Name } from '../names/names.ts';
import { isRoleNoun } from '../names/role-phrases.ts';
import { fold } from '../text/fold.ts';
import { isName, isVerb, Tag } from '../text/pos.ts';
import { plain, spanOf, textOf } from '../text/text-of.ts';
import { Kind } from '../text/tokens.ts';
import type { Range, Relation, Tagged } from '../text/types.ts';
import { bodyOfPhrase, type Choice, personBeforeRelative, personOfPronoun, personOfRole } from './coreference.ts';
import { type Body, type Entities, gatherEntities, type Person } from './entities.ts';
import { speakerOf, type Who } from './found-speaker.ts';
import { areSpeakers, bodyInApposition, isBodyNoun, kindOfBody, kindOfPeople } from './source-kind.ts';
import { withSources } from './source-names.ts';
import { covers, type SourcePhrase, sourcePhrase } from './source-phrase.ts';
import { tellsAsWriter, writerOf } from './writer.ts';

export interface SpeakerContext {
  /** Day of the article, `YYYY-MM-DD`: dates the offices. */
  readonly day?: string;
  /** Who signs the article, as printed: "I" outside quotation marks. */
  readonly bylines?: readonly string[];
  readonly names?: readonly Name[];
}

export interface ResolvedSpeakers {
  readonly speakers: FoundSpeaker[];
  /** Index into `speakers` for each relation; `undefined`: speaker unclear. */
  readonly ofRelation: (number | undefined)[];
  /** 0 to 1 for each relation: how sure it is that the words mean this speaker. */
  readonly confidence: number[];
}

/** Resolves the source of every relation. Relations are in reading order. */
export function resolveSpeakers(
  tagged: Tagged,
  relations: readonly Relation[],
  context: SpeakerContext = {},
): ResolvedSpeakers {
  const names = withSources(tagged, context.names ?? findNames(tagged), relations);
  const entities = gatherEntities(tagged, names, context.day);
  const room = new Room(tagged, entities, relations, context);
  return room.answer(relations.map((relation, index) => room.resolve(relation, index)));
}

// ---------------------------------------------------------------- names that only their cue shows

// ---------------------------------------------------------------- one document's sources

const FIRST_PERSON = new Set(['i', 'me', 'my', 'we', 'us', 'our']);

/** A pronoun that is surer than this leads the next one. */
const SURE_PRONOUN = 0.6;

/** How many relations around one are looked through for the quotation it stands in. */
const NEAR = 30;

/** More people than this are a list, not a story. */
const MOST_PEOPLE = 300;

/** What has been said so far, and by whom. */
class Room {
  readonly #tagged: Tagged;
  readonly #entities: Entities;
  readonly #relations: readonly Relation[];
  readonly #context: SpeakerContext;
  readonly #bySource = new Map<number, Choice<Who>>();
  /** The last speaker who is one person without a name. */
  #lastRole: { readonly choice: Choice<Who>; readonly at: number; readonly end: number } | undefined;
  readonly #bySurname: ReadonlyMap<string, readonly Person[]>;
  readonly #byFirst: ReadonlyMap<string, readonly Person[]>;
  readonly #found: (Choice<Who> | undefined)[] = [];
  /** Who "I" is outside quotation marks, once somebody asked. */
  #writer: { readonly choice: Choice<Who> | undefined } | undefined;
  /** Whose the last document of each kind was ("poll"). */
  readonly #documents = new Map<string, Who>();
  #lastPerson: Person | undefined;
  #lastBody: Body | undefined;
  /** The last speaker that "they" can stand for. */
  #lastSeveral: Choice<Who> | undefined;
  /** Pronouns before this token have been followed. */
  #followed = 0;
  #severalAt = 0;
  #bodyAt = 0;

  constructor(tagged: Tagged, entities: Entities, relations: readonly Relation[], context: SpeakerContext) {
    this.#tagged = tagged;
    this.#entities = entities;
    this.#bySurname = Map.groupBy(entities.people.slice(0, MOST_PEOPLE), ({ parsed }) => parsed.last);
    this.#byFirst = Map.groupBy(entities.people.slice(0, MOST_PEOPLE), ({ parsed }) => parsed.first ?? '');
    this.#relations = relations;
    this.#context = context;
  }

  resolve({ source, origin }: Relation, index: number): Choice<Who> | undefined {
    const choice =
      source === undefined
        ? undefined
        : origin === 'transcript' &&
            source.first === source.last &&
            isTurnLetter(this.#tagged.tokens.words[source.first]!)
          ? this.#answerer(source)
          : (this.#bySource.get(source.first) ?? this.#read(source, index));
    if (source !== undefined && choice !== undefined) this.#bySource.set(source.first, choice);
    this.#found[index] = choice;
    if (choice !== undefined) this.#remember(choice, source!);
    return choice;
  }

  /** "A:" is the one whom the interview introduced; "Q:" has no name. */
  #answerer(letter: Range): Choice<Who> | undefined {
    if (!/^a/i.test(this.#tagged.tokens.words[letter.first]!.form)) return undefined;
    const turn = this.#relations.find(({ origin }) => origin === 'transcript')?.source;
    const before = this.#entities.people.filter(({ mentions }) => turn && mentions[0]!.first < turn.first);
    const asked = before.filter((person) => !this.#isInterviewer(person));
    const introduced = asked.length > 0 ? asked : before;
    const [person] = introduced;
    return introduced.length === 1 ? { who: { kind: 'person', person: person! }, confidence: 0.7 } : undefined;
  }

  /** "She spoke with the Courier's Ana Ruiz", "interviewed by Ana Ruiz", and whoever signs the interview. */
  #isInterviewer({ name, mentions }: Person): boolean {
    const { words } = this.#tagged.tokens;
    if ((this.#context.bylines ?? []).some((byline) => fold(byline).includes(fold(name)))) return true;
    const before = words[mentions[0]!.first - 1]?.lower ?? '';
    return /^(?:['’]s|with|to|by|reporter|editor|columnist|correspondent|host|writer)$/.test(before);
  }

  #remember(choice: Choice<Who>, source: Range): void {
    const { who } = choice;
    if ('person' in who) {
      this.#lastPerson = who.person;
      this.#addPronoun(who.person, source);
    } else if (who.kind !== 'person' && who.kind !== 'figure') {
      this.#lastSeveral = choice;
      this.#severalAt = source.first;
    }
    if ('body' in who) {
      this.#lastBody = who.body;
      this.#bodyAt = source.first;
    }
  }

  /** "She" is a mention too: the next pronoun looks for it. */
  #addPronoun(person: Person, source: Range): void {
    if (this.#entities.personAt.has(source.first)) return;
    const sentence = this.#tagged.sentences.of[source.first]!;
    const mention = { ...source, sentence, subject: true, quoted: false, possessive: false };
    this.#entities.resolved.push({ person, mention });
  }

  #read(source: Range, index: number): Choice<Who> | undefined {
    const phrase = sourcePhrase(this.#tagged, source, this.#entities);
    if (phrase === undefined || (phrase.shape !== 'person' && isNobody(this.#tagged, phrase))) return undefined;
    switch (phrase.shape) {
      case 'pronoun':
        return this.#pronoun(phrase, index);
      case 'person':
        return { who: { kind: 'person', person: phrase.person! }, confidence: phrase.person!.confidence };
      case 'account':
        return this.#account(phrase);
      case 'role':
        return this.#role(phrase);
      case 'body':
        return this.#epithet(phrase) ?? this.#body(phrase);
      case 'several':
        return this.#printed('group', phrase, 0.85);
      case 'people':
        if (DOCUMENTS.has(plain(this.#tagged.tokens, phrase.head)))
          return this.#document(phrase) ?? this.#printed('unnamed', phrase, 0.6);
        return this.#printed(this.#kindOfPeople(phrase), phrase, areSpeakers(this.#tagged, phrase) ? 0.85 : NO_PHRASE);
      case 'thing':
        return (
          this.#epithet(phrase) ??
          (DOCUMENTS.has(plain(this.#tagged.tokens, phrase.head)) ? this.#document(phrase) : undefined) ??
          this.#printed(kindOfBody(this.#tagged, phrase), phrase, this.#maySpeak(phrase) ? 0.6 : NO_PHRASE)
        );
    }
  }

  #pronoun({ head }: SourcePhrase, index: number): Choice<Who> | undefined {
    const lower = this.#tagged.tokens.words[head]!.lower;
    switch (lower) {
      case 'i':
      case 'me':
      case 'my':
        return this.#firstPerson(head, index, true);
      case 'we':
      case 'us':
      case 'our':
        return this.#firstPerson(head, index, false);
      case 'he':
      case 'she':
      case 'him':
      case 'her':
      case 'his':
      case 'himself':
      case 'herself':
        return this.#roleJustTold(head) ?? asPerson(this.#personOf(head, this.#namedIn(this.#relations[index]!)));
      case 'who':
        return this.#antecedent(head) ?? asPerson(personBeforeRelative(this.#tagged, head, this.#entities));
      case 'they':
      case 'them':
      case 'their':
        return this.#isFresh(head, this.#severalAt) && this.#lastSeveral
          ? { ...this.#lastSeveral, confidence: Math.min(this.#lastSeveral.confidence, 0.6) }
          : undefined;
      case 'it':
        return this.#isFresh(head, this.#bodyAt) && this.#lastBody
          ? { who: { kind: 'organization', body: this.#lastBody }, confidence: 0.6 }
          : undefined;
      default:
        return undefined;
    }
  }

  /**
   * Whom "he" or "she" at a token stands for. The pronouns before it are followed first: "Ana met Rosa. She smiled.
   * ... she said" goes on with whoever smiled.
   */
  #personOf(at: number, others?: ReadonlySet<Person>): Choice<Person> | undefined {
    const { tokens, marks } = this.#tagged;
    for (; this.#followed < at; this.#followed++) {
      const { lower } = tokens.words[this.#followed]!;
      if ((lower !== 'he' && lower !== 'she') || marks.inside[this.#followed] !== 0) continue;
      const choice = personOfPronoun(this.#tagged, this.#followed, this.#entities, this.#lastPerson);
      if (choice !== undefined && choice.confidence >= SURE_PRONOUN) {
        this.#addPronoun(choice.who, { first: this.#followed, last: this.#followed });
      }
    }
    return personOfPronoun(this.#tagged, at, this.#entities, this.#lastPerson, others);
  }

  /** "The victim said she was afraid. “I check the locks,” she said": the one without a name who spoke last, if nobody was named since. */
  #roleJustTold(at: number): Choice<Who> | undefined {
    const told = this.#lastRole;
    if (told === undefined || !this.#isFresh(at, told.at)) return undefined;
    for (let i = told.end + 1; i < at; i++) if (this.#entities.personAt.has(i)) return undefined;
    return { ...told.choice, confidence: Math.min(told.choice.confidence, 0.6) };
  }

  /** Whoever is named in what was said: "“Marsh should resign,” he said" are not Marsh's words. */
  #namedIn({ content }: Relation): ReadonlySet<Person> {
    const named = new Set<Person>();
    const { tokens, marks } = this.#tagged;
    for (const { first, last } of content)
      for (let i = first; i <= last; i++) {
        const { form, lower } = tokens.words[i]!;
        if (form === lower || /^['’]s?$/.test(tokens.words[i + 1]?.lower ?? '') || saysOfSelf(this.#tagged, i))
          continue;
        const person = this.#entities.personAt.get(i);
        if (person !== undefined) named.add(person);
        // A bare surname that the names left out is a name where it is one elsewhere.
        else for (const one of this.#bySurname.get(lower) ?? []) named.add(one);
        // “We want Mike to get better”; "he asked for fewer “please attack Ted” questions" may be Ted's.
        if (marks.runOf[first]! >= 0) for (const one of this.#byFirst.get(lower) ?? []) named.add(one);
      }
    return named;
  }

  /** The people right before "who": "residents of the harbor, who believe ...". */
  #antecedent(at: number): Choice<Who> | undefined {
    const { tokens, tags, sentences } = this.#tagged;
    const last = tokens.words[at - 1]?.form === ',' ? at - 2 : at - 1;
    const floor = Math.max(sentences.first[sentences.of[at]!]!, at - 12);
    let first = last + 1;
    while (
      first > floor &&
      !isVerb(tags[first - 1]!) &&
      tokens.kind[first - 1] === Kind.word &&
      tags[first - 1] !== Tag.MD
    ) {
      first--;
    }
    while (
      first < last &&
      (tags[first] === Tag.IN || tags[first] === Tag.TO || tags[first] === Tag.RB || tags[first] === Tag.CC)
    )
      first++;
    const phrase = first > last ? undefined : sourcePhrase(this.#tagged, { first, last }, this.#entities);
    if (phrase === undefined || phrase.shape !== 'people') return undefined;
    return this.#printed(this.#kindOfPeople(phrase), phrase, 0.65);
  }

  /** Spoken of in this sentence or the one before: further back, "they" is anybody. */
  #isFresh(at: number, last: number): boolean {
    const { of } = this.#tagged.sentences;
    return of[at]! - of[last]! <= 1 && last < at;
  }

  /** "I" and "we" inside a quotation are the words of whoever speaks there; "I" outside is the author. */
  #firstPerson(at: number, index: number, alone: boolean): Choice<Who> | undefined {
    const outer = this.#speakerAround(at, index);
    if (outer !== undefined) return outer;
    if (!alone) return undefined;
    if (this.#tagged.marks.inside[at] !== 0) {
      return this.#lastPerson && { who: { kind: 'person', person: this.#lastPerson }, confidence: 0.55 };
    }
    this.#writer ??= { choice: this.#writerChoice() };
    return this.#writer.choice;
  }

  /** The article's own "I": under the name that the article itself may give its writer. */
  #writerChoice(): Choice<Who> | undefined {
    const name = writerOf(this.#context.bylines ?? []);
    if (name === undefined || !tellsAsWriter(this.#tagged, this.#relations, name)) return undefined;
    const person = this.#entities.people.find((one) => fold(one.name) === fold(name));
    return { who: person ? { kind: 'person', person } : { kind: 'person', name }, confidence: 0.7 };
  }

  /** The speaker of another statement whose words, or whose quotation marks, hold the token. */
  #speakerAround(at: number, index: number): Choice<Who> | undefined {
    const { runOf } = this.#tagged.marks;
    const run = runOf[at]!;
    for (let k = Math.max(0, index - NEAR); k < Math.min(this.#relations.length, index + NEAR); k++) {
      const { source, content } = this.#relations[k]!;
      if (k === index || source === undefined || (run >= 0 && runOf[source.first] === run)) continue;
      const around = content.some(
        ({ first, last }) => (first <= at && at <= last) || (run >= 0 && (runOf[first] === run || runOf[last] === run)),
      );
      // "I" within "I" would ask for ever.
      const asks = FIRST_PERSON.has(plain(this.#tagged.tokens, source.first));
      if (around && (this.#found[k] !== undefined || !asks)) return this.#found[k] ?? this.#read(source, k);
    }
    return undefined;
  }

  #account({ head }: SourcePhrase): Choice<Who> {
    const handle = this.#tagged.tokens.words[head]!.form.slice(1);
    const figure = gazetteer().byHandle.get(handle.toLowerCase());
    const who: Who = figure ? { kind: 'figure', figure } : { kind: 'person', name: `@${handle}`, handle };
    return { who, confidence: 0.8 };
  }

  #role(phrase: SourcePhrase): Choice<Who> | undefined {
    const beside = this.#apposed(phrase);
    if (beside !== undefined) return beside;
    if (isOutlet(this.#tagged, phrase)) return this.#printed('organization', phrase, 0.75);
    const definite = !/^(?:an?|one|another|some|any)$/.test(phrase.determiner);
    const choice = definite ? personOfRole(this.#tagged, phrase, this.#entities, this.#context.day) : undefined;
    if (choice !== undefined && 'who' in choice) return asPerson(choice);
    if (choice !== undefined) {
      const figure = figureByKey(choice.figure);
      const known = this.#entities.people.find((person) => person.figure === figure);
      return known
        ? { who: { kind: 'person', person: known }, confidence: choice.confidence }
        : { who: { kind: 'figure', figure }, confidence: choice.confidence };
    }
    const only = definite && phrase.determiner === 'the' ? this.#onlyPerson(phrase) : undefined;
    if (only !== undefined) return only;
    const printed = this.#printed(kindOfBody(this.#tagged, phrase), phrase, 0.75);
    const { first, last } = phrase;
    this.#lastRole = holdsName(this.#tagged, phrase, this.#entities)
      ? undefined
      : { choice: printed, at: first, end: last };
    return printed;
  }

  /** "The team's coach, Ana López, ..." and "Ana López, the team's coach, ...", where the source holds the role alone. */
  #apposed({ first, last }: SourcePhrase): Choice<Who> | undefined {
    const { tokens } = this.#tagged;
    const { personAt } = this.#entities;
    const isComma = (i: number): boolean => tokens.words[i]?.form === ',';
    const next = isComma(last + 1) ? personAt.get(last + 2) : undefined;
    if (next !== undefined) {
      let end = last + 2;
      while (personAt.get(end + 1) === next) end++;
      if (isComma(end + 1) && end > last + 2) return asPerson({ who: next, confidence: 0.8 });
    }
    const before = isComma(first - 1) && isComma(last + 1) ? personAt.get(first - 2) : undefined;
    return asPerson(before && { who: before, confidence: 0.75 });
  }

  /** "The Swede", "the 34-year-old": whoever was just spoken of, where the text gives no other name for it. */
  #epithet({ determiner, core, coreLast, head, first }: SourcePhrase): Choice<Who> | undefined {
    const { tokens, sentences } = this.#tagged;
    const isEpithet = determiner === 'the' && core === coreLast && EPITHET.test(plain(tokens, head));
    if (!isEpithet) return undefined;
    const spoken = [...this.#entities.inOrder, ...this.#entities.resolved].filter(
      ({ mention }) => mention.first < first && !mention.quoted && !mention.possessive,
    );
    const latest = Math.max(...spoken.map(({ mention }) => mention.sentence));
    const people = new Set(spoken.filter(({ mention }) => mention.sentence === latest).map(({ person }) => person));
    const [person] = people;
    if (people.size !== 1 || sentences.of[first]! - latest > 2) return undefined;
    return { who: { kind: 'person', person: person! }, confidence: 0.65 };
  }

  /** "The new president", where the text has named one person and nobody else. */
  #onlyPerson({ head, coreLast, last, first }: SourcePhrase): Choice<Who> | undefined {
    const { people } = this.#entities;
    const [person] = people;
    const plainRole = coreLast === last && !FOR_OTHERS.test(plain(this.#tagged.tokens, head));
    if (people.length !== 1 || !plainRole || person!.mentions.length < 2 || person!.mentions[0]!.first > first)
      return undefined;
    return { who: { kind: 'person', person: person! }, confidence: 0.6 };
  }

  #body(phrase: SourcePhrase): Choice<Who> | undefined {
    const { head, core, coreLast } = phrase;
    const { tokens } = this.#tagged;
    const apposed = bodyInApposition(this.#tagged, phrase);
    const inner = apposed && this.#entities.bodyAt.get(apposed.name.last);
    if (apposed !== undefined && inner !== undefined && covers(this.#entities, apposed.name.first, apposed.name.last)) {
      return { who: { kind: 'organization', body: inner, role: textOf(tokens, apposed.role) }, confidence: 0.85 };
    }
    const body = this.#entities.bodyAt.get(coreLast) ?? this.#entities.bodyAt.get(head);
    if (body !== undefined && covers(this.#entities, core, coreLast)) {
      return { who: { kind: 'organization', body }, confidence: 0.85 };
    }
    if (DOCUMENTS.has(plain(tokens, head))) return this.#document(phrase) ?? this.#printed('unnamed', phrase, 0.7);
    const named = this.#hasName(core, coreLast);
    if (!named || (phrase.determiner === 'the' && core === coreLast)) {
      const meant = bodyOfPhrase(this.#tagged, phrase, this.#entities, this.#lastBody);
      if (meant !== undefined) return { who: { kind: 'organization', body: meant.who }, confidence: meant.confidence };
    }
    return named
      ? this.#printed('organization', { ...phrase, last: coreLast }, 0.75)
      : this.#printed(kindOfBody(this.#tagged, phrase), phrase, 0.75);
  }

  /** Whose words a document has: "a statement from the Water Board", "a Harbor Post poll", "her letter", and "the poll" after that. */
  #document(phrase: SourcePhrase): Choice<Who> | undefined {
    const { head, core, coreLast, last, determiner } = phrase;
    const { tokens } = this.#tagged;
    const kind = plain(tokens, head).replace(/s$/, '');
    if (determiner === 'his' || determiner === 'her') {
      return asPerson(this.#personOf(phrase.first));
    }
    const by = /^(?:from|by)$/.test(plain(tokens, coreLast + 1));
    const who = (by && this.#maker(coreLast + 2, last)) || this.#maker(core, head - 1);
    if (who) {
      this.#documents.set(kind, who);
      return { who, confidence: 0.7 };
    }
    const known = this.#documents.get(kind);
    return known && { who: known, confidence: 0.55 };
  }

  /** The first person or body, or the first run of capitals, in a stretch. */
  #maker(first: number, last: number): Who | undefined {
    const { tokens, sentences } = this.#tagged;
    for (let i = first; i <= Math.min(last, first + 8); i++) {
      const word = tokens.words[i]!;
      if (word.form === word.lower || (listsOf(word) & Listed.calendar) !== 0) continue;
      const person = this.#entities.personAt.get(i);
      if (person !== undefined) return { kind: 'person', person };
      const body = this.#entities.bodyAt.get(i);
      if (body?.place || i === sentences.first[sentences.of[i]!]) continue;
      let end = i;
      while (end < last && isJoined(this.#tagged, end)) end++;
      if (body !== undefined && this.#entities.bodyAt.get(end) === body) return { kind: 'organization', body };
      if ((listsOf(word) & (Listed.people | Listed.place)) === 0) {
        return { kind: 'organization', name: textOf(tokens, { first: i, last: end }) };
      }
    }
    return undefined;
  }

  /** A name, a body or somebody; "the same time" and "his rebukes" say nothing. */
  #maySpeak({ core, coreLast, head, first }: SourcePhrase): boolean {
    const { tokens } = this.#tagged;
    if (COURTESY.has(plain(tokens, head))) return false;
    // "Answer: she did": the capital of a first word is no name.
    const opens = core === coreLast && isMereWord(this.#tagged, core);
    return (
      (!opens && hasCapital(this.#tagged, head, coreLast, first)) ||
      isRoleNoun(this.#tagged, head) ||
      tokens.kind[coreLast] === Kind.link ||
      // Scripts without capitals, and shares of those asked.
      /\p{Lo}|%$/u.test(tokens.words[head]!.form) ||
      isBodyNoun(this.#tagged, head) ||
      (rolesOf(tokens.words[head]!) & (Role.person | Role.people | Role.title | Role.body)) !== 0 ||
      DOCUMENTS.has(plain(tokens, head)) ||
      SOMEBODY.test(plain(tokens, head))
    );
  }

  #kindOfPeople(phrase: SourcePhrase): 'group' | 'unnamed' {
    const { core, coreLast, last } = phrase;
    return kindOfPeople(this.#tagged, phrase, hasCapital(this.#tagged, core, Math.min(coreLast, last), phrase.first));
  }

  /** The capital that begins a sentence makes no name of "Student union"; "Kerala police" has one. */
  #hasName(first: number, last: number): boolean {
    const { sentences } = this.#tagged;
    const { personAt, bodyAt } = this.#entities;
    const begins = first < last && first === sentences.first[sentences.of[first]!] && !personAt.has(first);
    return hasCapital(this.#tagged, begins && !bodyAt.has(first) ? first + 1 : first, last);
  }

  /** The printed phrase stands for itself, where it is one: "the governor surprised many of those" is a sentence. */
  #printed(kind: 'organization' | 'group' | 'unnamed', phrase: SourcePhrase, confidence: number): Choice<Who> {
    const sure = holdsClause(this.#tagged, phrase) ? Math.min(confidence, NO_PHRASE) : confidence;
    return { who: { kind, name: printedName(this.#tagged, phrase) }, confidence: sure };
  }

  // -------------------------------------------------------------- the answer

  answer(choices: readonly (Choice<Who> | undefined)[]): ResolvedSpeakers {
    const speakers: FoundSpeaker[] = [];
    const index = new Map<unknown, number>();
    const mentions = new Map<number, Map<number, Range>>();
    const ofRelation = choices.map((choice, k) => {
      if (choice === undefined) return undefined;
      const key = keyOf(choice.who);
      let at = index.get(key);
      if (at === undefined) {
        at = speakers.length;
        index.set(key, at);
        speakers.push(speakerOf(choice.who));
        mentions.set(at, new Map(mentionRanges(choice.who).map((range) => [range.first, range])));
      }
      if ('role' in choice.who && speakers[at]!.role === undefined)
        speakers[at] = { ...speakers[at]!, role: choice.who.role! };
      const { source } = this.#relations[k]!;
      if (source !== undefined) mentions.get(at)!.set(source.first, source);
      return at;
    });
    return {
      speakers: speakers.map((speaker, at) => ({
        ...speaker,
        mentions: outermost([...mentions.get(at)!.values()]).map((range) => spanOf(this.#tagged.tokens, range)),
      })),
      ofRelation,
      confidence: choices.map((choice) => choice?.confidence ?? 0),
    };
  }
}

/** “I'm Ben Carson” */
function saysOfSelf({ tokens: { words } }: Tagged, i: number): boolean {
  const isAm = (k: number): boolean => /^(?:am|i?['’]m)$/.test(words[k]?.lower ?? '');
  return isAm(i - 1) || (isAm(i - 2) && words[i - 1]!.form !== words[i - 1]!.lower);
}

/** "Director of television Ana López" names somebody, though nobody made out whom; "López's aide" does not. */
function holdsName({ tokens }: Tagged, { first, last }: Range, { personAt }: Entities): boolean {
  for (let i = first; i <= last; i++)
    if (
      personAt.has(i) &&
      personAt.get(i + 1) !== personAt.get(i) &&
      !/^['’]s?$/.test(tokens.words[i + 1]?.lower ?? '')
    )
      return true;
  return false;
}

/** "As The Economist put it": a capital on the article, within a sentence. */
const isOutlet = ({ tokens, sentences }: Tagged, { first, head, last }: SourcePhrase): boolean =>
  tokens.words[first]!.form === 'The' &&
  first !== sentences.first[sentences.of[first]!] &&
  head === last &&
  tokens.words[head]!.form !== tokens.words[head]!.lower;

const SOMEBODY =
  /^(?:someone|somebody|one|another|everyone|everybody|anyone|person|individual|fan|user|poster|caller|guest|employee|member|councilmember|attendee|participant|respondent|teen|teenager|kid|girl|boy|commenter|reader|viewer|listener|sign|banner|placard|poster|plaque|label|notice|note|inscription|caption|headline|entry|rule|law|constitution|charter|contract|treaty|order|motion|bill|verdict|opinion|dissent)$/;

/** Nouns for one person by country or age. */
const EPITHET =
  /^(?:\d{1,2}-year-old|swede|dane|finn|norwegian|icelander|spaniard|frenchman|frenchwoman|englishman|englishwoman|irishman|irishwoman|scot|scotsman|scotswoman|welshman|welshwoman|dutchman|dutchwoman|pole|turk|briton|german|italian|belgian|austrian|serb|croat|croatian|hungarian|romanian|bulgarian|russian|ukrainian|american|canadian|mexican|brazilian|argentine|argentinian|colombian|chilean|uruguayan|australian|aussie|kiwi|south-african|nigerian|ghanaian|senegalese|egyptian|algerian|moroccan|ivorian|cameroonian|kenyan|ethiopian|korean|indian)$/;

/** Those who speak for somebody else, and those who meet him. */
const FOR_OTHERS =
  /^(?:spokes|aide|lawyer|attorney|official|judge|prosecutor|police|officer|reporter|interviewer|host|wife|husband|witness|source|neighbou?r|critic|rival|opponent|victim|man|woman)/;

/** Things with words in them, which speak for whoever made them. */
const DOCUMENTS = new Set(
  'excerpts excerpt speech transcript statement report reports poll polls survey surveys letter filing study analysis data estimate estimates release investigation memo video brief complaint lawsuit database website email e-mail post announcement comments comment remarks remark words tweet tweets article story research filings memos findings figures records'.split(
    ' ',
  ),
);

const asPerson = (choice: Choice<Person> | undefined): Choice<Who> | undefined =>
  choice && {
    who: { kind: 'person', person: choice.who },
    confidence: Math.min(choice.confidence, choice.who.confidence),
  };

/** The next token belongs to the same run of capitals; "Reuters/Ipsos" is one. */
function isJoined({ tokens }: Tagged, i: number): boolean {
  const next = tokens.words[i + 1]!;
  const afterNext = tokens.words[i + 2];
  if (next.form === '/') return true;
  if (next.lower === 'of' || next.lower === 'for') return afterNext !== undefined && afterNext.form !== afterNext.lower;
  return tokens.kind[i + 1] === Kind.word && next.form !== next.lower && next.form !== "'s" && next.form !== '’s';
}

function hasCapital({ tokens, tags, sentences }: Tagged, first: number, last: number, skip = -1): boolean {
  for (let i = first; i <= last; i++) {
    const word = tokens.words[i]!;
    const begins = i === skip && i === sentences.first[sentences.of[i]!];
    if (
      word.form !== word.lower &&
      tokens.kind[i] === Kind.word &&
      (!begins || isName(tags[i]!) || (tags[i] === Tag.JJ && listsOf(word) & Listed.people))
    )
      return true;
  }
  return false;
}

const figureByKey = (key: string): PublicFigure => {
  for (const figures of gazetteer().byForm.values())
    for (const figure of figures) if (figure.key === key) return figure;
  throw new Error(`gazetteer: no row ${key}`);
};

/** Not sure enough to be shown as whose words they are. */
const NO_PHRASE = 0.4;

/** A finite verb stands right after the noun, with no "who" or "that" to take it up. */
const holdsClause = ({ tags, tokens }: Tagged, { first, coreLast, last }: SourcePhrase): boolean =>
  (tags[first] === Tag.VBG && tokens.words[first]!.form === tokens.words[first]!.lower) ||
  (coreLast + 1 < last &&
    (tags[coreLast + 1] === Tag.VBD ||
      tags[coreLast + 1] === Tag.VBZ ||
      tags[coreLast + 1] === Tag.MD ||
      doesSo({ tags }, coreLast + 1)) &&
    tags[coreLast + 2] !== Tag.IN &&
    tags[coreLast + 2] !== Tag.TO &&
    !/^['’]s$/.test(tokens.words[coreLast + 1]!.lower));

/** "Republicans privately lampoon his skills" */
const doesSo = ({ tags }: Pick<Tagged, 'tags'>, i: number): boolean =>
  tags[i] === Tag.VBP ||
  (tags[i] === Tag.RB && (tags[i + 1] === Tag.VBP || tags[i + 1] === Tag.VBD || tags[i + 1] === Tag.VBZ));

/** Longest printed phrase, in words: a source that runs on is cut at its first clause. */
const LONGEST_PHRASE = 12;

/** "The union, led by Tom Blake": what a comma and a participle or relative word add is not its name. */
const isAside = ({ tokens, tags }: Tagged, comma: number, last: number): boolean =>
  comma < last &&
  tokens.words[comma]!.form === ',' &&
  tokens.words[comma + 1]!.lower !== 'including' &&
  (([Tag.VBN, Tag.VBD, Tag.VBG, Tag.WP, Tag.WDT] as number[]).includes(tags[comma + 1]!) ||
    (tokens.words[comma + 1]!.lower === 'as' && tags[comma + 2] === Tag.VBN));

/** "A few residents", "a dozen teachers": the article counts. */
const COUNTS = /^(?:few|dozen|hundred|thousand|million|couple|handful|score|lakh|crore|number|majority|minority)$/;

/** "May 3" says nothing, and "2 million times" neither; "no senator" and "few senators" are those who do not. "No. 10" is a house. */
const isNobody = ({ tokens }: Tagged, { first, core, coreLast, head }: SourcePhrase): boolean =>
  tokens.words[head]!.form === 'times' ||
  (NOBODY.test(tokens.words[first]!.lower) && tokens.kind[first + 1] !== Kind.number) ||
  ((listsOf(tokens.words[core]!) & Listed.calendar) !== 0 &&
    (core === coreLast || tokens.kind[core + 1] === Kind.number));
const NOBODY = /^(?:no|none|neither|nobody|few|fewer|hardly|little)$/;

/** The phrase as printed, without its article, and no longer than a line. */
function printedName(tagged: Tagged, { first, core, coreLast, last, determiner, shape }: SourcePhrase): string {
  const { tokens } = tagged;
  const counts = /^an?$/.test(determiner) && COUNTS.test(plain(tokens, core));
  const from = /^(?:the|a|an)$/.test(determiner) && !counts ? core : first;
  const isLong = last - from >= LONGEST_PHRASE || isAside(tagged, coreLast + 1, last);
  const to = isLong && (shape !== 'several' || tagged.tokens.words[coreLast + 1]?.form === ',') ? coreLast : last;
  return tidyName(textOf(tokens, { first: from, last: Math.min(to, from + 2 * LONGEST_PHRASE) }));
}

/** "Legal (Marta" is cut before its bracket. */
const tidyName = (whole: string): string => {
  // "Houston Public Media: Houston's voters": the label before the colon is another's.
  const name = whole.replace(/^[^:]*: (?=\S)/, '');
  const open = name.lastIndexOf('(');
  return open > 0 && name.indexOf(')', open) < 0 ? name.slice(0, open).trimEnd() : name;
};

// ---------------------------------------------------------------- speakers

function keyOf(who: Who): unknown {
  if ('person' in who) return who.person;
  if ('body' in who) return who.body;
  if ('figure' in who) return who.figure;
  return `${who.kind}:${fold(who.name)}`;
}

/** In reading order, without those that stand inside another ("Ana López" in "Mayor Ana López"). */
function outermost(ranges: Range[]): Range[] {
  let end = -1;
  return ranges
    .sort((a, b) => a.first - b.first || b.last - a.last)
    .filter(({ last }) => {
      if (last <= end) return false;
      end = last;
      return true;
    });
}

const mentionRanges = (who: Who): readonly Range[] =>
  'person' in who ? who.person.mentions : 'body' in who ? who.body.mentions : [];
