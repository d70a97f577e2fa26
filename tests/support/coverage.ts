/** A small fictional story as the store would answer with it: every span is a true slice of `TEXT`. */
import { createHash } from 'node:crypto';
import type { ArticleHead, Coverage, Excerpt, Quote, Reaction, Span, StoryCoverage } from '../../src/model.ts';

export const TEXT = `Governor Ilse Marrow said Tuesday she will close the Tarn Strait to foreign fishing boats from Dec. 1, calling the fleet “a smuggling ring with nets.”

“We are not asking permission to protect our own water,” Marrow told reporters in Port Hallow.

President Anselm Duray of neighbouring Vostria rejected the plan, saying his country would defend its licensed crews.

Forty-one members of the state assembly wrote to Marrow on Wednesday, calling the closure “reckless” and asking her to wait.

Some maritime lawyers say the order could be challenged.`;

export const HASH = createHash('sha256').update(TEXT).digest('hex');
export const at = (words: string): Span => {
  const start = TEXT.indexOf(words);
  if (start < 0) throw new Error(`not in the text: ${words}`);
  return { start, end: start + words.length };
};

export const head: ArticleHead = {
  id: 'a1',
  hash: HASH,
  tenant: '',
  origin: 'seeds/strait.txt',
  label: 'Tarn Strait closure',
  labelIsOurs: true,
  language: 'en',
  date: { state: 'mentioned', day: '2026-11-17', span: { start: 0, end: 1 } },
  readAt: '2026-11-22T08:00:00.000Z',
  fiction: true,
};

const paragraphOf = (span: Span) => TEXT.slice(0, span.start).split('\n\n').length;
const marrow = { id: 1, kind: 'person', name: 'Ilse Marrow', role: 'governor' } as const;

export function quote(words: string, over: Partial<Quote> & { id?: string; verbatimWords?: string } = {}): Quote {
  const { id = `q${words.length}`, verbatimWords, ...rest } = over;
  const content = at(words);
  const kind = rest.kind ?? 'direct';
  const verbatim = kind === 'indirect' ? [] : [at(verbatimWords ?? words)];
  return {
    receipt: { id, articleId: 'a1', hash: HASH, content, verbatim, rule: 'marks', engine: 'test' },
    kind,
    medium: 'spoken',
    text: words,
    verbatim: verbatim.map((span) => TEXT.slice(span.start, span.end)),
    speaker: marrow,
    sentence: words,
    sentenceSpan: content,
    paragraph: paragraphOf(content),
    utterance: 0,
    confidence: 0.9,
    article: head,
    carriers: [],
    ...rest,
  };
}

export function reaction(clause: string, over: Partial<Reaction> & Pick<Reaction, 'speaker'>): Reaction {
  return {
    stance: 'oppose',
    kind: 'indirect',
    medium: 'spoken',
    evidence: clause.split(' ')[0] ?? '',
    clause,
    clauseSpan: at(clause),
    sentence: clause,
    paragraph: paragraphOf(at(clause)),
    receipts: [],
    article: head,
    ...over,
  };
}

export const excerpt = (words: string): Excerpt => ({
  articleId: 'a1',
  hash: HASH,
  span: at(words),
  text: words,
  paragraph: paragraphOf(at(words)),
});

export const direct = quote('We are not asking permission to protect our own water,', {
  id: 'qdirect',
  where: 'in Port Hallow',
});
export const duray = reaction('rejected the plan, saying his country would defend its licensed crews', {
  speaker: { id: 2, kind: 'person', name: 'Anselm Duray', role: 'president of Vostria' },
});
export const members = reaction('calling the closure “reckless” and asking her to wait', {
  speaker: { id: 3, kind: 'group', name: 'Forty-one members of the state assembly' },
  kind: 'partial',
  medium: 'written',
  sentence:
    'Forty-one members of the state assembly wrote to Marrow on Wednesday, calling the closure “reckless” and asking her to wait.',
});
export const lawyers = reaction('the order could be challenged', {
  speaker: { id: 4, kind: 'unnamed', name: 'Some maritime lawyers' },
  stance: 'concern',
});

export const story: StoryCoverage = {
  story: {
    id: 7,
    label: 'Tarn Strait closure',
    labelIsOurs: true,
    articles: [head],
    firstAt: '2026-11-17T00:00:00.000Z',
    latestAt: '2026-11-17T00:00:00.000Z',
    outlets: [],
    topics: ['tarn strait'],
  },
  key: [
    excerpt(
      'Governor Ilse Marrow said Tuesday she will close the Tarn Strait to foreign fishing boats from Dec. 1, calling the fleet “a smuggling ring with nets.”',
    ),
  ],
  quotes: [
    direct,
    quote('calling the fleet “a smuggling ring with nets.”', {
      id: 'qpart',
      kind: 'partial',
      verbatimWords: 'a smuggling ring with nets.',
    }),
  ],
  reactions: [lawyers, duray, members],
};

export const coverage = (stories: readonly StoryCoverage[] = [story], over: Partial<Coverage> = {}): Coverage => ({
  asOf: '2026-11-22T08:00:00.000Z',
  stories,
  more: 0,
  ...over,
});
