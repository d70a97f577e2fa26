/** What follows an article and is none of it: "About Acme", contacts, legal notices, readers' comments, lists of other stories. */
import type { Mask, Span } from '../../model.ts';

/** One line of a text: its words, and what kind of furniture it is by itself. */
export interface Line {
  readonly words: string;
  readonly kind: Mask['kind'] | undefined;
}

/**
 * The lines that belong to what surrounds an article, by index. Told by their headings ("Media contact:", "About Acme
 * Energy", "-ENDS-") and by what stands under them: a heading alone masks nothing.
 */
export function surroundings(lines: readonly Line[]): ReadonlySet<number> {
  const found = new Set<number>();
  const add = (first: number, last: number): void => {
    for (let i = first; i <= last; i++) found.add(i);
  };
  let prose = 0;
  const about: Span[] = [];
  for (let i = 0; i < lines.length; i++) {
    const { words, kind } = lines[i]!;
    if (words.length > LONGEST_HEADING && !/^about /i.test(words)) {
      if (isLegal(words)) found.add(i);
      else if (kind === undefined && isProse(words)) prose++;
      continue;
    }
    const heading = words.replace(/^[#*_\s]+|[#*_\s]+$/g, '');
    if ((ENDS.test(words) || COMMENTS.test(heading) || NOTES.test(heading)) && prose >= LEAST_PROSE) {
      if (COMMENTS.test(heading) && !areComments(lines.slice(i + 1), prose)) continue;
      // A transcript goes on after its "###"; after a release come its makers, under a heading.
      if (ENDS.test(words) && isProse(lines[i + 1]?.words ?? '') && !ABOUT.test(lines[i + 1]!.words)) continue;
      add(i, lines.length - 1);
      break;
    }
    const last =
      lastContact(lines, i, heading) ??
      lastNotice(lines, i, heading) ??
      lastLink(lines, i, heading) ??
      lastAddress(lines, i, heading);
    if (last !== undefined) {
      add(i, last);
      i = last;
    } else if (ABOUT.test(heading) && prose >= LEAST_PROSE) {
      const end = lastAbout(lines, i, heading);
      if (end === undefined) continue;
      about.push({ start: i, end });
      i = end;
    } else if (kind === undefined && isProse(words)) prose++;
  }
  // A part of the article may be headed "About Port Hallow": what a company says of itself comes last.
  for (const { start, end } of about.reverse()) {
    const isLast = lines.every(({ kind }, i) => i <= end || kind !== undefined || found.has(i));
    if (isLast) add(start, end);
  }
  return found;
}

/** Longer lines head nothing. */
const LONGEST_HEADING = 160;

/** Paragraphs an article must have before anything can follow it. */
const LEAST_PROSE = 2;

const isProse = (words: string): boolean => words.length >= 60 && /[.!?]["”’')\]]*$/.test(words);
/** A line that may head something: short, and no sentence. */
const isHeading = (words: string): boolean => words.length <= 70 && !/[.!?,;]["”’')\]]*$/.test(words);

/** "###", "# # #", "-ENDS-", "-30-": the marks that close a release. */
const ENDS = /^(?:#{3,}|#(?: ?#){2,}|[-–—*\s]*(?:ENDS?|30)[-–—*\s]*(?<=[-–—*]|ENDS?))$/;
const NOTES = /^notes? (?:to|for) (?:news )?editors?:?$/i;
const COMMENTS =
  /^(?:(?:leave|post|write|add) a (?:comment|reply)|\d{1,5} (?:comments?|replies|responses)|comments? \(\d{1,5}\)|\d{1,5} thoughts on .{3,200})$/i;

/** After the line come readers: little is left, or it is signed and answered as comments are. */
function areComments(rest: readonly Line[], proseBefore: number): boolean {
  const prose = rest.filter(({ words, kind }) => kind === undefined && isProse(words)).length;
  return prose * 2 <= proseBefore || rest.filter(({ words }) => COMMENT.test(words)).length >= 2;
}

const COMMENT = /\bsays:?$|^(?:log in to )?reply\b|\b(?:minute|hour|day|week|month|year)s? ago$|^posted (?:by|on|at) /i;

// ---------------------------------------------------------------- contacts

const CONTACTS =
  /^(?:(?:media|press|news|investors?|public|analysts?|editorial|company|sales)(?: (?:&|and) (?:media|press|investors?|analysts?))?:?\s*(?:contacts?|inquir(?:y|ies)|enquir(?:y|ies)|relations|affairs|office)|contacts?(?: information| details| us)?|for (?:more|further|additional|media|press|all)\b.{0,40}(?:information|inquiries|enquiries|details|contact))\b.{0,60}$/i;
const REACHED_AT = /\S+@\S+\.\S|(?:\+?\d[\d\s().-]{6,}\d)|\b(?:https?:\/\/|www\.)\S+/;
const MOST_CONTACT_LINES = 8;

/** "Media contact:" and the names, offices, numbers and addresses under it, to the last line by which somebody can be reached. */
function lastContact(lines: readonly Line[], at: number, heading: string): number | undefined {
  if (!CONTACTS.test(heading) || (/[.!?]$/.test(heading) && !REACHED_AT.test(heading))) return undefined;
  let last = REACHED_AT.test(heading) ? at : undefined;
  for (let i = at + 1; i < Math.min(lines.length, at + MOST_CONTACT_LINES); i++) {
    const { words, kind } = lines[i]!;
    const reached = REACHED_AT.test(words);
    if (kind === undefined && !reached && !isHeading(words)) break;
    if (words.length > 120) break;
    if (reached) last = i;
  }
  return last;
}

// ---------------------------------------------------------------- notices

const NOTICE =
  /^(?:(?:cautionary|important) (?:note|statement|information|notice)s?\b.{0,80}|(?:note |statement )?(?:regarding |on |about )?forward[- ]looking (?:statements?|information)\b.{0,40}|safe harbou?r(?: statement)?\b.{0,60}|(?:legal )?disclaimers?|legal notice):?$/i;
const LEGAL =
  /\bforward[- ]looking statements?\b|\bundertakes? no (?:obligation|duty)\b|\bdiffer materially\b|\bSecurities (?:Act|Exchange Act)\b|\bno (?:offer|solicitation)\b|\bnot (?:constitute|intended as) (?:an? )?(?:offer|investment|legal|medical|financial)\b/i;

const EVERY_LEGAL = new RegExp(LEGAL, 'gi');

/** A legal notice: under its heading, or a paragraph that is nothing else. */
function lastNotice(lines: readonly Line[], at: number, heading: string): number | undefined {
  if (!NOTICE.test(heading)) return isLegal(heading) ? at : undefined;
  let last: number | undefined;
  for (let i = at + 1; i < lines.length; i++) {
    const { words } = lines[i]!;
    if (isHeading(words)) break;
    if (LEGAL.test(words) || last !== undefined) last = i;
    else if (i > at + 1) break;
  }
  return last;
}

/** "This press release contains forward-looking statements ...": no more than one such phrase may be news of a company. */
const isLegal = (words: string): boolean =>
  LEGAL.test(words) &&
  !/\bsaid\b/.test(words) &&
  new Set(words.match(EVERY_LEGAL)?.map((phrase) => phrase.toLowerCase())).size >= 2;

// ---------------------------------------------------------------- lists of links

const LINKS =
  /^(?:related(?: (?:articles?|stories|coverage|content|topics?|links?|news|reading|posts?))?|(?:read|see|watch) (?:more|next|also)|more (?:(?:top )?(?:stories|news|headlines|coverage)\b.{0,40}|(?:from|on|in|by) .{1,60}|like this)|most (?:read|popular|viewed|shared)\b.{0,30}|trending(?: now)?|recommended(?: for you| reading| stories)?|you (?:may|might) (?:also )?(?:like|enjoy)|editors?['’]? picks?|latest (?:news|stories|headlines)|top stories|in other news|further reading|also in the news|what (?:else )?to read(?: next)?|popular (?:now|stories))\s*[:»>›…]*$/i;

/** Headlines under "Related stories": none of them ends like a sentence. */
function lastLink(lines: readonly Line[], at: number, heading: string): number | undefined {
  if (!LINKS.test(heading)) return undefined;
  let last: number | undefined;
  for (let i = at + 1; i < lines.length; i++) {
    const { words, kind } = lines[i]!;
    if (
      kind === undefined &&
      (words.length > 130 || /[.!]["”’')\]]*$/.test(words) || (words.length > 80 && words.endsWith('?')))
    )
      break;
    last = i;
  }
  return last;
}

/** The street under "Our mailing address is:". */
function lastAddress(lines: readonly Line[], at: number, heading: string): number | undefined {
  if (!/^our (?:mailing|postal) address(?: is)?:?$/i.test(heading)) return undefined;
  let last = at;
  while (last + 1 < Math.min(lines.length, at + 6) && !isProse(lines[last + 1]!.words)) last++;
  return last;
}

// ---------------------------------------------------------------- "About Acme"

const ABOUT = /^(?:[Aa]bout|ABOUT) (?:[Uu]s$|US$|(?:[Tt]he |THE )?(?:[Aa]uthor|[Ww]riter|[Rr]eporter|(?=\p{Lu})))/u;

/** "About Acme Energy" and the paragraphs on Acme under it, or "About Acme: Acme makes ..." on one line. */
function lastAbout(lines: readonly Line[], at: number, heading: string): number | undefined {
  const colon = /^about ([^:.,]{2,80}):\s+(\S.{30,})$/isu.exec(heading);
  if (colon) return isOn(colon[1]!, colon[2]!) ? at : undefined;
  const name = heading.replace(/^about\s+/i, '').replace(/:$/, '');
  if (!isHeading(heading) || !/\p{Lu}/u.test(name)) return undefined;
  const next = lines[at + 1]?.words;
  if (next === undefined || !isProse(next) || !isOn(name, next)) return undefined;
  let last = at + 1;
  while (last + 1 < lines.length && (isProse(lines[last + 1]!.words) || REACHED_AT.test(lines[last + 1]!.words)))
    last++;
  return last;
}

/** The paragraph begins with who it is about: a word of the name, "we" or "the company". */
function isOn(name: string, paragraph: string): boolean {
  const opening = paragraph.slice(0, 140).toLowerCase();
  if (/^(?:us|(?:the )?(?:authors?|writers?))$/i.test(name)) return true;
  const words = name.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? [];
  return (
    words.some((word) => word !== 'the' && opening.includes(word)) ||
    /^(?:we|our|the company|the organi[sz]ation)\b/.test(opening)
  );
}
