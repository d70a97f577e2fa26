import { z } from 'zod';
import { asks, dateState, fictionMark, sourceName, speakerName, statement, who } from '../digests/parts.ts';
import { AskError, clip } from '../src/command.ts';
import type { Block, Document, Inline } from '../src/document.ts';
import { actions, code, divider, heading, paragraph, run, small, strong, text } from '../src/document.ts';
import { type Words, wordsFor } from '../src/language/language.ts';
import type { Article, Quote, Span } from '../src/model.ts';
import { type Standing, standingOf } from '../src/standing.ts';
import { define } from './shared.ts';

/** A paragraph longer than this is shown as the sentences around the quote. */
const LONGEST_PARAGRAPH = 1800;

export const context = define({
  name: 'context',
  summary: 'A quote in its paragraph, with its receipt',
  shareable: true,
  options: z.object({
    receipt: z.string().min(1).max(60).describe('The receipt of a quote').meta({ example: 'q3f9a1c2d4e' }),
  }),
  async run({ receipt }, caller, { store }) {
    const said = wordsFor(caller);
    const quote = await store.quote(receipt.trim().toLowerCase(), caller.tenant);
    const article = quote && (await store.article(quote.article.id, quote.receipt.hash));
    if (!quote || !article) {
      throw new AskError({
        summary: said.context.none,
        blocks: [paragraph(...said.context.noneSuch(code(clip(receipt))))],
      });
    }
    return contextDocument(quote, article, await standingOf(quote, caller.tenant, store), said);
  },
});

function contextDocument(quote: Quote, article: Article, standing: Standing, said: Words): Document {
  const { receipt } = quote;
  const around = surroundings(article, receipt.content, quote.sentenceSpan);
  const piece = (span: Span, marked = false): Inline[] =>
    span.end > span.start
      ? [
          {
            kind: 'excerpt',
            text: article.text.slice(span.start, span.end),
            articleId: article.id,
            hash: article.hash,
            span,
            ...(marked ? { marked } : {}),
          },
        ]
      : [];
  return {
    summary: said.context.summary(quote.speaker?.name ?? said.parts.speakerUnclear(undefined), article.label),
    blocks: [
      heading(`${fictionMark(article, said)}${article.label}`),
      small(
        [
          ...(article.labelIsOurs ? [said.parts.labelByBot] : []),
          article.partialText ? said.parts.beginningOnly(sourceName(article)) : sourceName(article),
          dateState(article, said),
          said.context.paragraph(quote.paragraph, article.paragraphs.length),
        ].join(' · '),
      ),
      ...becameOf(standing, said),
      paragraph(...who(quote, said)),
      paragraph(
        ...piece({ start: around.start, end: receipt.content.start }),
        ...piece(receipt.content, true),
        ...piece({ start: receipt.content.end, end: around.end }),
      ),
      ...proof(quote, article, said),
      actions(
        ...(standing.kind === 'kept' || standing.kind === 'given'
          ? [run(said.press.newestVersion, `/context ${standing.now.receipt.id}`)]
          : []),
        ...(article.url?.startsWith('http')
          ? [{ kind: 'link', label: said.press.article, url: article.url } as const]
          : []),
        ...(quote.speaker
          ? [run(said.press.allByThisSpeaker, `/quote speaker:"${quote.speaker.name.replaceAll('"', ' ')}"`)]
          : []),
        asks.report(receipt.id, said),
      ),
    ],
  };
}

/** A reader who comes by an old receipt is told first what became of it. */
function becameOf(standing: Standing, said: Words): Block[] {
  const words = said.context.standing;
  switch (standing.kind) {
    case 'stands':
      return [];
    case 'given':
      return [paragraph(strong(words.given(speakerName(standing.now, said))))];
    case 'edited':
      return [paragraph(strong(words.edited)), statement(standing.now, said), divider];
    default:
      return [paragraph(strong(words[standing.kind]))];
  }
}

/** The paragraph the quote stands in; its sentence where the paragraph is too long for a message, the words alone at worst. */
function surroundings(article: Article, content: Span, sentence: Span): Span {
  const inParagraph = article.paragraphs.find((one) => one.start <= content.start && content.end <= one.end);
  const whole = inParagraph ?? sentence;
  if (whole.end - whole.start <= LONGEST_PARAGRAPH) return whole;
  return sentence.start <= content.start &&
    content.end <= sentence.end &&
    sentence.end - sentence.start <= LONGEST_PARAGRAPH
    ? sentence
    : content;
}

function proof({ receipt, kind, mention, confidence }: Quote, article: Article, said: Words): Block[] {
  const cue = receipt.cue ? article.text.slice(receipt.cue.start, receipt.cue.end) : undefined;
  return [
    paragraph(strong(said.context.receipt), code(receipt.id), text(` · ${said.context.kind[kind]}`)),
    small(
      ...said.context.proof({
        mention: code(clip(mention ?? said.context.noMention)),
        ...(cue ? { cue: code(clip(cue)) } : {}),
        percent: Math.round(confidence * 100),
        rule: receipt.rule,
        start: receipt.content.start,
        end: receipt.content.end,
        hash: code(receipt.hash.slice(0, 12)),
        verify: code(`pullquote verify ${receipt.id}`),
      }),
    ),
  ];
}
