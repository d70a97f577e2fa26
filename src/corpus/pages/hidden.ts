/** Elements that a page holds and its readers do not see: no text of theirs is the article. */

type Attributes = Readonly<Record<string, string>>;

/**
 * Whether an element says by itself that it is not shown: `hidden`, `aria-hidden`, a closed dialog, a style, or a class
 * that frameworks hide by. Style sheets are not read; a whole page that is hidden until a script shows it says so too, so
 * callers weigh what they would lose.
 */
export function isHidden(name: string, attributes: Attributes): boolean {
  if (name === 'dialog' && attributes.open === undefined) return true;
  if (attributes.hidden !== undefined && attributes.hidden !== 'false') return true;
  // Behind a paywall the article's own paragraphs are kept from screen readers.
  if (attributes['aria-hidden'] === 'true' && !/paywall/i.test(attributes.class ?? '')) return true;
  if (attributes.style !== undefined && hiddenStyle.test(attributes.style)) return true;
  return (
    attributes.class !== undefined && hiddenClass.test(attributes.class) && !shownAtSomeSize.test(attributes.class)
  );
}

/** Not shown, without size, or far outside the page. A mere `opacity: 0` is how pages fade their articles in. */
const hiddenStyle =
  /display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|font-size\s*:\s*0(?![.\d]*[1-9])|(?:^|[;\s])(?:left|right|top|text-indent)\s*:\s*-\d{3,}|clip\s*:\s*rect\(\s*[01](?:px)?[\s,]+[01](?:px)?|clip-path\s*:\s*inset\(\s*(?:50|100)%|(?:^|[;\s])(?:max-)?height\s*:\s*0(?![.\d]*[1-9]).*overflow\s*:\s*hidden|overflow\s*:\s*hidden.*[;\s](?:max-)?height\s*:\s*0(?![.\d]*[1-9])|(?:^|[;\s])opacity\s*:\s*0(?![.\d]*[1-9]).*(?:^|[;\s])(?:height\s*:\s*0|position\s*:\s*absolute)/i;
const hiddenClass =
  /(?:^|\s)(?:visually-?hidden|sr-only|screen-?reader(?:-(?:text|only))?|assistive-text|element-invisible|a11y-hidden|u-(?:visually)?-?hidden|is-(?:visually-)?hidden|off-?screen|d-none|hidden|hide|invisible|(?:show-for-|visible-)?print(?:-only)?|show-for-sr|no-?js(?:-only)?)(?=\s|$)/i;
/** "d-none d-md-block", "hidden md:flex": shown where the screen is wide enough. */
const shownAtSomeSize = /(?:^|\s)(?:d-\w+-(?:block|flex|inline|grid|table)|(?:sm|md|lg|xl|2xl):(?!hidden)\S+)/i;
