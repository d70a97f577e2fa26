/** Which sentences can stand by themselves in front of a reader. */

const FEWEST_WORDS = 7;

/** Captions, calls to read on, sign-up lines and other text around the story. English. */
const notProse = [
  /\b(getty images|associated press photo|file photo|photo by|photo:|image credit|courtesy of|reuters\/|\/reuters|\/ap\b|afp\/)/i,
  /\b(click here|read more|sign up|subscribe|newsletter|follow us|share this|download (the|our) app|continue reading|story continues)\b/i,
  /\b(all rights reserved|terms of (use|service)|privacy policy|contributed to this report|corrections? and clarifications?)\b/i,
  /^(?:file|pictured|above|below)\s*[:–—-]\s|\((?:\p{Lu}[\p{L}.'’-]+ ){1,3}?\p{Lu}[\p{L}.'’-]+\s?\/\s?[\p{L} .'’-]{2,40}\)\.?$/iu,
  /\b(views? expressed|opinions? expressed|may not be (?:published|reproduced|copied)|this (?:article|story|post) (?:was|has been) (?:first |originally )?(?:published|updated|corrected))\b/i,
  /^[\p{L} .'’-]{3,40} is an? (?:[\p{L}-]+ ){0,3}(?:reporter|correspondent|columnist|writer|editor|contributor|producer|fellow)\b[^.]{0,80}\b(?:at|for|of|with)\b[^.]{0,60}\.$/iu,
  /^(close|related|watch|video|photos?|image|advertisement|updated?|published|last updated|editor.?s note|more:)\b\s*[:|—-]?/i,
  /https?:\/\/|www\.|@\w+\.\w|[|{}<>]/,
];

/** Is this a sentence of prose, long enough to say something? */
export function isReadable(sentence: string): boolean {
  if (wordCount(sentence) < FEWEST_WORDS) return false;
  if (!/[.!?…]["”’'»)\]]*$/.test(sentence)) return false;
  return !isAround(sentence);
}

/** Words between single spaces. */
export function wordCount(sentence: string): number {
  let count = 1;
  for (let at = sentence.indexOf(' '); at >= 0; at = sentence.indexOf(' ', at + 1)) count++;
  return count;
}

/** Text around the story, whatever its length. */
export const isAround = (sentence: string): boolean => notProse.some((pattern) => pattern.test(sentence));

/** What stands before a sentence and is no part of it: the mark of a list, a clock time, who asks and who answers. */
const labels = [
  /^(?:[•▪●◦‣·*–—-]|\(?\d{1,2}[.)])\s+/,
  /^\d{1,2}[:.]\d{2}(?:\s?[ap]\.?m\.?)?(?:\s[A-Z]{2,4})?\s*[:–—-]\s+/i,
  /^\d{1,2}[:.]\d{2}\s?[ap]\.?m\.?(?:\s[A-Z]{2,4})?\s+(?=[\p{Lu}“"])/iu,
  /^[QA]:\s+/,
  /^(?:more on this(?: story)?|read more|also read|related|see also)\s*:\s+/i,
];
/** "VESK (AP) — ", "WASHINGTON, Jan. 6 (Reuters) - ", "(CNN) ": followed by a sentence that begins. */
const dateline =
  /^(?:(?!FILE\b|PHOTO|VIDEO|WATCH)\p{Lu}{3}[\p{Lu}.'’-]*(?:,? [\p{L}\d][\p{L}\d.'’-]*){0,5}(?:\s*\([\p{L} .]{2,20}\))?\s*[–—-]{1,2}|\((?:CNN|AP|Reuters|AFP|UPI)\)\s*[–—-]{0,2})\s+(?=\p{Lu}|["“])/u;

const openings = [...labels, dateline];

/** How many characters of labels and dateline stand before a sentence; never the whole of it. */
export function labelLength(sentence: string): number {
  for (const label of openings) {
    const length = label.exec(sentence)?.[0].length ?? 0;
    if (length > 0 && length < sentence.length) return length;
  }
  return 0;
}

/** Points back at something said before: a reader who starts here does not know at what. */
const dangling =
  /^["“‘'(]*(he|she|it|they|his|her|hers|its|their|theirs|him|them|this|that|these|those|there|here|we|our|us|i|my|you|your|such|so|but|and|or|nor|yet|however|also|still|meanwhile|instead|moreover|furthermore|additionally|nevertheless|nonetheless|therefore|thus|then|later|earlier|otherwise|besides|likewise|similarly|another|others?|both|neither|either|none|some|in addition|as a result|for example|for instance|in fact|of course|after that|on the other hand|by contrast|in contrast|in response|at the same time|at the time|even so|indeed|rather|because of (this|that)|the (move|announcement|decision|news|statement|comments?|remarks?|report|latter|former|two|three|pair|duo|incident|measure|proposal|deal|bill|ruling|meeting|letter|post|video|tweet|interview|company|group|agency|man|woman|suspect|victim|official|president|senator|governor|spokesman|spokeswoman|spokesperson)) ?\b/i;

/** Does a sentence make sense to someone who has read nothing before it? */
export function standsAlone(sentence: string): boolean {
  if (dangling.test(sentence)) return false;
  if (/^["“]/.test(sentence)) return false;
  return !/\?["”’']*$/.test(sentence);
}
