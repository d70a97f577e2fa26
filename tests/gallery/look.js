/** What is looked for in the page. This runs in the browser, where it is read as text: plain JavaScript, no imports. */

/** Elements that stick out of their message, with menus open; and the page itself if it must be scrolled sideways. */
function overflowing() {
  for (const menu of document.querySelectorAll('details')) menu.open = true;
  const found = [];
  // The blank at the end of a line hangs over the edge, and nobody sees it.
  const blank = 6;
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) found.push(`the page: ${root.scrollWidth} of ${root.clientWidth}`);
  for (const message of document.querySelectorAll('.message, .form')) {
    const room = message.getBoundingClientRect();
    for (const element of message.querySelectorAll('*')) {
      const { left, right, width } = element.getBoundingClientRect();
      const clipped = element.parentElement?.closest('button, summary');
      if (width === 0 || clipped || (right <= room.right + blank && left >= room.left - 1)) continue;
      const kind = message.closest('.panel')?.getAttribute('aria-label');
      found.push(`${kind}: ${element.tagName} ${Math.round(right - room.right)}: ${element.textContent?.slice(0, 40)}`);
      break;
    }
  }
  return found;
}

/** Words of a message whose colour is too near to what lies behind them (WCAG 2.2, 1.4.3). */
function contrastProblems() {
  const read = (css) => {
    const [r = 0, g = 0, b = 0, a = 1] = (css.match(/[\d.]+(?:e-?\d+)?/g) ?? []).map(Number);
    return css.startsWith('color(') ? [r * 255, g * 255, b * 255, a] : [r, g, b, a];
  };
  const over = ([r, g, b, a], under) => [
    r * a + under[0] * (1 - a),
    g * a + under[1] * (1 - a),
    b * a + under[2] * (1 - a),
    1,
  ];
  const behind = (element) =>
    element === null
      ? [255, 255, 255, 1]
      : over(read(getComputedStyle(element).backgroundColor), behind(element.parentElement));
  const light = (colour) => {
    const [r = 0, g = 0, b = 0] = colour.slice(0, 3).map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const found = new Set();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const element = node.parentElement;
    if (!element?.closest('.panel') || !node.textContent?.trim() || !element.checkVisibility()) continue;
    const ground = behind(element);
    const ink = light(over(read(getComputedStyle(element).color), ground));
    const paper = light(ground);
    const ratio = (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
    if (ratio < 4.5) {
      const panel = element.closest('.panel');
      found.add(`${ratio.toFixed(2)} ${panel?.className}: ${element.tagName} ${node.textContent.trim().slice(0, 30)}`);
    }
  }
  return [...found];
}

/** Words of a message that take no room. */
function hidden() {
  const found = [];
  for (const element of document.querySelectorAll('.message p, .message li, .message button, .message summary')) {
    const { width, height } = element.getBoundingClientRect();
    if (element.textContent?.trim() && element.checkVisibility() && (width < 2 || height < 8))
      found.push(`${element.closest('.panel')?.getAttribute('aria-label')}: ${element.textContent.slice(0, 40)}`);
  }
  return found;
}

/** Where the keyboard should stop, in the order of reading; each element is numbered so that it is known again. */
function stops() {
  const all = [...document.querySelectorAll('main :is(button, a[href], summary, input, [tabindex])')].filter(
    (element) => element.tabIndex >= 0 && element.checkVisibility(),
  );
  return all.map((element, n) => {
    element.setAttribute('data-stop', String(n));
    const name = (element.getAttribute('aria-label') || element.textContent || '').trim();
    return { name, kind: element.closest('.panel')?.getAttribute('aria-label') ?? '' };
  });
}

globalThis.look = { overflowing, contrastProblems, hidden, stops };
