/** HTML fragments (feed entries, exported records) to plain text. One pass, no tree: nesting and size cannot hurt. */
import { parseMarkup } from './parse.ts';

const blocks = new Set(
  'p div section article header footer main aside h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre table tr figure figcaption address hr details summary'.split(
    ' ',
  ),
);
const silent = new Set(
  'script style template noscript iframe object svg math form button select textarea nav figcaption head title'.split(
    ' ',
  ),
);

/** The text of a fragment, a line a block, entities decoded, blanks folded. Scripts, forms and captions are left out. */
export function htmlText(html: string): string {
  const lines: string[] = [];
  let line = '';
  let muted = 0;
  const breakLine = () => {
    const words = line.replace(/[\s\u00a0]+/g, ' ').trim();
    if (words !== '') lines.push(words);
    line = '';
  };
  parseMarkup(
    html,
    {
      onopentagname(name) {
        if (silent.has(name)) muted += 1;
        if (blocks.has(name) || name === 'br') breakLine();
        else if (name === 'td' || name === 'th') line += ' ';
      },
      ontext(words) {
        if (muted === 0) line += words;
      },
      onclosetag(name) {
        if (silent.has(name) && muted > 0) muted -= 1;
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
