/** HTML fragments (feed entries, exported records) to plain text. One pass, no tree: nesting and size cannot hurt. */
import { isHidden } from '../pages/hidden.ts';
import { parseMarkup } from './parse.ts';

const blocks = new Set(
  'p div section article header footer main aside h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre table tr figure figcaption address hr details summary'.split(
    ' ',
  ),
);
const empty = new Set(['br', 'wbr', 'img', 'input', 'hr']);
const silent = new Set(
  'script style template noscript iframe object svg math form button select textarea nav figcaption head title'.split(
    ' ',
  ),
);

/**
 * The text of a fragment, a line a block, entities decoded, blanks folded. Scripts, forms, captions and what is not shown
 * are left out; where nothing would be left, a script shows it.
 */
export const htmlText = (html: string): string => textOf(html, isHidden) || textOf(html, () => false);

function textOf(html: string, isLeftOut: typeof isHidden): string {
  const lines: string[] = [];
  let line = '';
  let muted = 0;
  let veil: { readonly name: string; nested: number } | undefined;
  const breakLine = () => {
    const words = line.replace(/[\s\u00a0]+/g, ' ').trim();
    if (words !== '') lines.push(words);
    line = '';
  };
  parseMarkup(
    html,
    {
      onopentag(name, attributes) {
        if (silent.has(name)) muted += 1;
        if (veil?.name === name) veil.nested += 1;
        else if (!empty.has(name) && isLeftOut(name, attributes)) veil ??= { name, nested: 0 };
        if (blocks.has(name) || name === 'br') breakLine();
        else if (name === 'td' || name === 'th') line += ' ';
      },
      ontext(words) {
        if (muted === 0 && !veil) line += words;
      },
      onclosetag(name) {
        if (silent.has(name) && muted > 0) muted -= 1;
        if (veil?.name === name) {
          if (veil.nested === 0) veil = undefined;
          else veil.nested -= 1;
        }
        if (blocks.has(name)) breakLine();
      },
    },
    { decodeEntities: true, lowerCaseTags: true },
  );
  breakLine();
  return lines.join('\n');
}

/** Markup rather than words: a tag that articles are made of, or an entity. */
export const looksLikeHtml = (text: string): boolean =>
  /<(?:p|br|div|a|b|i|em|strong|span|img|h[1-6]|ul|ol|li|blockquote|figure|table)(?:\s[^<>]*)?\/?>/i.test(
    text.slice(0, 20_000),
  );
