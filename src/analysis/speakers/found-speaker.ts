/** A speaker as the analysis hands it on: name, role, other forms. */
import type { FoundSpeaker, SpeakerKind } from '../../model.ts';
import { STANCE_BITS, stanceBits } from '../lexicon/stance.ts';
import { bodyKeyOf, givenNameGender, type PublicFigure } from '../names/gazetteer.ts';
import type { RolePhrase } from '../names/role-phrases.ts';
import { type Body, genderOf, type Person } from './entities.ts';

/** Who is behind a source, before speakers are counted. */
export type Who =
  | { readonly kind: 'person'; readonly person: Person }
  | { readonly kind: 'figure'; readonly figure: PublicFigure }
  | { readonly kind: 'organization'; readonly body: Body; readonly role?: string }
  | { readonly kind: 'organization' | 'group' | 'unnamed'; readonly name: string }
  | { readonly kind: 'person'; readonly name: string; readonly handle?: string };

export function speakerOf(who: Who): FoundSpeaker {
  if ('person' in who) return personSpeaker(who.person);
  if ('body' in who) return bodySpeaker(who.body, who.role);
  if ('figure' in who) {
    const { name, gender, key, handle } = who.figure;
    return { kind: 'person', name, aliases: [], gender, gazetteer: key, ...(handle ? { handle } : {}), mentions: [] };
  }
  const kind: SpeakerKind = who.kind;
  const key = kind === 'organization' ? bodyKeyOf(who.name) : undefined;
  return {
    kind,
    name: who.name,
    aliases: [],
    ...('handle' in who && who.handle ? { handle: who.handle } : {}),
    ...(key === undefined ? {} : { gazetteer: key }),
    mentions: [],
  };
}

/** "MAYOR ANA OKAFOR" of a transcript as "Mayor Ana Okafor". Three letters may be initials. */
const uncapitalized = (name: string): string =>
  /\p{Ll}/u.test(name)
    ? name
    : name.replace(/\p{Lu}{3,}/gu, (word) =>
        word.length > 3 || givenNameGender(word.toLowerCase()) !== undefined
          ? word[0]! + word.slice(1).toLowerCase()
          : word,
      );

function personSpeaker(person: Person): FoundSpeaker {
  const gender = genderOf(person);
  const printed = bestRole(person);
  const role = printed && uncapitalized(printed);
  return {
    kind: 'person',
    name: uncapitalized(person.name),
    ...(role === undefined ? {} : { role }),
    aliases: otherForms(person.forms, person.name),
    ...(person.figure?.handle ? { handle: person.figure.handle } : {}),
    ...(gender === undefined ? {} : { gender }),
    ...(person.figure === undefined ? {} : { gazetteer: person.figure.key }),
    mentions: [],
  };
}

/** The fullest of the first roles given: "governor of Ohio" rather than "Gov."; no judgement, and nobody's sex or age. */
function bestRole({ roles }: Person): string | undefined {
  let best: string | undefined;
  for (const { text } of roles.filter((role) => !tellsNothing(role)).slice(0, 4))
    if (best === undefined || (best.length < 12 && text.length > best.length)) best = text;
  return best?.replace(OF_THIS_BODY, '');
}

const tellsNothing = ({ head, text }: RolePhrase): boolean =>
  PLAIN_PEOPLE.has(head) || judges(text) || BARE_RELATION.test(text);
const PLAIN_PEOPLE = new Set('man woman guy boy girl lady gentleman madman person'.split(' '));
/** Whose friend, whose critic? */
const BARE_RELATION =
  /^(?:(?:former|close|good|old|longtime|best|new|high school|school) )*(?:friend|rival|critic|opponent|ally|fan|colleague|neighbou?r|supporter|backer)$/i;
/** "the agency's acting commissioner": away from the sentence nobody knows which agency. */
const OF_THIS_BODY =
  /^(?:agency|company|group|organi[sz]ation|campaign|firm|union|party|committee|team|club|school|university|department|president|governor|mayor|senator)['’]s (?=\S)/;

/** "a monstrous madman", "the most reckless president", "sometimes distant": what somebody thinks of him. */
const judges = (role: string): boolean =>
  role
    .toLowerCase()
    .split(' ')
    .some((word) => /^(?:most|sometimes|often|very|too|so)$/.test(word) || (stanceBits(word) & JUDGEMENTS) !== 0);
const JUDGEMENTS = STANCE_BITS.positive | STANCE_BITS.negative;

function bodySpeaker(body: Body, role: string | undefined): FoundSpeaker {
  const aliases = otherForms(body.forms, withoutArticle(body.name));
  const key = bodyKeyOf(body.name);
  return {
    kind: 'organization',
    name: withoutArticle(body.name),
    ...(role === undefined ? {} : { role }),
    aliases,
    ...(key === undefined ? {} : { gazetteer: key }),
    mentions: [],
  };
}

const withoutArticle = (name: string): string => name.replace(/^[Tt]he (?=\S)/, '');

const otherForms = (forms: ReadonlyMap<string, number>, name: string): string[] =>
  [...new Set([...forms.keys()].map(withoutArticle))]
    .filter((form) => form !== name)
    .sort((a, b) => b.length - a.length);
