/**
 * Reporting an error: which passage, what is wrong with it, thank you. Each step is a command of its own, as in /setup, so
 * the buttons of a post that is weeks old still work.
 */
import { z } from 'zod';
import { kindWords, sourceName, speakerName, statement } from '../digests/parts.ts';
import { AskError, clip, commandText } from '../src/command.ts';
import type { Block, Document } from '../src/document.ts';
import { actions, code, heading, paragraph, run, small, strong, text } from '../src/document.ts';
import type { Quote, Report, Story, Wrong } from '../src/model.ts';
import type { Caller } from '../src/platforms/platform.ts';
import type { Services } from '../src/services.ts';
import { define } from './shared.ts';

/** What is wrong, as readers read it. */
export const WRONG_WORD: Record<Wrong, string> = {
  speaker: 'Wrong speaker',
  quote: 'Not a quote',
  stance: 'Wrong stance',
  other: 'Something else',
};
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
    const { quotes, stories } = await passages(about?.trim() ?? '', caller, services);
    const [quote] = quotes;
    const [story] = stories;
    const one = quotes.length === 1 && stories.length === 0 ? quote : undefined;
    if (one) return wrong ? send({ quote: one }, wrong, note, caller, services) : whatIsWrong(one);
    if (story && stories.length === 1 && wrong) return send({ story }, wrong, note, caller, services);
    return whichPassage(quotes, stories);
  },
});

/** What `about` names: receipts, stories (`#12`), or a topic; without it, the newest. */
async function passages(
  about: string,
  { tenant }: Caller,
  { store, now }: Services,
): Promise<{ readonly quotes: readonly Quote[]; readonly stories: readonly Story[] }> {
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
  throw new AskError({
    summary: 'Nothing to report on was found.',
    blocks: [
      paragraph(
        'Nothing was found for ',
        code(clip(about || 'that')),
        text('. A receipt is the word that starts with q under a quote: press In context.'),
      ),
    ],
  });
}

function whichPassage(quotes: readonly Quote[], stories: readonly Story[]): Document {
  const offered = quotes.slice(0, MOST_PASSAGES);
  const left = quotes.length - offered.length;
  return {
    summary: 'Report an error: which passage?',
    blocks: [
      heading('Report an error'),
      ...(offered.length > 0
        ? [
            paragraph('Which passage is wrong?'),
            {
              kind: 'menu',
              placeholder: 'Choose a passage',
              choices: offered.map((quote) => ({
                label: clip(`${speakerName(quote)}: ${quote.text.replace(/\s+/g, ' ')}`, 90),
                command: commandText('report', { about: quote.receipt.id }),
                detail: clip(`${kindWords(quote)} · ${sourceName(quote.article)}`, 90),
              })),
            } as const,
          ]
        : []),
      ...(left > 0 ? [small(`${left} more: press In context under the quote, then Report an error`)] : []),
      ...(stories.length > 0
        ? [
            actions(
              ...stories.slice(0, 5).map(
                (story) =>
                  ({
                    kind: 'form',
                    label: clip(stories.length === 1 ? 'Something else' : `Something else: ${story.label}`, 70),
                    command: commandText('report', { about: `#${story.id}`, wrong: 'other' }),
                  }) as const,
              ),
            ),
          ]
        : []),
      privacyLine,
    ],
  };
}

function whatIsWrong(quote: Quote): Document {
  const as = (wrong: Wrong) => commandText('report', { about: quote.receipt.id, wrong });
  return {
    summary: `Report an error: what is wrong with these words of ${speakerName(quote)}?`,
    blocks: [
      heading('Report an error'),
      ...(quote.text.length <= 1500 ? [statement(quote)] : [paragraph(code(quote.receipt.id))]),
      paragraph('What is wrong?'),
      actions(
        run(WRONG_WORD.speaker, as('speaker')),
        run(WRONG_WORD.quote, as('quote')),
        run(WRONG_WORD.stance, as('stance')),
        { kind: 'form', label: WRONG_WORD.other, command: as('other') },
      ),
      privacyLine,
    ],
  };
}

const privacyLine: Block = small(
  'Goes to the people who run the bot, with the receipt. Who reports is not kept, only what you send.',
);

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
  const said = note?.replace(/\s+/g, ' ').trim();
  const kept = await reports.add({ tenant: caller.tenant, about, wrong, ...(said ? { note: said } : {}) }, caller);
  if (!kept) throw new AskError('That is a lot of reports in an hour. Thank you; please go on a little later.');
  if (kept.times === 1) {
    const own = (subject.quote?.article ?? subject.story?.articles[0])?.tenant !== '';
    // Not waited for: the reader has done their part.
    void reports.tell(kept, notice(kept, subject), own);
  }
  return {
    summary: `Reported: ${WRONG_WORD[wrong].toLowerCase()}. Thank you.`,
    blocks: [
      paragraph(strong('Reported. '), text(`Thank you: ${WRONG_WORD[wrong].toLowerCase()}, `), code(about), text('.')),
      small(
        kept.times > 1
          ? `Reported ${kept.times} times so far. It counts once more.`
          : 'The people who run the bot are told. The quote keeps its receipt, so that the mistake can be found and kept from coming back.',
      ),
    ],
  };
}

/** For whoever can mend it. */
function notice(kept: Report, { quote, story }: Subject): Document {
  const what = WRONG_WORD[kept.wrong];
  const article = quote?.article ?? story?.articles[0];
  return {
    summary: `A reader reported an error: ${what.toLowerCase()}, ${kept.about}`,
    blocks: [
      heading('A reader reported an error'),
      paragraph(strong(what), ...(kept.note ? [text(': '), text(kept.note)] : [])),
      ...(quote && quote.text.length <= 1500 ? [statement(quote)] : [paragraph(story?.label ?? kept.about)]),
      small(
        ...(article ? [text(`${article.origin} · `)] : []),
        code(kept.about),
        text(` · report ${kept.id} · `),
        code('pullquote reports'),
        text(' lists them all'),
      ),
    ],
  };
}
