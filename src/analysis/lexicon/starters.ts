/** Words that help to tell where a sentence begins. */

const list = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/));

/** Capitalised only because a sentence begins with them. */
export const STARTERS = list(
  `the a an he she it they we i you this that these those but and or so yet in on at for from with by as if when while after
  before since until although though however meanwhile there here his her its their our my your what who why how where which
  many some most all both one no not now then also another other several such even once during under over about against between
  among following according asked still instead last earlier later police officials critics others nobody`,
);

/** Verbs that tell "Inc. Shares fell" (two sentences) from "Inc. Chairman" (one). */
export const AUXILIARIES = list(
  `said says is was were are has had have did do does will would could should can may might must declined ruled changed sued
  settled agreed replaced rose fell won lost responded denied disagreed replied failed passed reported speak speaks spoke`,
);

/** Stand after the speaker when a quotation ends in a question or exclamation mark. */
export const LATE_CUES = list(
  'said asked says asks shouted told tweeted wrote added replied chanted yelled exclaimed cried posted joked quipped continued',
);

export const TITLES_BEFORE_NAMES = list('mr mrs ms dr sen rep gov prof sir lord lady president secretary judge');

/** Follow a mark that is part of a name: "Yahoo! News", "Jeopardy! host". */
export const RUNS_ON = list('inc news finance answers host contestant co');
