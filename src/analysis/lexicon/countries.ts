/** Countries that news calls by several words: names, and what is theirs. Folded. */

/**
 * A line for each. Only words that mean little else: "us" and "american" are in every article, "english" is a language,
 * "korean" is of either Korea.
 */
const lines = `
  uk, britain, british, united kingdom, great britain
  uae, united arab emirates, emirati
  russia, russian
  china, chinese
  france, french
  germany, german
  italy, italian
  spain, spanish
  japan, japanese
  mexico, mexican
  canada, canadian
  brazil, brazilian
  argentina, argentine
  venezuela, venezuelan
  colombia, colombian
  cuba, cuban
  india, indian
  pakistan, pakistani
  afghanistan, afghan
  iran, iranian
  iraq, iraqi
  israel, israeli
  syria, syrian
  egypt, egyptian
  libya, libyan
  yemen, yemeni
  lebanon, lebanese
  saudi arabia, saudi
  ukraine, ukrainian
  poland, polish
  hungary, hungarian
  greece, greek
  ireland, irish
  netherlands, dutch, holland
  belgium, belgian
  sweden, swedish
  norway, norwegian
  denmark, danish
  finland, finnish
  switzerland, swiss
  austria, austrian
  portugal, portuguese
  turkey, turkish, turkiye
  czech republic, czech, czechia
  myanmar, burma, burmese
  thailand, thai
  vietnam, vietnamese
  philippines, philippine, filipino
  indonesia, indonesian
  malaysia, malaysian
  taiwan, taiwanese
  australia, australian
  south africa, south african
  nigeria, nigerian
  kenya, kenyan
  ethiopia, ethiopian
  sudan, sudanese
  somalia, somali
  north korea, north korean, dprk
  south korea, south korean
`;

const groups = lines
  .trim()
  .split('\n')
  .map((line) => line.split(',').map((form) => form.trim()));
const groupOf = new Map(groups.flatMap((group) => group.map((form) => [form, group] as const)));

/**
 * Words with the first country among them named in its other ways, each way a list: "british election" also as
 * "uk election" and "united kingdom" with "election". Empty where no country is named.
 */
export function otherCountryForms(words: readonly string[]): readonly (readonly string[])[] {
  for (let first = 0; first < words.length; first++)
    for (const length of [2, 1]) {
      const form = words.slice(first, first + length).join(' ');
      const group = first + length <= words.length ? groupOf.get(form) : undefined;
      if (group)
        return group
          .filter((other) => other !== form)
          .map((other) => [...words.slice(0, first), other, ...words.slice(first + length)]);
    }
  return [];
}
