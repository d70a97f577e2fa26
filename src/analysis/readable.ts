/** Which sentences can stand by themselves in front of a reader. */

const FEWEST_WORDS = 7;

/** Captions, calls to read on, sign-up lines and other text around the story. English. */
const notProse = [
  /\b(getty images|associated press photo|file photo|photo by|photo:|image credit|courtesy of|reuters\/|\/reuters|\/ap\b|afp\/)/i,
  /\b(click here|read more|sign up|subscribe|newsletter|follow us|share this|download (the|our) app|continue reading|story continues)\b/i,
  /\b(all rights reserved|terms of (use|service)|privacy policy|contributed to this report|corrections? and clarifications?)\b/i,
  /^(close|related|watch|video|photos?|image|advertisement|updated?|published|last updated|editor.?s note|more:)\b\s*[:|—-]?/i,
  /https?:\/\/|www\.|@\w+\.\w|[|{}<>]/,
];

/** Is this a sentence of prose, long enough to say something? */
export function isReadable(sentence: string): boolean {
  if (sentence.split(' ').length < FEWEST_WORDS) return false;
  if (!/[.!?…]["”’'»)\]]*$/.test(sentence)) return false;
  return !notProse.some((pattern) => pattern.test(sentence));
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
