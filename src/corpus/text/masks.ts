/** Lines that are on the page but not in the story: kept, numbered by nobody, quoted by nobody. */
import type { Mask, Span } from '../../model.ts';

/** The same shapes in as few expressions as their flags allow: a line is tried once for each, not once for each shape. */
function anyOf(shapes: readonly RegExp[]): RegExp[] {
  return [...Map.groupBy(shapes, ({ flags }) => flags)].map(
    ([flags, alike]) => new RegExp(alike.map(({ source }) => `(?:${source})`).join('|'), flags),
  );
}

/** Whole lines, whatever stands around them. Matched against one line without its outer blanks. */
const boilerplate = anyOf([
  /^(?:leave|post|write|add) a (?:comment|reply)\.?$/i,
  /^(?:view|show|read|see|load|hide)?\s*(?:all |the |more )?\(?\d{0,6}\)?\s*comments?(?: \(\d+\))?:?$/i,
  /^(?:comments?|replies) (?:are closed|off|\(\d+\))\.?$/i,
  /^(?:join the (?:conversation|discussion)|have your say|what do you think\?.{0,60}comments.{0,20})\.?$/i,
  /^(?:[-—*\s]*)(?:advertisements?|advertisement:.{0,40}|sponsored(?: content| by.{0,40})?|ad|paid content|promoted)(?: continue reading the main story)?[-—*:\s]*$/i,
  /^(?:story|article) continues? (?:below|after)(?: (?:this |the )?(?:advertisement|ad|video|image|gallery))?\.?$/i,
  /^(?:continue|keep) reading(?: (?:the main story|below|after .{0,40}))?\.?$/i,
  /^(?:close|loading\.*|menu|search|skip to (?:main )?content|toggle .{0,20}|replay|watch live|live|autoplay|unmute|copied!?|x)$/i,
  /^(?:share|tweet|pin|email|print|save|facebook|twitter|x|whatsapp|linkedin|reddit|flipboard|telegram|messenger|pinterest|copy link|bookmark)(?:[\s,|·/+&-]+(?:on|via|this|article|story|to|share|tweet|pin|post|email|e-mail|print|save|facebook|twitter|x|whatsapp|linkedin|reddit|flipboard|telegram|messenger|pinterest|copy|link|or|and))*$/i,
  /^(?:share|tweet|email|print|send|save) (?:this|the)(?: (?:article|story|page|post))?(?: (?:on|via|with|to) .{0,60}| share tweet .{0,40})?:?$/i,
  /^(?:click here|tap here|click to)\b.{0,80}$/i,
  /^(?:\*+\s*)?(?:please )?(?:sign up|subscribe|register|log ?in|sign in)\b.{0,140}(?:newsletters?|inbox|e-?mail|daily|today|now|here|free|account|alerts?|podcast|channel|briefing|access|month|week|reader|continue|support)\b.{0,80}$/i,
  /^(?:get|want|receive)\b.{0,140}\b(?:delivered|in your inbox|to your inbox|newsletters?|sign up)\b.{0,120}$/i,
  /^(?:by (?:signing up|subscribing|clicking)),? you (?:agree|consent)\b.{0,200}$/i,
  /^(?=.*(?:\b(?:our|us|your|you|today|now|here)\b|’s))(?:support|join|become|start|help)\b.{0,60}(?:journalism|a member|membership|free trial|supporter)\b.{0,80}$/i,
  /^(?:download|get|install) (?:the|our) .{0,40}\bapp\b.{0,60}$/i,
  /^(?:-\s*)?(?:you can )?(?:follow|like|find) (?:us|me|him|her|them|@\w+|[\w .'’-]{1,50})\s+on\s+(?:twitter|x|facebook|instagram|threads|bluesky|tiktok|youtube|linkedin)\b.{0,120}$/i,
  /^follow @\w+.{0,40}$/i,
  /^(?:read|see|watch|listen|learn|more)(?: more)?(?: (?:here|now|below|on this(?: story)?))?(?:\.{3}|…|:|\.)?$/i,
  /^(?:\[\s*)?(?:(?:also|more) )?(?:read (?:more|next|also|this)|see also|related(?: (?:articles?|stories|story|coverage|content|topics?|links?|news|reading))?|more (?:on this|from|stories|coverage|news)|recommended(?: for you| reading)?|watch(?: (?:now|next|live|more))?|listen(?: now)?|don['’]t miss|you (?:may|might) (?:also )?like|most (?:read|popular|viewed)|trending(?: now)?|up next|editors?['’]? picks?|what to read next|in case you missed it)\s*[:|»>›…]+.{0,200}$/i,
  /^(?:related (?:articles?|stories|coverage|content|topics?|links?|news)|see also|most (?:read|popular|viewed)|trending(?: now)?|recommended(?: for you)?|read next|up next|more (?:top )?(?:stories|news|headlines)|you (?:may|might) also like|editors?['’] picks?|what to read next|(?:just|must) watch(?:ed)?.{0,120}|more (?:on this|from .{1,40})\.{0,3})$/i,
  /^.{10,160}\bread more$/i,
  /^(?:©|\(c\)|copyright(?: ©| \(c\)|,? \d{4})).{0,200}$/i,
  /^.{0,80}\ball rights reserved\b.{0,200}$/i,
  /^this (?:material|article|story|post) may not be (?:published|reproduced).{0,160}$/i,
  /^(?:this|a version of this) (?:article|story|post|piece) (?:was |has been )?(?:originally |first )?(?:appeared|published|posted|syndicated|republished)\b.{0,160}$/i,
  /^(?:the )?(?:associated press|reuters|ap|afp|bloomberg)(?: writers? .{0,80})? contributed (?:to (?:this|the) (?:report|story|article))?\.?$/i,
  /^(?:correction|corrections|clarification|editor[’']?s[’']? note|corrected)(?: \([^)]{1,40}\))?\s*[:—–-].{5,400}$/i,
  /^this (?:is a )?(?:developing|breaking)(?: news)? (?:story|situation)\b.{0,160}$/i,
  /^(?:this|the) (?:article|story|post|page|report|piece|headline) (?:was|has been|is being|will be) (?:updated|corrected|amended|revised|clarified)\b.{0,300}$/i,
  /^(?:an? |the )?(?:earlier|previous|prior|original) version of (?:this|the) (?:article|story|post|report|piece|headline)\b.{0,380}$/i,
  /^(?:contact|reach|e-?mail|write to|send (?:your )?(?:tips|letters|comments|questions)\b.{0,20}to)\b.{0,80}(?:@|\d{3}[\s.)-]).{0,120}$/i,
  /^(?:have|got) (?:an?|any|your) (?:news )?(?:tips?|questions?|story|stories|comments?|corrections?|feedback|thoughts)\b.{0,40}\?.{0,160}$/i,
  /^(?:for|to learn) (?:more|further|additional)\b(?: information\b| about)?.{0,80}\b(?:visit|go to|contact|call|log on to|see)\b.{0,160}(?:\.\w{2,}|\d{3}|@).{0,60}$/i,
  /^(?:enter your e-?mail(?: address)?|your e-?mail(?: address)?|e-?mail(?: address)?\*?|sign up|subscribe(?: now| today)?|submit|join now|log ?in|sign in|register|donate(?: now| today)?)[.!:]?$/i,
  /^(?:unsubscribe|update (?:your )?(?:preferences|profile)|manage (?:your )?(?:subscriptions?|preferences)|view (?:this e-?mail |it )?(?:in|on) (?:your |a )?(?:browser|web)|(?:was this|did someone) .{0,30}forward)\b.{0,200}$/i,
  /^you(?:['’]re| are) (?:receiving|getting|reading) this (?:e-?mail|message|newsletter) because\b.{0,300}$/i,
  /^(?:that['’]s (?:all|it) for (?:today|now|this (?:week|month|edition|issue))|thanks? (?:you )?for reading)\b.{0,100}$/i,
  /^SOURCE:? (?=\p{Lu})[\p{L}\p{N} .,&'’()-]{2,100}$/u,
  /^for immediate release\W{0,3}$/i,
  /^(?:media |press )?contacts?\s*:.{3,200}$/i,
  /^\(?(?:Contributing|Reporting|Editing|Writing|Additional reporting|Compiled)(?:: | by (?=\p{Lu})).{0,200}$/u,
  /^(?:we use cookies|this (?:site|website) uses cookies|accept (?:all )?cookies|manage (?:cookies|preferences|newsletters))\b.{0,200}$/i,
  /^(?:privacy policy|terms of (?:use|service)|cookie policy)\b.{0,40}$/i,
  /^(?:tags?|filed under|topics?|categories|category|in this (?:article|story)|keywords?)\s*:.{0,200}$/i,
  /^(?:slideshow|gallery|video|photos?|audio|image|graphic|map|chart|youtube)(?: \(\d+ (?:images?|photos?)\))?:?$/i,
  /^(?:\(\s*)?(?:photos?|video|watch|gallery|audio|also on politico|related)\s*:\s*.{1,120}\)$/i,
  /^(?:photos|video|watch|slideshow|gallery)\s*:\s*.{1,140}$/i,
  /^(?:[_*=~•·.#-]\s*){2,}$/,
  /^\[(?:pullquote|caption.{0,100}|embed.{0,100}|gallery.{0,60}|\/?video.{0,60}|image.{0,60})\]$/i,
  /^(?:media playback is (?:un)?supported|please enable javascript|this is a rush transcript|listen to (?:this )?article|just watched|must watch|your browser does not support)\b.{0,200}$/i,
  /^\d+ (?:minutes?|hours?|days?|weeks?|months?|years?) ago$/i,
  /^\d{1,3} (?:min(?:ute)?s?|sec(?:ond)?s?) read$/i,
]);

const caption = anyOf([
  /^(?:file )?(?:photo|image|picture|photograph|video|illustration|graphic|credit|caption)s?(?: credit| courtesy| by)?\s*[:|]\s*.{1,300}$/i,
  /^file (?:photo|-|–|—|:).{1,300}$/i,
  /^(?:enlarge this image|toggle caption|hide caption|image copyright|image caption|media caption|image source|facebook twitter pinterest)\b.{0,300}$/i,
  /^(?:getty images|ap photo|associated press|reuters|afp|usa today|shutterstock|alamy stock photo|istock(?:photo)?)$/i,
]);

/** Credits at the end of a line: "... in the harbor. (Photo: Ana Ruiz)", "... | AP Photo". Matched against its last part. */
const credit = anyOf([
  /.\((?:file )?(?:photo|image|picture|credit|courtesy)s?\b[^()]{1,80}\)$/i,
  /.\(\s?(?:ap|reuters|getty(?: images)?|afp|epa|upi|bloomberg|[\p{L} .'-]{2,40}\s?\/\s?[\p{L} .'-]{2,40})(?: (?:photo|images?|file))?(?:\/[^()]{2,40})?\s?\)$/iu,
  /.(?:\||—|–)\s?(?:ap|getty|reuters|afp)(?: photos?| images)?(?:[ /][\p{L} .'-]{0,40})?$/iu,
  /\b(?:ap|afp|reuters|getty images|epa)\s?(?:photo|images?)?\/[\p{Lu}][\p{L} .'-]{1,40}$/u,
  /.(?:\/|via |©\s?)(?:getty images|ap|afp|reuters|shutterstock|alamy(?: stock photo)?|zuma press)(?: via getty images)?$/i,
]);
const creditLength = 130;

const byline = anyOf([
  /^(?:by|story by|written by|reported by|posted by|from)[: ]\s*\p{Lu}[\p{L}.'’-]+(?:[ ,&|]+(?:and |of |for |the |de |van |von )*\p{Lu}[\p{L}.'’-]+){0,14}(?:[,|·•–—-].{0,80})?$/iu,
  /^(?:(?:first |originally )?(?:published|posted|updated|last updated|last modified|modified|created))(?: (?:on|at))?\s*[:|]?\s.{0,120}\d.{0,60}$/i,
  /^(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,? )?(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.? \d{1,2},? \d{4}(?:,?(?: at)? \d{1,2}:\d\d.{0,12})?(?:\s*[|·•–—(-]\s*(?:last )?(?:updated|posted|published|modified)\b.{0,60})?$/i,
]);

/** "Ana Ruiz covers city hall. Reach her at ana@example.org", "You can follow him on Twitter @ana". */
const signsOff =
  /(?:^|[.!;:?] |\byou can )(?:reach|contact|e-?mail|follow) (?:him|her|them|me|us) (?:at|on|via)\b.{0,60}(?:@|\b(?:twitter|facebook|instagram|linkedin|bluesky|threads|mastodon)\b|\d{3}[\s.)-]).{0,100}$/i;

/** Longer than this is prose, whatever words it begins with. */
const longestLine = 420;

/** A gallery on one line, of any length: "Photos: The storm The storm – A boat ashore. Hide Caption 2 of 9". */
const gallery = /\bhide caption \d{1,3} of \d{1,3}$/i;

/** What kind of furniture a line is, or undefined for prose. */
export function furniture(line: string): Mask['kind'] | undefined {
  const words = line.trim();
  if (gallery.test(words.slice(-30))) return 'caption';
  if (words.length === 0 || words.length > longestLine) return undefined;
  if (boilerplate.some((shape) => shape.test(words))) return 'boilerplate';
  if (signsOff.test(words) && !/\bsaid\b/.test(words)) return 'boilerplate';
  const tail = words.slice(-creditLength);
  const isCaption = caption.some((shape) => shape.test(words)) || credit.some((shape) => shape.test(tail));
  if (isCaption && !quoted.test(words)) return 'caption';
  // "By Friday, the council had ..." is a sentence; a byline does not end like one.
  if (!/(?<![ap]\.m)[.!?”"]$/i.test(words) && byline.some((shape) => shape.test(words)) && byLineCase(words))
    return 'byline';
  return undefined;
}

/** A line with somebody's words in it is shown even when it ends in a credit. */
const quoted = /[“"][^”"]{12,}[”"]/;

/** Every longer word of a byline is a name or a role: "By Ana Ruiz and Ben Moe", not "By noon the square was full". */
function byLineCase(line: string): boolean {
  if (/^(?:first |originally )?(?:published|posted|updated|last|modified|created)/i.test(line)) return true;
  if (line.length <= 100 && bylineHead.test(line)) return true;
  const words = line.replace(/^\S+\s*/, '').match(/\p{L}[\p{L}'’-]{3,}/gu) ?? [];
  return words.filter((word) => /^\p{Lu}/u.test(word)).length * 2 > words.length && line.length <= 160;
}

/** "By Ana Ruiz, staff writer": the names come first, then what they are. */
const bylineHead =
  /^(?:by|story by|written by|reported by) (?:\p{Lu}[\p{L}.'’-]+ ){1,3}\p{Lu}[\p{L}'’-]+\s*[,|·•–—]\s*[\p{L}\d @.,/&'’|-]+$/iu;

const leadingShouts = /^(?:CLOSE|ADVERTISEMENT|Advertisement|VIDEO|WATCH LIVE)\s+(?=\p{Lu}|["“])/u;
const trailingInvitations =
  /\s+(?:Leave a Comment|Story continues below(?: advertisement)?|Advertisement|CLICK HERE TO GET THE FOX NEWS APP|CLICK HERE FOR MORE [A-Z ]{3,40})$/;

/**
 * "Chairman Kevin Brady Kevin Patrick BradyLawmakers under pressure ... MORE (R-Texas) said": a box of links that scraping
 * leaves behind a politician's name, who is told again in full, glued to the first headline.
 */
const politicianLinks =
  /(\p{Lu}[\p{L}'’-]{1,30})(?: [\p{Lu}(][\p{L}.'’()-]{0,30}){0,5} \1(?=\p{Lu}).{10,700}? MORE(?=[\s.,;:'’”")(]|$)/gu;

/** "11:42 a.m. Ferry services ...": when a live page says it, no part of what it says. Not "9:30 a.m. Monday is ...". */
const leadingClock =
  /^\d{1,2}[:.]\d{2}(?:\s?[ap]\.?m\b\.?)?(?:\s\(?(?:[A-Z]{2,4}|local time)\)?)?\s*[:–—|-]?\s+(?=["“‘]?\p{Lu})(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)(?:uary|ch|il|ust|tember|ober|ember)?\b)/u;

/** Furniture glued to a line of prose: "CLOSE President ...", "... on Friday. Advertisement". */
export function furnitureInside(line: string, offset: number): readonly Mask[] {
  const found: Mask[] = [];
  const add = (start: number, end: number) =>
    found.push({ start: offset + start, end: offset + end, kind: 'boilerplate' });
  const lead = leadingShouts.exec(line.slice(0, 60));
  if (lead) add(0, lead[0].trimEnd().length);
  const clock = /^\d/.test(line) ? leadingClock.exec(line.slice(0, 60)) : null;
  if (clock && /[.:]\d{2}\s?[ap]|[:–—|-]\s+$|^\d\d:\d\d\s/.test(clock[0])) add(0, clock[0].trimEnd().length);
  if (line.includes(' MORE'))
    for (const { index, 1: name, 0: whole } of line.matchAll(politicianLinks))
      add(index + name!.length, index + whole.length);
  const tail = Math.max(0, line.length - 80);
  const trail = trailingInvitations.exec(line.slice(tail));
  if (trail) add(tail + trail.index + trail[0].length - trail[0].trimStart().length, line.length);
  return found;
}

/** What of a line is left when its furniture is taken from both ends, blanks trimmed. Undefined when nothing is. */
export function proseOf(text: string, line: Span, masks: readonly Mask[]): Span | undefined {
  let { start, end } = line;
  for (const mask of masks) {
    if (mask.start <= start) start = Math.max(start, mask.end);
    else end = Math.min(end, mask.start);
  }
  while (start < end && /\s/.test(text[start] as string)) start += 1;
  while (end > start && /\s/.test(text[end - 1] as string)) end -= 1;
  return start < end ? { start, end } : undefined;
}
