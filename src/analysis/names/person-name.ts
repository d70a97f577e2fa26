import { foldedWords } from '../text/fold.ts';

/** A person's name taken apart; every part folded. A name of one word has only `last`. */
export interface PersonName {
  readonly first?: string;
  readonly middle: readonly string[];
  readonly last: string;
  /** `jr`, `sr`, `ii`, `iii`, `iv`. */
  readonly suffix?: string;
}

const suffixes = new Set(['jr', 'sr', 'ii', 'iii', 'iv']);

/** "Jr.", "Sr" as printed. */
export const isGeneration = (form: string): boolean => /^[JS]r\.?$/.test(form);

/** Family names that stand first ("Xi Jinping", "Kim Jong Un"): the bare form is the first word, not the last. */
const familyFirst = new Set(
  'xi kim park moon yoon han li wang zhang chen liu yang zhao huang zhou wu xu sun zhu hu jiang deng mao wen peng nguyen tran le pham mahathir thich'.split(
    ' ',
  ),
);

/** Given names that go with those only in Western order ("Kim Darroch", "Park Cannon" are not family-first). */
const western = /[aeiou](?:ll|ck|tt|rr|ss|ff)|th|ch$|son$|man$|ton$|ey$|er$/;

/** Small words that lead surnames; "Al" and "Van" are first names, too. */
const PARTICLES = new Set(['de', 'der', 'di', 'du', 'del', 'la', 'le', 'von', 'bin', 'da', 'dos']);

/** Takes a name apart. `undefined` when nothing in it is a word. */
export function personName(name: string): PersonName | undefined {
  const words = foldedWords(name);
  let suffix: string | undefined;
  if (words.length > 1 && suffixes.has(words.at(-1)!)) suffix = words.pop();
  const last = words.pop();
  if (last === undefined) return undefined;
  // "De Blasio", "Von der Leyen": a bare name.
  const [first, ...rest] = words.every((word) => PARTICLES.has(word)) ? [] : words;
  // "H.W." are two names.
  const middle = rest.flatMap((word) => (/^[^aeiouy]{2,3}$/.test(word) ? [...word] : [word]));
  return {
    ...(first === undefined ? {} : { first }),
    middle,
    last,
    ...(suffix === undefined ? {} : { suffix }),
  };
}

/** The words by which a text may call this person alone: the last name, or the first where family names lead. */
export function surnames(name: PersonName): string[] {
  if (name.first !== undefined && familyFirst.has(name.first) && !western.test(name.last))
    return [name.first, name.last];
  return [name.last];
}

const nicknames: ReadonlyMap<string, string> = new Map(
  Object.entries({
    abe: 'abraham',
    al: 'albert',
    alex: 'alexander',
    andy: 'andrew',
    ben: 'benjamin',
    bernie: 'bernard',
    beto: 'robert',
    bill: 'william',
    billy: 'william',
    bob: 'robert',
    bobby: 'robert',
    chris: 'christopher',
    chuck: 'charles',
    charlie: 'charles',
    cathy: 'catherine',
    dan: 'daniel',
    danny: 'daniel',
    dave: 'david',
    dick: 'richard',
    don: 'donald',
    ed: 'edward',
    eddie: 'edward',
    fred: 'frederick',
    greg: 'gregory',
    hank: 'henry',
    jack: 'john',
    jake: 'jacob',
    jeff: 'jeffrey',
    jim: 'james',
    jimmy: 'james',
    joe: 'joseph',
    joey: 'joseph',
    jon: 'jonathan',
    josh: 'joshua',
    kate: 'katherine',
    kathy: 'katherine',
    ken: 'kenneth',
    kim: 'kimberly',
    larry: 'lawrence',
    liz: 'elizabeth',
    beth: 'elizabeth',
    matt: 'matthew',
    mike: 'michael',
    mitch: 'mitchell',
    nick: 'nicholas',
    pat: 'patrick',
    pete: 'peter',
    phil: 'philip',
    ray: 'raymond',
    rick: 'richard',
    rob: 'robert',
    ron: 'ronald',
    sam: 'samuel',
    steve: 'steven',
    stephen: 'steven',
    sue: 'susan',
    ted: 'edward',
    tim: 'timothy',
    tom: 'thomas',
    tommy: 'thomas',
    tony: 'anthony',
    vicky: 'victoria',
    vince: 'vincent',
    walt: 'walter',
    will: 'william',
    zach: 'zachary',
  }),
); // prettier-ignore

/** Whether two first names may be one person's: equal, an initial, or a usual short form ("Bernie" for "Bernard"). */
export function firstNamesAgree(a: string, b: string): 'equal' | 'short' | 'no' {
  if (a === b) return 'equal';
  if (a.length <= 2 || b.length <= 2) return a[0] === b[0] ? 'short' : 'no';
  const full = (name: string) => nicknames.get(name) ?? name;
  return full(a) === full(b) || full(a) === b || full(b) === a ? 'short' : 'no';
}

/**
 * "George W. Bush" is not "George H. W. Bush": middle names agree, word by word or by their first letters, as far as both
 * are told.
 */
export const middlesAgree = (a: readonly string[], b: readonly string[]): boolean =>
  a.length <= b.length
    ? a.every((word, i) => word === b[i] || ((word.length === 1 || b[i]!.length === 1) && word[0] === b[i]![0]))
    : middlesAgree(b, a);
