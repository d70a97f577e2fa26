/**
 * Do speakers agree with what stands beside their words? Needs no gold: real news says "...," Ana López said and "...," she
 * said often enough to count where a statement was given to somebody else.
 *
 *     node bench/eval-agreement.ts [articles=5000] [--errors]
 *
 * `named`: direct quotes with a name and a verb of saying right beside their marks. The speaker is another when neither
 * name, other forms nor role has the last of those words, and none of the speaker's own words stands near.
 * `he or she`: statements with "he said" or "she said" beside them, whose speaker has a first name of the other gender. About
 * half of those are men called Carmen and women called Harris: the list of first names is wrong, not the speaker.
 * `unclear` is no error: it says so.
 */
import { entryOf } from '../src/analysed.ts';
import { givenNameGender } from '../src/analysis/names/gazetteer.ts';
import { fold, foldedWords } from '../src/analysis/text/fold.ts';
import { makeArticle } from '../src/corpus/article.ts';
import type { FoundQuote, FoundSpeaker } from '../src/model.ts';
import { readEvaldata } from './evaldata.ts';

const most = Number(process.argv.slice(2).find((argument) => /^\d+$/.test(argument)) ?? 5000);
const showErrors = process.argv.includes('--errors');

const SAYS =
  '(?:said|says|told|added|wrote|asked|tweeted|explained|argued|insisted|warned|recalled|noted|replied|declared|continued)';
const NAME = "((?:\\p{Lu}[\\p{L}’'.-]+ ){0,2}\\p{Lu}[\\p{L}’'-]+)";
const CLOSING = '^[,.?!]?[”"’]{0,2},? ';
const nameBefore = new RegExp(`${NAME} ${SAYS}(?: [a-z]+){0,3}[,:] [“"]$`, 'u');
const nameAfter = [new RegExp(`${CLOSING}${NAME} ${SAYS}\\b`, 'u'), new RegExp(`${CLOSING}${SAYS} ${NAME}`, 'u')];
/** These begin with a capital and are no names. */
const NO_NAME = /^(?:He|She|It|They|I|We|You|But|The|As|And|Who|In|Then|An?)\b/;
/** A new sentence between the verb and the name. */
const OTHER_SENTENCE = /(?<!\b(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|St|Jr|Sgt|Lt|Col|\p{Lu}))\. \p{Lu}/u;
const pronounBefore = new RegExp(
  `\\b(s?he) (?:also |later |then )?${SAYS}(?: [a-z]+){0,3}[,:]? ?(?:that )?[“"]?$`,
  'i',
);
const pronounAfter = [new RegExp(`${CLOSING}(s?he) ${SAYS}\\b`), new RegExp(`${CLOSING}(?:said|says) (s?he)\\b`)];

interface Tally {
  all: number;
  other: number;
  unclear: number;
}
const named: Tally = { all: 0, other: 0, unclear: 0 };
const pronouns: Tally = { all: 0, other: 0, unclear: 0 };

/** The words before and behind a statement. */
function around(text: string, { content }: FoundQuote): { readonly before: string; readonly after: string } {
  return {
    before: text.slice(Math.max(0, content.start - 120), content.start),
    after: text.slice(content.end, content.end + 90),
  };
}

function nameBeside(before: string, after: string): string | undefined {
  const match = [...nameAfter.map((pattern) => pattern.exec(after)), nameBefore.exec(before)].find(Boolean);
  const name = match?.[1];
  return name === undefined || NO_NAME.test(name) || OTHER_SENTENCE.test(name) ? undefined : name;
}

function isOther(speaker: FoundSpeaker, name: string, near: string): boolean {
  const own = foldedWords([speaker.name, ...speaker.aliases, speaker.role ?? ''].join(' ')).map(withoutOwner);
  const last = withoutOwner(foldedWords(name).at(-1) ?? '');
  const words = fold(near);
  return !own.includes(last) && !own.some((word) => word.length > 3 && (last.includes(word) || words.includes(word)));
}

const withoutOwner = (word: string): string => word.replace(/'s$/, '');

function count(tally: Tally, speaker: FoundSpeaker | undefined, isWrong: (speaker: FoundSpeaker) => boolean): boolean {
  tally.all++;
  if (speaker === undefined) tally.unclear++;
  else if (isWrong(speaker)) {
    tally.other++;
    return true;
  }
  return false;
}

function look(text: string, quote: FoundQuote, speaker: FoundSpeaker | undefined): void {
  const { before, after } = around(text, quote);
  const show = (beside: string) =>
    showErrors &&
    console.log(
      `[${speaker?.name}] ${beside}: ${`${before.slice(-60)}«${text.slice(quote.content.start, quote.content.end).slice(0, 60)}»${after}`.replace(/\n/g, ' ')}`,
    );
  const name = quote.kind === 'direct' ? nameBeside(before, after) : undefined;
  if (name !== undefined && count(named, speaker, (one) => isOther(one, name, after + before.slice(-100)))) show(name);
  const pronoun = [...pronounAfter.map((pattern) => pattern.exec(after)), pronounBefore.exec(before)].find(
    Boolean,
  )?.[1];
  if (pronoun === undefined) return;
  const other = pronoun.toLowerCase() === 'she' ? 'm' : 'f';
  const isWrong = ({ kind, name: whose }: FoundSpeaker) =>
    kind === 'person' && givenNameGender(whose.split(' ')[0]!) === other;
  if (count(pronouns, speaker, isWrong)) show(pronoun);
}

const articles = readEvaldata<{ id: string; title: string; date: string | null; text: string }>(
  'news/news-allsides-dev.jsonl.gz',
);
for (const { id, title, date, text } of articles.slice(0, most)) {
  const draft = { tenant: '', origin: id, key: id, title, text, ...(date !== null && { published: date }) };
  const article = await makeArticle(draft, new Date());
  if ('refused' in article) continue;
  const { quotes, speakers } = entryOf(article, Buffer.from(text)).analysis;
  for (const quote of quotes)
    look(article.text, quote, quote.speaker === undefined ? undefined : speakers[quote.speaker]);
}
for (const [name, { all, other, unclear }] of Object.entries({ named, 'he or she': pronouns }))
  console.log(
    `${name.padEnd(10)} ${all} statements, ${other} given to another (${((100 * other) / all).toFixed(2)} %), ${unclear} unclear`,
  );
