/**
 * Reporting an error: which passage, what is wrong with it, thank you. Each step is a command of its own, as in /setup, so
 * the buttons of a post that is weeks old still work.
 */
import { z } from 'zod';
import { kindWords, sourceName, speakerName, statement } from '../digests/parts.ts';
import { AskError, clip, commandText } from '../src/command.ts';
import type { Document } from '../src/document.ts';
import { actions, code, heading, paragraph, run, small, strong, text } from '../src/document.ts';
import { type Words, wordsFor } from '../src/language/language.ts';
import type { Quote, Report, Story, Wrong } from '../src/model.ts';
import type { Caller } from '../src/platforms/platform.ts';
import type { Services } from '../src/services.ts';
import { define } from './shared.ts';

/** Passages to choose from: what a menu holds. */
const MOST_PASSAGES = 25;
/** Stories and receipts that a button carries. */
const MOST_NAMED = 8;

export const report = define({
  name: 'report',
  summary: 'Report an error: wrong speaker, not a quote, wrong stance',
  options: z.object({
    about: z
      .string()
      .max(200)
      .optional()
      .describe('The receipt of a quote, or a topic to choose from')
      .meta({ example: 'q3f9a1c2d4e' }),
    wrong: z.enum(['speaker', 'quote', 'stance', 'other']).optional().describe('What is wrong'),
    note: z.string().max(300).optional().describe('What would be right; the operator reads it'),
  }),
  async run({ about, wrong, note }, caller, services) {
    const said = wordsFor(caller);
    const { quotes, stories } = await passages(about?.trim() ?? '', caller, services);
    const [quote] = quotes;
    const [story] = stories;
    const one = quotes.length === 1 && stories.length === 0 ? quote : undefined;
    if (one) return wrong ? send({ quote: one }, wrong, note, caller, services) : whatIsWrong(one, said);
    if (story && stories.length === 1 && wrong) return send({ story }, wrong, note, caller, services);
    return whichPassage(quotes, stories, said);
  },
});

/** What `about` names: receipts, stories (`#12`), or a topic; without it, the newest. */
async function passages(
  about: string,
  caller: Caller,
  { store, now }: Services,
): Promise<{ readonly quotes: readonly Quote[]; readonly stories: readonly Story[] }> {
  const { tenant } = caller;
  const named = about
    .split(',')
    .map((one) => one.trim())
    .slice(0, MOST_NAMED);
  if (named.every((one) => /^q[a-z2-7]{10}$/i.test(one))) {
    const found = await Promise.all(named.map((one) => store.quote(one.toLowerCase(), tenant)));
    const quotes = found.filter((one) => one !== undefined);
    if (quotes.length > 0) return { quotes, stories: [] };
  } else if (named.every((one) => /^#\d{1,15}$/.test(one))) {
    const found = await Promise.all(
      named.map((one) =>
        store.coverage({ tenant, now: now().toISOString(), storyId: Number(one.slice(1)), stories: 1 }),
      ),
    );
    const covered = found.flatMap(({ stories }) => stories);
    if (covered.length > 0)
      return { quotes: covered.flatMap(({ quotes }) => quotes), stories: covered.map(({ story }) => story) };
  } else {
    const { items } = await store.findQuotes({
      tenant,
      ...(about ? { topic: about } : {}),
      want: 'all',
      limit: MOST_PASSAGES,
    });
    if (items.length > 0) return { quotes: items, stories: [] };
  }
  const { report } = wordsFor(caller);
  throw new AskError({
    summary: report.nothing,
    blocks: [paragraph(...report.nothingFor(code(clip(about || report.that))))],
  });
}

function whichPassage(quotes: readonly Quote[], stories: readonly Story[], said: Words): Document {
  const { report } = said;
  const offered = quotes.slice(0, MOST_PASSAGES);
  const left = quotes.length - offered.length;
  return {
    summary: report.whichPassage,
    blocks: [
      heading(report.title),
      ...(offered.length > 0
        ? [
            paragraph(report.which),
            {
              kind: 'menu',
              placeholder: report.choose,
              choices: offered.map((quote) => ({
                label: clip(`${speakerName(quote, said)}: ${quote.text.replace(/\s+/g, ' ')}`, 90),
                command: commandText('report', { about: quote.receipt.id }),
                detail: clip(`${kindWords(quote, said)} · ${sourceName(quote.article)}`, 90),
              })),
            } as const,
          ]
        : []),
      ...(left > 0 ? [small(report.more(left))] : []),
      ...(stories.length > 0
        ? [
            actions(
              ...stories.slice(0, 5).map(
                (story) =>
                  ({
                    kind: 'form',
                    label: clip(stories.length === 1 ? report.wrong.other : report.otherIn(story.label), 70),
                    command: commandText('report', { about: `#${story.id}`, wrong: 'other' }),
                  }) as const,
              ),
            ),
          ]
        : []),
      small(report.privately),
    ],
  };
}

function whatIsWrong(quote: Quote, said: Words): Document {
  const { report } = said;
  const as = (wrong: Wrong) => commandText('report', { about: quote.receipt.id, wrong });
  return {
    summary: report.whatOf(speakerName(quote, said)),
    blocks: [
      heading(report.title),
      ...(quote.text.length <= 1500 ? [statement(quote, said)] : [paragraph(code(quote.receipt.id))]),
      paragraph(report.what),
      actions(
        run(report.wrong.speaker, as('speaker')),
        run(report.wrong.quote, as('quote')),
        run(report.wrong.stance, as('stance')),
        { kind: 'form', label: report.wrong.other, command: as('other') },
      ),
      small(report.privately),
    ],
  };
}

type Subject =
  | { readonly quote: Quote; readonly story?: undefined }
  | { readonly story: Story; readonly quote?: undefined };

async function send(
  subject: Subject,
  wrong: Wrong,
  note: string | undefined,
  caller: Caller,
  { reports }: Services,
): Promise<Document> {
  const about = subject.quote ? subject.quote.receipt.id : `#${subject.story.id}`;
  const { report } = wordsFor(caller);
  const written = note?.replace(/\s+/g, ' ').trim();
  const kept = await reports.add(
    { tenant: caller.tenant, about, wrong, ...(written ? { note: written } : {}) },
    caller,
  );
  if (!kept) throw new AskError(report.tooMany);
  if (kept.times === 1) {
    const own = (subject.quote?.article ?? subject.story?.articles[0])?.tenant !== '';
    // Not waited for: the reader has done their part.
    void reports.tell(kept, (said) => notice(kept, subject, said), own);
  }
  return {
    summary: report.thanksShort(report.wrong[wrong]),
    blocks: [
      paragraph(strong(report.done), ...report.thanks(report.wrong[wrong], code(about))),
      small(kept.times > 1 ? report.again(kept.times) : report.isTold),
    ],
  };
}

/** For whoever can mend it. */
function notice(kept: Report, { quote, story }: Subject, said: Words): Document {
  const { report } = said;
  const what = report.wrong[kept.wrong];
  const article = quote?.article ?? story?.articles[0];
  return {
    summary: report.noticeShort(what, kept.about),
    blocks: [
      heading(report.notice),
      paragraph(strong(what), ...(kept.note ? [text(': '), text(kept.note)] : [])),
      ...(quote && quote.text.length <= 1500 ? [statement(quote, said)] : [paragraph(story?.label ?? kept.about)]),
      small(
        ...(article ? [text(`${article.origin} · `)] : []),
        ...report.line(kept.id, code(kept.about), code('pullquote reports')),
      ),
    ],
  };
}
