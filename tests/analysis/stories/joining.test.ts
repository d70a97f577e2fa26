import { describe, expect, it } from 'vitest';
import { comparable } from '../../../src/analysis/stories/comparable.ts';
import { chooseStory, type StoryCandidate } from '../../../src/analysis/stories/joining.ts';
import { signatureOf } from '../../../src/analysis/stories/stories.ts';

const quake = `A strong earthquake struck the island of Lombra early on Monday, killing at least 14 people and burying homes
in the port town of Vesk. Rescuers dug through rubble with their hands. The quake measured 6.4, the Lombra seismic
office said, and was felt across the strait in Harrow. Hospitals in Vesk asked for blood and tents.`;
const quakeElsewhere = `At least 14 people were killed in Lombra when a 6.4 earthquake flattened houses in Vesk on Monday. Rescue teams
from Harrow crossed the strait with dogs and tents as hospitals in Vesk ran out of blood, officials of the Lombra seismic office said.`;
const otherQuake = `A moderate earthquake shook the mountain province of Tarn on Monday. It measured 5.1 and nobody was hurt in the
villages around Lake Ossel, the province's governor said, though some chimneys fell and schools were closed for the day.`;
const budget = `The senate of Orland passed a budget on Monday that raises the fuel tax. Farmers blocked roads in protest,
and the finance minister, Ilse Brandt, said that the tax would pay for schools and railways over ten years.`;

const at = '2026-01-05T08:00:00.000Z';
const counts = { articles: 4, withTerm: [] };
const signed = (title: string, text: string, when = at, dated = true) =>
  comparable({ ...signatureOf(title, text), at: when, dated });
const candidate = (storyId: number, signature: StoryCandidate['signature']): StoryCandidate => ({
  articleId: `a${storyId}`,
  storyId,
  signature,
});
const first = candidate(1, signed('Earthquake kills 14 on Lombra', quake));
const second = candidate(2, signed('Orland senate passes budget', budget));

describe('chooseStory', () => {
  it('joins another report of the same event', () => {
    expect(chooseStory(signed('Lombra quake: 14 dead in Vesk', quakeElsewhere), [first, second], counts)).toEqual({
      storyId: 1,
    });
  });

  it('keeps another event of the same kind apart', () => {
    expect(chooseStory(signed('Earthquake shakes Tarn', otherQuake), [first, second], counts)).toBeUndefined();
  });

  it('names the original of a copy, even when it comes late and cut short', () => {
    const late = signed('Quake on Lombra', quake.slice(0, 230), '2026-03-01T00:00:00.000Z');
    expect(chooseStory(late, [first, second], counts)).toEqual({ storyId: 1, copyOf: 'a1' });
  });

  it('begins a story when the days are far apart', () => {
    const later = signed('Lombra quake: 14 dead in Vesk', quakeElsewhere, '2026-02-20T00:00:00.000Z');
    expect(chooseStory(later, [first, second], counts)).toBeUndefined();
  });

  it('lets an undated article join: nothing is known against it', () => {
    const undated = signed('Lombra quake: 14 dead in Vesk', quakeElsewhere, '2026-02-20T00:00:00.000Z', false);
    expect(chooseStory(undated, [first, second], counts)).toEqual({ storyId: 1 });
  });

  it('begins a story for a text without words', () => {
    expect(chooseStory(signed('', '…'), [first, second], counts)).toBeUndefined();
    expect(chooseStory(signed('', ''), [], { articles: 0, withTerm: [] })).toBeUndefined();
  });

  it('weighs a term by how many articles hold it, where that was counted', () => {
    const quakes = signed('Lombra quake: 14 dead in Vesk', quakeElsewhere);
    const known = new Set(first.signature.terms);
    // What the two have in common is in every article here, what this one has alone in hardly any.
    const everyArticle = { articles: 5000, withTerm: Array.from(quakes.terms, (term) => (known.has(term) ? 5000 : 1)) };
    expect(chooseStory(quakes, [first, second], { articles: 5000, withTerm: [] })).toEqual({ storyId: 1 });
    expect(chooseStory(quakes, [first, second], everyArticle)).toBeUndefined();
  });
});
