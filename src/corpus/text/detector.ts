/** The language of a text by its letter sequences: eld's extra-small model, some 60 MB once it is loaded. */
import { eld } from 'eld/extrasmall';

export interface Sample {
  readonly text: string;
  /** How many words it has. A handful is only believed when the detector is sure. */
  readonly words: number;
}

/** Of the first thousand characters. */
export function detectedLanguage({ text, words }: Sample): string {
  const found = eld.detect(text.replace(/\p{Extended_Pictographic}|https?:\/\/\S+/gu, ' ').slice(0, 1000));
  if (!found.language) return 'und';
  return words >= 8 || found.isReliable() ? found.language : 'und';
}
