/** What the steps of the analysis hand to each other. Token ranges are `[first, last]`, both inside. */
import type { CueClass } from '../../model.ts';
import type { Marks } from './marks.ts';
import type { Sentences } from './sentences.ts';
import type { Tokens } from './tokens.ts';

/** An article's text with all that is known of its tokens: the ground every later step stands on. */
export interface Tagged {
  readonly tokens: Tokens;
  readonly marks: Marks;
  readonly sentences: Sentences;
  /** Part of speech of each token: an index into `TAGS` of `pos.ts`. */
  readonly tags: Uint8Array;
}

/** Tokens `first` to `last`, both inside. */
export interface Range {
  readonly first: number;
  readonly last: number;
}

/** Where the words of the source of a relation were found. */
export type SourceOrigin =
  /** Beside the cue. */
  | 'near'
  /** Carried on from the statement before: a floating quotation, or one that runs over paragraphs. */
  | 'continued'
  /** "NAME:" at the start of a line. */
  | 'transcript'
  /** No words name it. */
  | 'none';

/**
 * Why a content is not told as its source's words: nobody says that it was said ("never said", "if she says", "could
 * have said"); the source would not say it; or the source denies it.
 */
export type Unsaid = 'not said' | 'withheld' | 'denied';

/** One attribution: these words, reported by this cue, from this source. */
export interface Relation {
  readonly cue?: Range;
  readonly cueClass?: CueClass;
  /** The words that name the source ("Mr. Trump", "he", "72 House Democrats"). */
  readonly source?: Range;
  readonly origin: SourceOrigin;
  /** The contents in reading order: at least one; pieces split by the attribution, or by paragraphs. */
  readonly content: readonly Range[];
  /** 0 to 1: how sure it is that `source` is the source of this content. */
  readonly confidence: number;
  readonly rule: string;
  /** Absent where the source did say it: the rest makes no quote. */
  readonly unsaid?: Unsaid;
}
