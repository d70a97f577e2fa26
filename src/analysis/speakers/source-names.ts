/** Names that only their place shows: the subject of a word of saying has one, though no list or model knew it. */
import { UNSURE } from '../../model.ts';
import { COURTESY, KIN } from '../lexicon/people.ts';
import { Role, rolesOf, VOICES } from '../lexicon/roles.ts';
import { TITLES } from '../lexicon/titles.ts';
import { endsAsBody } from '../names/bodies.ts';
import { GIVEN, knownName, Listed, listsOf } from '../names/name-lists.ts';
import { isMereWord, type Name } from '../names/names.ts';
import { isRoleNoun, roleAfter } from '../names/role-phrases.ts';
import { isCommonWord, isName, isUnseenName, Tag } from '../text/pos.ts';
import { plain } from '../text/text-of.ts';
import { Kind } from '../text/tokens.ts';
import type { Range, Relation, Tagged } from '../text/types.ts';
import { isAcronym } from './entities.ts';
import { bodyInApposition, isBrand, isPeopleNoun } from './source-kind.ts';

/** The subject of a word of saying is a person though no list or model knew the name: "Zorblatt said". */
export function withSources(tagged: Tagged, names: readonly Name[], relations: readonly Relation[]): Name[] {
  const taken = new Map<number, Name>();
  for (const name of names) for (let i = name.first; i <= name.last; i++) taken.set(i, name);
  const added: Name[] = [];
  const removed = new Set<Name>();
  let introduced: ReadonlySet<string> | undefined;
  const isIntroduced = ({ first, last }: Range): boolean => {
    introduced ??= introducedBodies(tagged);
    return first === last && introduced.has(tagged.tokens.words[first]!.form);
  };
  for (const { source: whole, origin, cueClass, confidence } of relations) {
    const source = whole && withoutBracket(tagged, whole);
    if (source === undefined || (origin !== 'near' && origin !== 'transcript') || cueClass === 'document') continue;
    if (confidence < UNSURE) continue;
    if (origin === 'transcript') {
      const label = transcriptName(tagged, source);
      for (let i = source.first; i <= source.last; i++) if (taken.has(i)) removed.add(taken.get(i)!);
      if (label !== undefined) added.push(label);
      continue;
    }
    const body =
      loneBrand(tagged, source) ??
      (isIntroduced(source) ? source : undefined) ??
      bodyInApposition(tagged, source)?.name;
    if (body !== undefined && !looksPersonal(tagged, body)) {
      for (let i = source.first; i <= source.last; i++) if (taken.has(i)) removed.add(taken.get(i)!);
      const name: Name = { first: body.first, last: body.last, kind: 'organization' };
      for (let i = name.first; i <= name.last; i++) taken.set(i, name);
      added.push(name);
      continue;
    }
    const named = roledName(tagged, source) ?? roledName(tagged, withoutPlace(tagged, source));
    const titled = titledName(tagged, source);
    const run = titled ?? nameRun(tagged, source) ?? named ?? endName(tagged, source);
    if (run === undefined) {
      const body = bodyRun(tagged, source, taken);
      if (body === undefined) continue;
      for (let i = body.first; i <= body.last; i++) if (taken.has(i)) removed.add(taken.get(i)!);
      for (let i = body.first; i <= body.last; i++) taken.set(i, body);
      added.push(body);
      continue;
    }
    const known = new Set<Name>();
    for (let i = run.first; i <= run.last; i++) if (taken.has(i)) known.add(taken.get(i)!);
    if ([...known].some((name) => name.kind === 'person' && name.last === run.last)) continue;
    // "Ana López Delivers: “...”", a headline.
    const verb = tagged.tokens.words[run.last]!;
    const isHeadline = isCommonWord(verb) || verb.lower.endsWith('s');
    if (
      isHeadline &&
      [...known].some((name) => name.kind === 'person' && name.first < name.last && name.first === run.first)
    )
      continue;
    const isTitled =
      run === named ||
      run === titled ||
      (run.first > source.first && COURTESY.has(plain(tagged.tokens, run.first - 1))) ||
      holdsOffice(tagged, run);
    if (known.size > 0 && !isTitled && !looksPersonal(tagged, run)) continue;
    if (known.size === 0 && !isTitled && looksLikeBody(tagged, run)) {
      if (run.last > run.first || isAcronym(tagged.tokens.words[run.first]!.form))
        added.push({ ...run, kind: 'organization' });
      continue;
    }
    for (const name of known) removed.add(name);
    const name: Name = { ...run, kind: 'person' };
    for (let i = run.first; i <= run.last; i++) taken.set(i, name);
    added.push(name);
  }
  const holds = (name: Name): boolean => !removed.has(name) && !isPeople(tagged, name);
  return [...names.filter(holds), ...added].map((name) => withoutTitle(tagged, name)).sort((a, b) => a.first - b.first);
}

/** "Chairman Ken Brade (R-Ohio)" without his party. */
function withoutBracket({ tokens }: Tagged, { first, last }: Range): Range {
  for (let i = last; i > first + 1 && tokens.words[last]!.form === ')'; i--)
    if (tokens.words[i]!.form === '(') return { first, last: i - 1 };
  return { first, last };
}

/** "Mayor Obuasi" is Obuasi. "Dean Ana López" heads a faculty; "Dean López" may be a first name. */
function withoutTitle(tagged: Tagged, name: Name): Name {
  const { words } = tagged.tokens;
  let { first } = name;
  if (name.kind !== 'person') return name;
  if (words[first]!.form === 'Dean') return name.last - first >= 2 ? { ...name, first: first + 1 } : name;
  const isTitle = (i: number): boolean =>
    COURTESY.has(plain(tagged.tokens, i)) ||
    (isRoleNoun(tagged, i) && ((listsOf(words[i]!) & GIVEN) === 0 || words[i]!.form === 'Mayor'));
  while (first < name.last && isTitle(first)) first++;
  return first === name.first ? name : { ...name, first };
}

/** "SafeShed", the party, "Promoter LiveSound", and "Skyhop, which ...": nobody is a "which". */
function loneBrand(tagged: Tagged, { first, last }: Range): Range | undefined {
  const { words } = tagged.tokens;
  const { form } = words[last]!;
  if (isBrand(form)) {
    const opens = (i: number): boolean =>
      i === tagged.sentences.first[tagged.sentences.of[i]!] && (listsOf(words[i]!) & GIVEN) === 0;
    for (let i = first; i < last; i++)
      if (!isRoleNoun(tagged, i) && words[i]!.lower !== 'the' && !opens(i)) return undefined;
    return { first: last, last };
  }
  if (first !== last) return undefined;
  const isWhich = /^\p{Lu}\p{Ll}/u.test(form) && words[last + 1]?.form === ',' && words[last + 2]?.form === 'which';
  return form === 'Labour' || isWhich ? { first, last } : undefined;
}

/** "Lumo", where the article speaks of "the social network Lumo": the forms of such names. */
function introducedBodies({ tokens }: Tagged): ReadonlySet<string> {
  const found = new Set<string>();
  for (let i = 1; i < tokens.count; i++) {
    const { form, lower } = tokens.words[i]!;
    const before = tokens.words[i - 1]!;
    if (form === lower || before.form !== before.lower || !COMPANIES.has(before.lower) || !/^\p{Lu}\p{Ll}/u.test(form))
      continue;
    if (!/^\p{Lu}/u.test(tokens.words[i + 1]?.form ?? '.') && (listsOf(tokens.words[i]!) & GIVEN) === 0)
      found.add(form);
  }
  return found;
}

const COMPANIES = new Set(
  'network company firm app platform startup start-up retailer carmaker automaker chipmaker drugmaker airline lender bank insurer developer manufacturer maker supplier operator charity nonprofit party website chain brand giant publisher broadcaster'.split(
    ' ',
  ),
);

/** "Campaigners" and "Neighbours" at the head of a sentence, and "Opposition MPs" anywhere, name nobody. */
function isPeople(tagged: Tagged, { first, last, kind }: Name): boolean {
  const { tokens, sentences } = tagged;
  if (kind !== 'person') return false;
  // "Pilot" before "Erin Halloway" is what she does.
  if (first === last && isRoleNoun(tagged, first) && isName(tagged.tags[first + 1] ?? Tag.NN)) return true;
  if (listsOf(tokens.words[first]!) & GIVEN) return /^\p{Lu}{2,}s$/u.test(tokens.words[last]!.form);
  const opens = first === last && first === sentences.first[sentences.of[first]!];
  const word = tokens.words[last]!;
  return isPeopleNoun(word.form) || (opens && (rolesOf(word) & Role.people) !== 0);
}

/** "MS. FARROW:" names a person; "MODERATOR:" and "QUESTION:" do not. */
function transcriptName({ tokens }: Tagged, { first, last }: Range): Name | undefined {
  let begin = first;
  while (begin < last && (rolesOf(tokens.words[begin]!) & Role.title || COURTESY.has(plain(tokens, begin)))) begin++;
  if (/^(?:the|a|an)$/.test(plain(tokens, begin))) return undefined;
  for (let i = begin; i <= last; i++) {
    if (tokens.kind[i] !== Kind.word || VOICES.has(plain(tokens, i))) return undefined;
    if (begin === last && listsOf(tokens.words[i]!) & Listed.acronym) return undefined;
    if (rolesOf(tokens.words[i]!) & (Role.person | Role.people | Role.body | Role.pronoun)) return undefined;
  }
  return { first: begin, last, kind: 'person' };
}

/** The run of capitals that a source consists of, titles left out; none when it has other words. */
function nameRun(tagged: Tagged, source: Range): Range | undefined {
  const { tokens, tags } = tagged;
  let { first, last } = source;
  while (first < last && (rolesOf(tokens.words[first]!) & Role.title || COURTESY.has(plain(tokens, first)))) first++;
  const comma = commaIn(tagged, first, last);
  if (comma > first) last = comma - 1;
  if (last - first > 3 || /^(?:the|a|an)$/.test(plain(tokens, first))) return undefined;
  // "said Sen. (R-Norland)": the name got lost.
  if (first === last && /^(?:sen|rep|gov|gen|prof|dr|mr|mrs|ms)$/.test(plain(tokens, first).replace('.', '')))
    return undefined;
  const isTitled = first > source.first && COURTESY.has(plain(tokens, first - 1));
  if (first === last && !isTitled && isMereWord(tagged, first)) return undefined;
  for (let i = first; i <= last; i++) {
    const { form, lower } = tokens.words[i]!;
    // Scripts without capitals print a name like any word.
    if (/\p{Lo}/u.test(form)) continue;
    if (
      tokens.kind[i] !== Kind.word ||
      form === lower ||
      !(isName(tags[i]!) || last > first || isTitled || isUnseenName(tokens.words[i]!))
    )
      return undefined;
    if (rolesOf(tokens.words[i]!) & (Role.pronoun | Role.people)) return undefined;
    // "Mrs. May" is no month.
    if (listsOf(tokens.words[i]!) & Listed.calendar && !isTitled) return undefined;
    if (isPeopleNoun(form)) return undefined;
  }
  return { first, last };
}

/** "Ports and Border Guard": a source that is all capitals and links around one name of a body is that body. */
function bodyRun({ tokens, sentences }: Tagged, source: Range, taken: ReadonlyMap<number, Name>): Name | undefined {
  let { first, last } = source;
  if (/^(?:the|a|an)$/.test(tokens.words[first]!.lower)) first++;
  while (last > first && (tokens.kind[last] !== Kind.word || /^['’]s?$/.test(tokens.words[last]!.form))) last--;
  // "The Times in August"
  if (listsOf(tokens.words[last]!) & Listed.calendar && /^(?:in|on)$/.test(tokens.words[last - 1]!.lower)) last -= 2;
  if (last - first < 2 || last - first > 9 || first === sentences.first[sentences.of[first]!]! - 1) return undefined;
  const names = new Set<Name>();
  for (let i = first; i <= last; i++) {
    const word = tokens.words[i]!;
    const capital = word.form !== word.lower && tokens.kind[i] === Kind.word;
    if (!capital && !LINKS.has(word.lower)) return undefined;
    if (taken.has(i)) names.add(taken.get(i)!);
  }
  const [only] = names;
  if (names.size !== 1 || only!.kind !== 'organization' || (only!.first === first && only!.last === last))
    return undefined;
  return only!.first > first || only!.last < last ? { first, last, kind: 'organization' } : undefined;
}

const LINKS = new Set(['of', 'and', 'for', '&', 'the', 'on', 'in']);

/** "chef Anouk Brel" and "his wife, Ingrid": one to three capitals at the end, right after a noun for a person. */
function roledName(tagged: Tagged, { first, last }: Range): Range | undefined {
  const { tokens } = tagged;
  const isCapital = (i: number): boolean =>
    tokens.kind[i] === Kind.word && /^\p{Lu}[\p{L}'’-]+$/u.test(tokens.words[i]!.form);
  let begin = last + 1;
  while (begin > first && isCapital(begin - 1)) begin--;
  if (begin > last || last - begin > 2 || begin === first || isBrand(tokens.words[begin]!.form)) return undefined;
  const noun = tokens.words[begin - 1]!.form === ',' ? begin - 2 : begin - 1;
  if (noun < first || tokens.words[noun]!.form !== tokens.words[noun]!.lower) return undefined;
  if (!isRoleNoun(tagged, noun) && !KIN.has(plain(tokens, noun))) return undefined;
  for (let i = first; i < noun; i++) if (tokens.words[i]!.form === ',' || tagged.tags[i] === Tag.IN) return undefined;
  const run = { first: begin, last };
  if (looksLikeBody(tagged, run)) return undefined;
  for (let i = begin; i <= last; i++) if (rolesOf(tokens.words[i]!) & (Role.title | Role.people)) return undefined;
  return run;
}

/** "analyst Erling Refsum at Nomura" without where. */
function withoutPlace({ tokens }: Tagged, { first, last }: Range): Range {
  for (let i = first + 2; i < last; i++)
    if (/^(?:at|of|from|with)$/.test(tokens.words[i]!.form)) return { first, last: i - 1 };
  return { first, last };
}

/** "Harbour U.S. Attorney Preet Bharat": two or three capitals right after a title, up to the end or a comma. */
function titledName(tagged: Tagged, source: Range): Range | undefined {
  const { tokens } = tagged;
  const comma = commaIn(tagged, source.first, source.last);
  const last = comma > source.first ? comma - 1 : source.last;
  const isCapital = (i: number): boolean =>
    tokens.kind[i] === Kind.word && /^\p{Lu}[\p{L}'’.-]*$/u.test(tokens.words[i]!.form);
  let first = last + 1;
  // "Co-host Gayle King" is no king.
  while (first > source.first && isCapital(first - 1) && (first > last || !isRoleNoun(tagged, first - 1))) first--;
  const length = last - first + 1;
  if (first === source.first || length < 2 || length > 3 || !isCapital(first - 1) || !isRoleNoun(tagged, first - 1))
    return undefined;
  const run = { first, last };
  return looksLikeBody(tagged, run) ? undefined : run;
}

/** "Gro Harlem Brundt, the former prime minister": no body and no place. */
function holdsOffice(tagged: Tagged, { first, last }: Range): boolean {
  if (first === last || endsAsBody(tagged.tokens, { first, last })) return false;
  const role = roleAfter(tagged, last);
  return role !== undefined && TITLES.has(role.head);
}

/** "Executive director of the Harbor Trust Ana López": a first name and another capital at the very end. */
function endName(tagged: Tagged, { first, last }: Range): Range | undefined {
  const { tokens, tags } = tagged;
  const range = { first: last - 1, last };
  if (last - first < 2 || !isName(tags[last]!) || !isName(tags[last - 1]!) || !looksPersonal(tagged, range))
    return undefined;
  const before = tags[last - 2];
  return before === Tag.IN || before === Tag.CC || before === Tag.DT || tokens.words[last - 2]!.form === '.'
    ? undefined
    : range;
}

function commaIn({ tokens }: Tagged, first: number, last: number): number {
  for (let i = first; i <= last; i++) if (tokens.words[i]!.form === ',') return i;
  return -1;
}

const looksPersonal = ({ tokens }: Tagged, { first, last }: Range): boolean =>
  last > first &&
  (listsOf(tokens.words[first]!) & GIVEN) !== 0 &&
  (listsOf(tokens.words[last]!) & (Listed.body | Listed.place)) === 0 &&
  // "North" is a first name, too.
  knownName(tokens, first)?.kind !== 'place';

function looksLikeBody({ tokens }: Tagged, { first, last }: Range): boolean {
  if (endsAsBody(tokens, { first, last })) return true;
  // "INES OKAFOR" in a text of capitals is no pair of acronyms.
  const shouted = last > first && isAcronym(tokens.words[first]!.form) && isAcronym(tokens.words[last]!.form);
  for (let i = first; i <= last; i++) {
    const { form } = tokens.words[i]!;
    if (listsOf(tokens.words[i]!) & (Listed.body | Listed.acronym | Listed.people | Listed.place)) return true;
    if (isAcronym(form) && form.length > 2 && !shouted) return true;
  }
  return false;
}
