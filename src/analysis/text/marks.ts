/** Which quotation mark opens and which closes: runs of words inside marks, paragraph by paragraph. */
import { Kind, type Tokens } from './tokens.ts';

/** Where a token stands: outside marks, inside a run, or itself the mark that opens or closes it. */
export const Inside = { no: 0, yes: 1, opening: 2, closing: 3 } as const;

/** A run of words inside quotation marks, within one paragraph. `first` and `last` are the words inside (inclusive). */
export interface MarkedRun {
  /** The opening mark; equals `first` where the paragraph continues a quotation without a mark of its own. */
  readonly open: number;
  /** The closing mark, or the paragraph's last token where none is printed. */
  readonly close: number;
  readonly first: number;
  readonly last: number;
  readonly closed: boolean;
  /** Opens its paragraph after a run that was never closed: the same quotation goes on. */
  readonly continues: boolean;
}

export interface Marks {
  /** One of `Inside` for each token. */
  readonly inside: Uint8Array;
  /** In reading order, not overlapping; a quotation within a quotation is part of the outer run. */
  readonly runs: readonly MarkedRun[];
  /** Index into `runs`, or -1; marks belong to their run. */
  readonly runOf: Int32Array;
}

/** The run that a token belongs to. A list that is asked for its item -1 looks for a property of that name, which takes long. */
export function runAt({ runs, runOf }: Marks, token: number): MarkedRun | undefined {
  const run = runOf[token] ?? -1;
  return run < 0 ? undefined : runs[run];
}

/** Pairs the marks of a text: “ ”, straight ", '', « », and single marks where a text uses those for speech. */
export function matchMarks(tokens: Tokens): Marks {
  const inside = new Uint8Array(tokens.count);
  const runOf = new Int32Array(tokens.count).fill(-1);
  const runs: MarkedRun[] = [];
  let carried = false;
  for (let from = 0; from < tokens.count; ) {
    const to = paragraphEnd(tokens, from);
    carried = matchParagraph(tokens, from, to, carried, (run) => {
      for (let i = run.open; i <= run.close; i++) {
        inside[i] = Inside.yes;
        runOf[i] = runs.length;
      }
      if (run.open < run.first) inside[run.open] = Inside.opening;
      if (run.closed && run.close > run.last) inside[run.close] = Inside.closing;
      runs.push(run);
    });
    from = to;
  }
  return { inside, runs, runOf };
}

function paragraphEnd(tokens: Tokens, from: number): number {
  let to = from + 1;
  while (to < tokens.count && tokens.paragraph[to] === tokens.paragraph[from]) to++;
  return to;
}

const NONE = 0;
const DOUBLE = 1;
const SINGLE = 2;
const ANGLE = 3;

function familyOf(tokens: Tokens, i: number): number {
  if (tokens.kind[i] !== Kind.mark) return NONE;
  const code = tokens.text.charCodeAt(tokens.start[i]!);
  if (tokens.end[i]! - tokens.start[i]! === 2) return DOUBLE;
  if (code === 0x22 || (code >= 0x201c && code <= 0x201f)) return DOUBLE;
  if (code === 0xab || code === 0xbb) return ANGLE;
  return SINGLE;
}

/** Whether the sign before a mark lets it open, and the one after lets it close. */
function sides(tokens: Tokens, i: number): { opens: boolean; closes: boolean } {
  const { text } = tokens;
  const before = tokens.start[i]! > 0 ? text[tokens.start[i]! - 1]! : ' ';
  const after = tokens.end[i]! < text.length ? text[tokens.end[i]!]! : ' ';
  const spaceBefore = /\s/.test(before);
  const spaceAfter = /\s/.test(after);
  return {
    opens: (spaceBefore || '([—–-/“"‘\''.includes(before)) && !spaceAfter,
    closes: !spaceBefore && (spaceAfter || '.,;:!?)]—–-/’\'”"'.includes(after)),
  };
}

/** Finds the runs of one paragraph; returns whether its last run was left open. */
function matchParagraph(
  tokens: Tokens,
  from: number,
  to: number,
  carried: boolean,
  found: (run: MarkedRun) => void,
): boolean {
  let open = -1;
  let family = NONE;
  let seen = false;
  let firstRun = true;
  for (let i = from; i < to; i++) {
    const mark = familyOf(tokens, i);
    if (mark === NONE) continue;
    const code = tokens.text.charCodeAt(tokens.start[i]!);
    const { opens, closes } = sides(tokens, i);
    if (mark === SINGLE) {
      if (open >= 0 || !opens) continue;
      const close = singleClose(tokens, i, to);
      if (close < 0) continue;
      found({ open: i, close, first: i + 1, last: close - 1, closed: true, continues: false });
      firstRun = false;
      i = close;
      continue;
    }
    if (open < 0) {
      if (isInches(tokens, i)) continue;
      const starts = LOW_OR_LEFT.has(code) || (closes ? opens : true);
      const reversed = code === 0x201d && !(opens && !closes);
      if (starts && !reversed) {
        open = i;
        family = mark;
      } else if (!seen && carried && i > from) {
        found({ open: from, close: i, first: from, last: i - 1, closed: true, continues: true });
        firstRun = false;
      }
    } else if (mark === family && isNested(tokens, i, to)) {
      i = nextMark(tokens, i + 1, to, family);
    } else if (mark === family && closesFor(tokens.text.charCodeAt(tokens.start[open]!), code, closes || !opens)) {
      if (i > open + 1) {
        const continues = firstRun && carried && open === from;
        found({ open, close: i, first: open + 1, last: i - 1, closed: true, continues });
        firstRun = false;
      }
      open = -1;
    }
    seen = true;
  }
  if (open < 0 || open + 1 >= to) return false;
  const continues = firstRun && carried && open === from;
  const goesOn = goesOnAfter(tokens, to, family);
  const last = goesOn ? to - 1 : lastOfUnclosed(tokens, open, to);
  if (last > open) found({ open, close: last, first: open + 1, last, closed: false, continues });
  return goesOn;
}

const LOW_OR_LEFT = new Set([0x201c, 0x201e, 0xab, 0x60]);

/** „So“, “so”, »so«, «so» and "so": which sign closes depends on the one that opened. */
function closesFor(opener: number, code: number, mayClose: boolean): boolean {
  if (opener === 0x201e) return code !== 0x201e && code !== 0xab;
  if (opener === 0xbb) return code === 0xab || (code === 0xbb && mayClose);
  return code === 0x201d || code === 0xbb || (code !== 0x201c && code !== 0xab && mayClose);
}

/** The next mark of a family, or `to`. */
function nextMark(tokens: Tokens, from: number, to: number, family: number): number {
  let i = from;
  while (i < to && familyOf(tokens, i) !== family) i++;
  return i;
}

/** `"He said "no" and left," she said`: a mark that opens within the same marks, when two that close come next. */
function isNested(tokens: Tokens, i: number, to: number): boolean {
  if (!onlyOpens(tokens, i)) return false;
  const family = familyOf(tokens, i);
  const inner = nextMark(tokens, i + 1, to, family);
  const outer = nextMark(tokens, inner + 1, to, family);
  return outer < to && onlyCloses(tokens, inner) && onlyCloses(tokens, outer);
}

function onlyOpens(tokens: Tokens, i: number): boolean {
  const { opens, closes } = sides(tokens, i);
  return opens && !closes;
}

function onlyCloses(tokens: Tokens, i: number): boolean {
  const { opens, closes } = sides(tokens, i);
  return closes && !opens;
}

/** Whether a run left open goes on in the paragraph that begins at `at`: it opens its marks again, or closes them. */
function goesOnAfter(tokens: Tokens, at: number, family: number): boolean {
  if (at >= tokens.count) return false;
  const mark = nextMark(tokens, at, paragraphEnd(tokens, at), family);
  if (mark === at) return true;
  return mark < tokens.count && tokens.paragraph[mark] === tokens.paragraph[at] && onlyCloses(tokens, mark);
}

/**
 * Where a run ends whose closing mark was forgotten: before ", said ...", else with its sentence. To run on to the end
 * of the paragraph would put the article's own words into somebody's mouth.
 */
function lastOfUnclosed({ words, kind }: Tokens, open: number, to: number): number {
  for (let i = open + 1; i < to - 1; i++) {
    const { form } = words[i]!;
    if (kind[i] !== Kind.punctuation) continue;
    if (/^[,?!]$/.test(form) && SAYS.test(words[i + 1]!.lower)) return i;
    if (/^(?:[?!]|\.+)$/.test(form) && words[i + 1]!.form !== words[i + 1]!.lower) return i;
  }
  return to - 1;
}

const SAYS = /^(?:said|says|asked|asks|added|adds|wrote|writes|replied|replies)$/;

/** `6'2"` and `a 12" pipe`: a straight mark right after a number that nothing opened. */
function isInches(tokens: Tokens, i: number): boolean {
  if (i === 0 || tokens.kind[i - 1] !== Kind.number || tokens.end[i - 1] !== tokens.start[i]) return false;
  return tokens.text.charCodeAt(tokens.start[i]!) === 0x22;
}

/**
 * The single mark that closes the one at `open`, or -1 when that is an apostrophe ("'90s", "voters' choice").
 *
 * A mark after punctuation is sure. Failing that the first one that no plural possessive explains; it must come
 * before the next mark that opens.
 */
function singleClose(tokens: Tokens, open: number, to: number): number {
  const { text } = tokens;
  const next = tokens.words[open + 1];
  if (open + 1 >= to || tokens.kind[open + 1] === Kind.number || next === undefined) return -1;
  if (/^(tis|twas|em|til|cause|n|bout|round)$/.test(next.lower)) return -1;
  let weak = -1;
  for (let i = open + 1; i < to; i++) {
    if (familyOf(tokens, i) !== SINGLE) continue;
    const { opens, closes } = sides(tokens, i);
    if (opens && !closes) break;
    if (!closes || i === open + 1) continue;
    const before = text[tokens.start[i]! - 1]!;
    if ('.,!?…'.includes(before)) return i;
    if (before !== 's' && before !== 'S') return weak >= 0 ? weak : i;
    if (weak < 0) weak = i;
  }
  return weak;
}
