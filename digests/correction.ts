/**
 * A post whose source has changed: what no longer stands there is taken out, and the post says so where it is read first.
 * Pure.
 */
import type { Block, Document, Inline } from '../src/document.ts';
import { heading, leaveOut, list, paragraph, small, strong, text, time } from '../src/document.ts';
import type { Words } from '../src/language/language.ts';
import type { Instant } from '../src/model.ts';

export interface Correction {
  /** When it was found. */
  readonly at: Instant;
  /** The zone of the briefing, for readers whose client has none. */
  readonly zone: string;
  readonly said: Words;
}

/** The post as it should read now; the document itself when nothing of it is gone. */
export function composeCorrection(posted: Document, gone: ReadonlySet<Inline>, correction: Correction): Document {
  const { thread, ...head } = posted;
  const corrected = withNote(head, gone, correction);
  return thread ? { ...corrected, thread: withNote(thread, gone, correction) } : corrected;
}

function withNote(posted: Document, gone: ReadonlySet<Inline>, { at, zone, said }: Correction): Document {
  const { document, passages } = leaveOut(posted, gone);
  if (passages === 0) return posted;
  const { corrected, because, short } = said.correction;
  const note = paragraph(strong(corrected), time(at, 'datetime', zone), text(because(passages)));
  const summary = short(withoutWords(document.summary, gone));
  return { summary, blocks: document.blocks.toSpliced(belowTitle(document.blocks), 0, note) };
}

/** After the title and the small print that belongs to it. */
function belowTitle([first, second]: readonly Block[]): number {
  if (first?.kind !== 'heading') return 0;
  return second?.kind === 'small' ? 2 : 1;
}

/** A lock screen does not go on saying what was taken out. */
const withoutWords = (summary: string, gone: ReadonlySet<Inline>): string =>
  [...gone].reduce((words, inline) => ('text' in inline ? words.replace(inline.text, '') : words), summary).trim();

/** Said under a post that cannot be changed any more. */
export function correctionNotice(
  posted: Document,
  gone: ReadonlySet<Inline>,
  { at, zone, said }: Correction,
): Document {
  const parts = posted.thread ? [posted, posted.thread] : [posted];
  // The same words in the post and in its thread are one passage to a reader.
  const passages = new Set([...gone].map((one) => ('text' in one ? one.text : ''))).size;
  const { title, noticeShort, notice, found } = said.correction;
  return {
    summary: noticeShort(passages),
    blocks: [
      heading(title),
      paragraph(notice(passages)),
      list(
        whose(
          parts.flatMap(({ blocks }) => blocks),
          gone,
          said,
        ),
      ),
      small(found, time(at, 'datetime', zone)),
    ],
  };
}

/** Who was shown with words that are gone. The words themselves are not said again. */
function whose(blocks: readonly Block[], gone: ReadonlySet<Inline>, said: Words): (readonly Inline[])[] {
  const isGone = (one: Inline) => gone.has(one);
  const all = blocks.flatMap((block): (readonly Inline[])[] => {
    if (block.kind === 'statement') return block.words.flat().some(isGone) ? [block.who] : [];
    if (block.kind === 'list') return block.items.filter((item) => item.some(isGone)).map((item) => item.slice(0, 1));
    if (block.kind === 'text') return block.text.some(isGone) ? [[text(said.correction.sentence)]] : [];
    return [];
  });
  return [...new Map(all.map((who) => [JSON.stringify(who), who])).values()];
}
