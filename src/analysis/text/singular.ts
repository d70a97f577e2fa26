/** English plurals. */

/** Nouns that end like plurals and are none, or whose singular no rule gives. */
const exceptions: ReadonlyMap<string, string> = new Map(
  Object.entries({
    news: 'news',
    series: 'series',
    species: 'species',
    politics: 'politics',
    economics: 'economics',
    physics: 'physics',
    ethics: 'ethics',
    logistics: 'logistics',
    statistics: 'statistics',
    athletics: 'athletics',
    olympics: 'olympics',
    genetics: 'genetics',
    mathematics: 'mathematics',
    measles: 'measles',
    means: 'means',
    gas: 'gas',
    bias: 'bias',
    lens: 'lens',
    canvas: 'canvas',
    texas: 'texas',
    men: 'man',
    women: 'woman',
    people: 'person',
    children: 'child',
    wives: 'wife',
    lives: 'life',
    knives: 'knife',
    thieves: 'thief',
    wolves: 'wolf',
    halves: 'half',
    leaves: 'leaf',
    criteria: 'criterion',
    phenomena: 'phenomenon',
    crises: 'crisis',
    analyses: 'analysis',
    theses: 'thesis',
    bases: 'base',
    movies: 'movie',
    cookies: 'cookie',
    zombies: 'zombie',
    rookies: 'rookie',
    selfies: 'selfie',
    ties: 'tie',
    lies: 'lie',
    potatoes: 'potato',
    tomatoes: 'tomato',
    heroes: 'hero',
    echoes: 'echo',
    vetoes: 'veto',
    embargoes: 'embargo',
    viruses: 'virus',
    bonuses: 'bonus',
    campuses: 'campus',
    caucuses: 'caucus',
  }),
);

/** The singular of a lower-case noun; other words stay as they are. */
export function singular(noun: string): string {
  const known = kept.get(noun);
  if (known !== undefined) return known;
  if (kept.size >= MOST_KEPT) kept.clear();
  const found = exceptions.get(noun) ?? byRule(noun);
  if (noun.length <= LONGEST_KEPT) kept.set(noun, found);
  return found;
}

/** Nouns come again and again; the table is emptied when it is full, so hostile text cannot fill memory. */
const kept = new Map<string, string>();
const MOST_KEPT = 20_000;
const LONGEST_KEPT = 48;

function byRule(noun: string): string {
  if (noun.length < 4 || !noun.endsWith('s') || /(ss|us|is)$/.test(noun)) return noun;
  if (/[^aeiou]ies$/.test(noun)) return `${noun.slice(0, -3)}y`;
  if (/(ss|sh|ch|x|zz)es$/.test(noun)) return noun.slice(0, -2);
  return noun.slice(0, -1);
}
