/** Whether people and bodies without a name of their own speak openly ("shop owners", "the union") or unnamed ("two officials"). */
import { KIN, MEMBERSHIPS, PROFESSIONS } from '../lexicon/people.ts';
import { Role, rolesOf } from '../lexicon/roles.ts';
import { Listed, listsOf } from '../names/name-lists.ts';
import { Inside } from '../text/marks.ts';
import { isNominal, Tag } from '../text/pos.ts';
import { singular } from '../text/singular.ts';
import { plain, textOf } from '../text/text-of.ts';
import { Kind } from '../text/tokens.ts';
import type { Range, Tagged } from '../text/types.ts';
import { wordAt } from '../text/words.ts';
import type { SourcePhrase } from './source-phrase.ts';

const set = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/));

/** Individuals whose names the article keeps back, however many and whoever's they are. */
const VEILED = set(
  'sources source insiders insider experts analysts critics observers commentators pundits skeptics sceptics',
);

/** Individuals who stay unnamed unless a name or a possessive pins them down: "Mexican officials", "his aides". */
const LOOSE = set(
  `officials aides advisers advisors diplomats executives strategists allies opponents supporters rivals people persons others some
  many witnesses eyewitnesses friends colleagues associates relatives men women operatives lawmakers`,
);

/** These an article pins down too ("the researchers"), and the place where they work ("doctors at the hospital"). */
const SCHOLARS = set('economists scientists researchers doctors scholars academics historians');

/** A few of these are individuals: "two residents". */
const PRIVATE = set(
  'residents neighbours neighbors passengers passers-by bystanders visitors customers guests employees',
);

/** Many people or a body under a noun in the singular, beside those of the lexicon. */
const COLLECTIVES = set(
  `staff crew family jury crowd public faculty management workforce leadership opposition side squad band choir cast orchestra
  community congregation charity hospital school college airline retailer regulator ngo nonprofit non-profit trust society
  authority body chain startup start-up lender insurer carrier carmaker drugmaker chipmaker maker manufacturer brand giant
  couple pair duo trio account broadcaster utility syndicate cooperative co-operative collective chamber guild lobby militia brigade department service
  cartel industry sector parish diocese church embassy secretariat electorate delegation consortium fund store museum theatre
  theater control defence defense prosecution`,
);

/** Plural nouns for people that the lexicon of roles leaves out; at the head of a sentence their capital is no name. */
const PEOPLE = set(
  `campaigners villagers protesters protestors fans nurses passengers owners shopkeepers fishermen unions charities groups
  councillors commuters parents pupils soldiers survivors pensioners tenants landlords environmentalists conservationists clubs retailers
  regulators airlines employees staffers strikers miners migrants refugees locals islanders astronomers biologists
  organisers paramedics lifeguards medics engineers climbers sailors anglers hauliers drivers colleagues pundits skeptics sceptics
  chairmen individuals associates folks attendees citizens celebrities adults elites partisans millennials spokespeople hopefuls
  surrogates detainees kids girls boys minorities hawks latinos hispanics gays males females peers counterparts`,
);

/** Plural nouns for what speaks as a body does: "both sides", "several states". */
const MANY_BODIES = set(
  `sides states countries nations municipalities governments counties media outlets schools hospitals communities cities towns charities nonprofits markets industries
  colleges universities campuses districts nonprofits stores banks insurers crews caucuses services accounts channels`,
);

/** Bodies of words, not of people. */
const WRITINGS = set(
  `times post journal news report study poll survey statement letter filing lawsuit document documents memo editorial article book
  website site ad transcript complaint indictment ruling magazine paper`,
);

/** "MPs", "NGOs", "campaigners": several people, never one person's name. */
export const isPeopleNoun = (form: string): boolean => PEOPLE.has(form.toLowerCase()) || /^\p{Lu}{2,}s$/u.test(form);

/** Do those whom a plural noun names say things? "Nurses", "two-thirds", "both sides"; "some patterns" and "recent years" do not. */
export function areSpeakers(tagged: Tagged, { head }: SourcePhrase): boolean {
  const word = tagged.tokens.words[head]!;
  const one = singular(plain(tagged.tokens, head));
  return (
    word.form !== word.lower ||
    isPeopleNoun(word.form) ||
    MANY_BODIES.has(word.lower) ||
    (rolesOf(word) & (Role.people | Role.person)) !== 0 ||
    (rolesOf(wordAt(one, 0, one.length)) & (Role.person | Role.title | Role.body)) !== 0 ||
    [PROFESSIONS, KIN, MEMBERSHIPS].some((nouns) => nouns.has(one)) ||
    /..(?:er|or|ist|ian|man|woman|eer|ess|ant|ent|ee)$/.test(one) ||
    MANY.test(word.lower) ||
    // Scripts without capitals, and shares: "two-thirds", "40%".
    /\p{Lo}|%$|^(?:half|most|all|both)$|thirds$|fourths$|quarters$/u.test(word.lower)
  );
}

/** "Group", "agency", "chip maker": a noun for a body. */
export function isBodyNoun({ tokens }: Tagged, i: number): boolean {
  const word = tokens.words[i]!;
  const lower = plain(tokens, i);
  if (lower === 'tank') return i > 0 && plain(tokens, i - 1) === 'think';
  return !WRITINGS.has(lower) && (COLLECTIVES.has(lower) || (rolesOf(word) & Role.body) !== 0);
}

/** What people without a name are: a group that speaks openly, or individuals whom the article does not name. */
export function kindOfPeople(tagged: Tagged, phrase: SourcePhrase, named: boolean): 'group' | 'unnamed' {
  const head = plain(tagged.tokens, phrase.head);
  const count = countOf(tagged, phrase);
  const veiled = VEILED.has(head);
  const scholars = SCHOLARS.has(head);
  const loose = LOOSE.has(head) || scholars || (count === 'few' && PRIVATE.has(head));
  if (isVeiled(tagged, phrase) || ((veiled || loose || count === 'few') && asksForSilence(tagged, phrase)))
    return 'unnamed';
  if (count === 'many') return /^(?:sources|insiders)$/.test(head) ? 'unnamed' : 'group';
  const vague = VAGUE.has(phrase.determiner) || VAGUE.has(plain(tagged.tokens, phrase.core));
  if (veiled || (vague && !named)) return 'unnamed';
  if (named || !loose || OWNED.test(phrase.determiner)) return 'group';
  return scholars && (DEFINITE.test(phrase.determiner) || worksSomewhere(tagged, phrase)) ? 'group' : 'unnamed';
}

/** "The union", "library staff": a body speaks openly; "the charges" and "someone" are nobody. */
export function kindOfBody(tagged: Tagged, phrase: SourcePhrase): 'group' | 'unnamed' {
  if (!isBodyNoun(tagged, phrase.head) || isVeiled(tagged, phrase)) return 'unnamed';
  return /^(?:an?|one)$/.test(phrase.determiner) && asksForSilence(tagged, phrase) ? 'unnamed' : 'group';
}

const VAGUE = set('some many most few other another any');
const OWNED = /^(?:his|her|their|its|our|my)$/;
const DEFINITE = /^(?:the|these|those|both|all)$/;

const worksSomewhere = ({ tokens }: Tagged, { coreLast, last }: SourcePhrase): boolean =>
  coreLast < last && /^(?:at|from)$/.test(plain(tokens, coreLast + 1));

/** How the article says that its source would not be named. */
const SILENCE =
  /\b(?:anonym(?:ity|ous|ously)|not (?:to )?be (?:named|identified|quoted)|(?:declined|refused) to be (?:named|identified)|not authori[sz]ed to|without being (?:named|identified))\b/;
const KNOWING =
  /\b(?:familiar with|briefed on|close to|with (?:direct )?knowledge|aware of|involved in|privy to|unnamed|unidentified)\b/;

/** Tokens after a source within which it asks not to be named. */
const ASKING = 24;

/** "Three people familiar with the matter": the source's own words keep the names back. */
function isVeiled({ tokens, sentences }: Tagged, { first, last }: Range): boolean {
  const end = Math.min(last + 2, sentences.first[sentences.of[last]! + 1]! - 1);
  const words = textOf(tokens, { first, last: Math.min(end, first + ASKING) }).toLowerCase();
  return KNOWING.test(words) || SILENCE.test(words);
}

/** "Officials, speaking on condition of anonymity,": outside what is quoted, the sentence goes on to say so. */
function asksForSilence({ tokens, sentences, marks }: Tagged, { last }: Range): boolean {
  const end = Math.min(sentences.first[sentences.of[last]! + 1]! - 1, last + ASKING);
  let words = '';
  for (let i = last + 1; i <= end; i++) if (marks.inside[i] === Inside.no) words += `${tokens.words[i]!.lower} `;
  return SILENCE.test(words);
}

/** How many a phrase counts: "two", "41", "Forty-one", "two dozen", "hundreds of". */
function countOf({ tokens, tags }: Tagged, { first, head }: SourcePhrase): 'few' | 'many' | undefined {
  let count: 'few' | 'many' | undefined;
  for (let i = first; i <= head; i++) {
    const lower = plain(tokens, i);
    if (MANY.test(lower) || /^\d\d|^\d{1,3},\d/.test(lower)) return 'many';
    if (FEW.test(lower) || (tags[i] === Tag.CD && tokens.kind[i] === Kind.word)) count = 'few';
  }
  return count;
}

const FEW = /^(?:[2-9]|two|three|four|five|six|seven|eight|nine|several|couple)$/;
const MANY =
  /^(?:ten|eleven|twelve|\w+teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:-\w+)?|dozens?|scores?|hundreds?|thousands?|lakhs?|crores?|millions?)$/;

/** "The chip maker Orvan": the name at the end of the phrase, and the nouns before it that say what kind of body it is. */
export function bodyInApposition(tagged: Tagged, { first, last }: Range): { name: Range; role: Range } | undefined {
  const { tokens, tags } = tagged;
  const from = /^(?:the|a|an)$/.test(plain(tokens, first)) ? first + 1 : first;
  let begin = last + 1;
  while (begin > from && isCapital(tagged, begin - 1)) begin--;
  if (begin > last || begin === from || last - begin > 4 || begin - from > 5) return undefined;
  const noun = begin - 1;
  if (tokens.words[noun]!.form !== tokens.words[noun]!.lower || !isBodyNoun(tagged, noun)) return undefined;
  for (let i = from; i < begin; i++)
    if (!(isNominal(tags[i]!) || tags[i] === Tag.JJ || plain(tokens, i) === 'think')) return undefined;
  for (let i = begin; i <= last; i++) {
    const word = tokens.words[i]!;
    if (rolesOf(word) & (Role.title | Role.people | Role.person | Role.pronoun)) return undefined;
    if (listsOf(word) & Listed.calendar) return undefined;
  }
  return { name: { first: begin, last }, role: { first: from, last: noun } };
}

/** "SafeShed", but not "McBride": a capital within the word makes it a brand. */
export const isBrand = (form: string): boolean =>
  /^\p{Lu}\p{Ll}+\p{Lu}\p{Ll}/u.test(form) &&
  !/^(?:Ma?c|D[eiu]|L[aeou]|V[ao]n|Fitz|Ó|Del|Della|Des|San|St|Al|El)\p{Lu}/u.test(form);

const isCapital = ({ tokens }: Tagged, i: number): boolean =>
  tokens.kind[i] === Kind.word &&
  tokens.words[i]!.form !== tokens.words[i]!.lower &&
  !/^['’]s$/i.test(tokens.words[i]!.form);
