/** What to call an article that has no headline: its own first sentence, cut down to a label. No word is added. */

const longest = 70;
const shortest = 16;

/**
 * A label of at most 70 characters from the words of the given sentence, in their order, never cut inside a word.
 *
 * "President Trump has signaled a dramatic escalation in the United States’ campaign against drug cartels, saying
 * Thursday night that ..." becomes "Trump signaled a dramatic escalation in campaign against drug cartels": first the
 * main clause, then, only as far as the length asks for it, titles, time words, articles, auxiliaries and possessives
 * go; where that is not enough, they stay and what follows a preposition or a comma goes.
 */
export function labelFrom(prose: string): string {
  const sentence = withoutDateline(firstSentence(prose.slice(0, 1500).replace(/\s+/g, ' ').trim()));
  const clause = mainClause(withoutOpening(sentence));
  const lighter = [withoutAsides, withoutTimes, withoutTitles];
  const denser = [...lighter, withoutAuxiliaries, withoutPossessives, withoutArticles];
  const label = shortened(clause, denser) ?? shortened(clause, [...lighter, atJoint, atWord]) ?? atWord(clause);
  return capitalised(label);
}

/** Applies the steps in order until the text fits; undefined when it does not fit after the last. */
function shortened(text: string, steps: readonly ((text: string) => string)[]): string | undefined {
  let label = bare(text);
  for (const step of steps) {
    if (label.length <= longest) return label;
    const shorter = bare(step(label));
    if (shorter.length >= shortest) label = shorter;
  }
  return label.length <= longest ? label : undefined;
}

const abbreviation =
  /(?:^|[\s(“"])(?:\p{Lu}|\p{Lu}(?:\.\p{Lu})+|Mr|Mrs|Ms|Dr|Sen|Sens|Rep|Reps|Gov|Govs|Gen|Lt|Col|Sgt|Capt|Maj|Adm|St|Jr|Sr|Prof|Rev|Hon|Jan|Feb|Mar|Apr|Aug|Sept|Sep|Oct|Nov|Dec|No|vs|Inc|Corp|Co|Ltd|Calif|Mass|Pa|Fla|Ariz|Ill|Mich|Minn|Wash|Va|Md|Conn|Tex|Ore|Colo|Ga|Tenn|Wis|a\.m|p\.m)$/u;

function firstSentence(text: string): string {
  for (const stop of text.matchAll(/[.!?…]+["”’')\]]*(?=\s|$)/g)) {
    const before = text.slice(0, stop.index);
    if (/^[.!?…]+$/.test(stop[0]) && stop[0] === '.' && abbreviation.test(before.slice(-24))) continue;
    if (before.length >= 20) return text.slice(0, stop.index + stop[0].length);
  }
  return text;
}

/** "WASHINGTON (AP) — ", "PARIS, Jan 9 (Reuters) - ", "(CNN) ", "Lausanne, Switzerland (CNN) "; "Story highlights" is a heading. */
const withoutDateline = (sentence: string): string =>
  sentence
    .replace(/^Story highlights /, '')
    .replace(
      /^\p{Lu}[\p{L}.'’ -]{2,30}(?:, \p{Lu}[\p{L}.'’ -]{1,24})? \((?:CNN\w*|AP|AFP|UPI|DPA|PTI|ANI|Reuters|Xinhua|Bloomberg)\)\s?(?:—|–|--|-)? ?/u,
      '',
    )
    .replace(
      /^[\p{Lu}][\p{Lu}\p{M} .,'’-]{2,40}(?:,? ?\p{Lu}?[\p{L}.]{2,12}\.? ?\d{0,2})?,? ?(?:\([^()]{2,30}\))? ?(?:—|–|--|-) ?/u,
      '',
    )
    .replace(/^\([A-Z][^()]{1,25}\)\s?(?:—|–|--|-)? ?/, '');

const opening =
  /^(?:(?:But|And|So|Yet|Still|Now|Meanwhile|However|Indeed|Moreover|Instead),? )?(?:(?:On|In|At|After|As|When|While|Within|Between|For|With|Without|Despite|Compared|If|Last|Since|During|By|From|Amid|Following|Although|Though|Because|Once|Over|Under|Before|Until|Earlier|Later|This|Just|Hours|Days|Weeks|Months|Years|Against|Like|Unlike|Among|Asked|Faced|Speaking|Citing|Facing)\b[^,]{2,120}, )?/;

/** "On Tuesday, ", "After months of talks, ": the story comes after the comma. */
function withoutOpening(sentence: string): string {
  const rest = sentence.replace(opening, '');
  return rest.length >= 30 && !/^(?:and|or|which|who|but) /.test(rest) ? rest : sentence;
}

// What follows these adds to a sentence that already stands. Not "that": "said that" would lose what was said.
const afterThought =
  /(?:,|;| —| –| --) (?:saying|arguing|adding|citing|warning|telling|calling|claiming|noting|insisting|according to|as|after|amid|while|but|and|so|because|although|though|even|where|when|which|who|whose|with|despite|following|including|making|leaving|sparking|prompting|officials said|police said|sources said|the \w+ said|\p{L}+ said)\b/u;

function mainClause(sentence: string): string {
  const cut = afterThought.exec(sentence);
  if (cut && cut.index >= 24 && !insideMarks(sentence, cut.index)) return sentence.slice(0, cut.index);
  return sentence;
}

function insideMarks(text: string, at: number): boolean {
  const before = text.slice(0, at);
  const count = (mark: RegExp) => before.match(mark)?.length ?? 0;
  return count(/“/g) > count(/”/g) || count(/"/g) % 2 === 1;
}

/** ", the state's attorney general," between two commas; "(D-Ohio)". */
const withoutAsides = (text: string): string =>
  text.replace(/ \([^()]{1,60}\)/g, '').replace(/, (?:an? |the |who |which |whose |of |\d+|R-|D-)[^,]{2,80},/u, '');

const day = '(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day';
const withoutTimes = (text: string): string =>
  text
    .replace(
      new RegExp(
        `^(?:On|Late|Early|Last) (?:last |late |early )?${day}(?: (?:morning|afternoon|evening|night))?,? `,
        '',
      ),
      '',
    )
    .replace(
      new RegExp(
        `,? (?:(?:on|late|early|last|this|since) )*(?:${day}|yesterday|today)(?: (?:morning|afternoon|evening|night))?,?(?= |$)`,
        'g',
      ),
      '',
    );

const withoutTitles = (text: string): string =>
  text.replace(
    /(?<!\p{Lu}[\p{L}.]* )\b(?:(?:former|U\.S\.|US|acting|Vice|Prime|Senate|House|Majority|Minority|Attorney|Supreme Court) )*(?:President(?:-elect)?|Minister|Senator|Sen\.|Representative|Rep\.|Governor|Gov\.|Secretary|Leader|Speaker|Chancellor|Justice|General|Gen\.|Mr\.|Mrs\.|Ms\.|Dr\.)(?: of State)? (?=\p{Lu}\p{Ll})/gu,
    '',
  );

const withoutAuxiliaries = (text: string): string =>
  text.replace(/ (?:has|have|had)(?= (?:\p{L}+ly )?\p{L}+ed\b)/u, '');

/** "the United States’ campaign" → "campaign", after a preposition only: there the noun stands without its owner. */
const withoutPossessives = (text: string): string =>
  text.replace(
    /(?<= (?:in|on|of|for|to|against|over|about|from|with|by)) (?:the |its |his |her |their )?(?:\p{Lu}[\p{L}.-]*(?: |(?=[’'])))+[’']s?(?= \p{L})/gu,
    '',
  );

const withoutArticles = (text: string): string => text.replace(/(?<=\S) (?:a|an|the)(?= )/g, '');

// Before the first kind a clause is complete; before the second it may miss its object ("was at the center | of").
const joint =
  /(?:(,)|,? (?:(in|on|at|for|from|with|by|against|over|after|before|amid|during|under|among|through|when|where|while|because|and|but|who|which|following|despite|without|if)|of|to|about|between|into|as|that|than|or)(?= ))/g;

function atJoint(text: string): string {
  let complete: string | undefined;
  let other: string | undefined;
  for (const match of text.matchAll(joint)) {
    if (match.index > longest) break;
    if (match.index < 28 || insideMarks(text, match.index)) continue;
    if (match[1] || match[2]) complete = withoutDangling(text.slice(0, match.index));
    else other = withoutDangling(text.slice(0, match.index));
  }
  return complete ?? other ?? text;
}

/** The last resort: whole words and an ellipsis, which says that there was more. */
function atWord(text: string): string {
  const cut = beforeOpenMark(text.slice(0, longest - 1));
  const end = cut.lastIndexOf(' ');
  // Scripts without blanks are cut between characters, never between the halves of one.
  const whole = end > shortest ? cut.slice(0, end) : cut.replace(/[\ud800-\udbff]$/, '');
  return `${bare(withoutDangling(whole))}…`;
}

/** A quotation is shown whole or not begun. */
function beforeOpenMark(cut: string): string {
  const open = insideMarks(cut, cut.length) ? Math.max(cut.lastIndexOf('“'), cut.lastIndexOf('"')) : -1;
  return open >= 28 ? cut.slice(0, open) : cut;
}

const dangling =
  / (?:in|on|at|of|for|to|from|with|by|against|over|about|after|before|the|a|an|and|but|or|that|as|his|her|its|their|is|was|were|are|has|have|had|be|will|would|could)$/i;
function withoutDangling(text: string): string {
  let kept = text;
  while (dangling.test(kept)) kept = kept.replace(dangling, '');
  return kept;
}

/** Without outer blanks and end marks; marks of quotation that lost their other half go too. */
function bare(text: string): string {
  let kept = text.replace(/ {2,}/g, ' ').trim();
  kept = kept.replace(/[\s,;:.–—-]+$/, '').replace(/^[\s,;:.–—-]+/, '');
  if (kept.match(/“/g)?.length !== kept.match(/”/g)?.length) kept = kept.replace(/[“”]/g, '');
  if ((kept.match(/"/g)?.length ?? 0) % 2 === 1) kept = kept.replace('"', '');
  return kept.trim();
}

const capitalised = (text: string): string => text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());
