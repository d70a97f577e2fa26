/** Words that tell who may speak: titles, nouns for people, groups and bodies, pronouns. */
import type { Word } from '../text/words.ts';
import { CUES, PLAIN_CUES } from './cues.ts';
import { PERSON, TITLES } from './titles.ts';

/** Bits of `Word.roles`. */
export const Role = {
  cue: 1,
  plainCue: 2,
  title: 4,
  person: 8,
  people: 16,
  body: 32,
  pronoun: 64,
  relative: 128,
} as const;

const set = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/));

const PEOPLE = set(
  `officials experts analysts critics supporters opponents lawmakers legislators senators congressmen representatives democrats
  republicans conservatives liberals progressives voters aides advisers advisors sources people economists scientists researchers
  authorities police prosecutors investigators lawyers attorneys residents neighbours neighbors witnesses activists advocates
  leaders ministers members candidates strategists consultants observers historians doctors reporters journalists pollsters
  organizers organisers executives traders investors analysts farmers workers students teachers parents families relatives friends
  players fans coaches diplomats allies rivals others many some americans britons indians germans muslims women men delegates
  evangelicals moderates independents insiders operatives detectives officers firefighters spokesmen scholars academics rebels`,
);

const BODIES = set(
  `campaign committee commission party government administration ministry department agency office court council union company firm
  group organization organisation association institute university police board bureau panel team club league bank
  congress senate house parliament cabinet embassy army navy force forces foundation center centre network newspaper paper magazine
  times post journal tribune news report study poll survey statement letter filing lawsuit document documents memo editorial article
  book website site ad transcript complaint indictment ruling watchdog think-tank coalition alliance federation`,
);

const PRONOUNS = set('i me we us you he him she her they them it his their its my our your himself herself themselves');
const RELATIVES = set('who which that whom whose');

/** The roles a word may play, as bits; worked out once per form. */
export function rolesOf(word: Word): number {
  if (word.roles >= 0) return word.roles;
  const form = word.lower.endsWith('.') ? word.lower.slice(0, -1) : word.lower;
  let roles = 0;
  if (CUES.has(form)) roles |= Role.cue;
  if (PLAIN_CUES.has(form)) roles |= Role.plainCue;
  if (TITLES.has(form)) roles |= Role.title;
  if (PERSON.has(form)) roles |= Role.person;
  if (PEOPLE.has(form)) roles |= Role.people;
  if (BODIES.has(form)) roles |= Role.body;
  if (PRONOUNS.has(form)) roles |= Role.pronoun;
  if (RELATIVES.has(form)) roles |= Role.relative;
  word.roles = roles;
  return roles;
}

/** Voices of a transcript that have no name: "Q", "MODERATOR", "UNIDENTIFIED MALE". */
export const VOICES = set(
  'moderator question questioner audience operator q a host narrator announcer crowd voice unidentified male female translator interpreter both all answer',
);

/** "Q", "A", "QUESTION", "ANSWER". */
export const isTurnLetter = ({ form }: Word): boolean => /^(?:q|a|question|answer)$/i.test(form);
