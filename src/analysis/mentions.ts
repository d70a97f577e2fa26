/** Speakers as printed, without any resolution: one speaker for each different wording. */
import type { FoundSpeaker } from '../model.ts';
import { spanOf } from './quotes.ts';
import type { Relation, Tagged } from './types.ts';

export interface ResolvedSpeakers {
  readonly speakers: FoundSpeaker[];
  /** Index into `speakers` for each relation. */
  readonly ofRelation: (number | undefined)[];
  /** 0 to 1 for each relation. */
  readonly confidence: number[];
}

export function resolveSpeakers(tagged: Tagged, relations: readonly Relation[]): ResolvedSpeakers {
  const speakers: FoundSpeaker[] = [];
  const byName = new Map<string, number>();
  const ofRelation = relations.map(({ source }) => {
    if (source === undefined) return undefined;
    const span = spanOf(tagged, source);
    const name = tagged.tokens.text.slice(span.start, span.end);
    const known = byName.get(name);
    if (known !== undefined) {
      (speakers[known]!.mentions as { start: number; end: number }[]).push(span);
      return known;
    }
    byName.set(name, speakers.length);
    speakers.push({ kind: 'person', name, aliases: [], mentions: [span] });
    return speakers.length - 1;
  });
  return { speakers, ofRelation, confidence: relations.map(({ confidence }) => confidence) };
}
