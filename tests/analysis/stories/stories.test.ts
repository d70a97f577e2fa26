import { describe, expect, it } from 'vitest';
import { storySignature } from '../../../src/analysis/stories/stories.ts';

const quake = `A strong earthquake struck the island of Lombra early on Monday, killing at least 14 people and burying homes
in the port town of Vesk. Rescuers dug through rubble with their hands. The quake measured 6.4, the Lombra seismic
office said, and was felt across the strait in Harrow. Hospitals in Vesk asked for blood and tents.`;

const at = '2026-01-05T08:00:00.000Z';

describe('storySignature', () => {
  it('leaves masked text out', () => {
    const text = `${quake}\nSubscribe to the Zanzibar newsletter.`;
    const start = text.indexOf('Subscribe');
    const signature = storySignature({
      id: 'a',
      hash: 'h',
      tenant: '',
      origin: 'a.txt',
      label: 'Quake',
      labelIsOurs: true,
      language: 'en',
      date: { state: 'none' },
      readAt: at,
      text,
      paragraphs: [],
      masks: [{ kind: 'boilerplate', start, end: text.length }],
      posts: [],
    });
    expect(signature.terms.map(([term]) => term)).not.toContain('zanzibar');
    expect(signature.terms.map(([term]) => term)).toContain('lombra');
    expect(signature.dated).toBe(false);
  });
});
