import { describe, expect, it } from 'vitest';
import { memberOf } from '../../../src/analysis/stories/cluster-stream.ts';
import { clusterArticles } from '../../../src/analysis/stories/clusters.ts';

const quake = [
  [
    'Earthquake kills 14 on Lombra',
    'A strong earthquake struck the island of Lombra early on Monday, killing at least 14 people and burying homes in the port town of Vesk. Rescuers dug through rubble with their hands. The quake measured 6.4, the Lombra seismic office said.',
  ],
  [
    'Rescuers search Vesk after quake',
    'At least 14 people were killed in Lombra when a 6.4 earthquake flattened houses in Vesk on Monday. Rescue teams dug with dogs as hospitals in Vesk ran out of blood, officials of the Lombra seismic office said.',
  ],
  [
    'Vesk counts its dead',
    'Hospitals in Vesk asked for blood and tents after the earthquake of magnitude 6.4 that killed 14 people on Lombra. Rescuers were still digging in the port on Monday evening, the seismic office said.',
  ],
] as const;
const otherQuake = [
  [
    'Earthquake shakes Tarn',
    'A strong earthquake struck the mountain province of Tarn early on Monday, killing at least 3 people and burying homes near Lake Ossel. Rescuers dug through rubble with their hands. The quake measured 5.1, the governor of Tarn said.',
  ],
  [
    'Three dead near Lake Ossel',
    'At least 3 people were killed in Tarn when a 5.1 earthquake flattened houses at Lake Ossel on Monday. Rescue teams dug with dogs and schools were closed, the office of the governor of Tarn said.',
  ],
  [
    'Tarn closes schools after quake',
    'Schools in Tarn stayed closed after the earthquake of magnitude 5.1 that killed 3 people at Lake Ossel. Rescuers were still digging in the villages on Monday evening, the governor said.',
  ],
] as const;
const budget = [
  'Orland senate passes budget',
  'The senate of Orland passed a budget on Monday that raises the fuel tax. Farmers blocked roads in protest, and the finance minister, Ilse Brandt, said that the tax would pay for schools and railways over ten years.',
] as const;

const day = '2026-01-05';
const members = (articles: readonly (readonly [title: string, text: string])[], date: string | null = day) =>
  articles.map(([title, text]) => memberOf(title, text, date));

describe('clusterArticles', () => {
  it('keeps two events of one kind apart, with and without dates', () => {
    const mixed = [quake[0], otherQuake[0], quake[1], budget, otherQuake[1], quake[2], otherQuake[2]];
    expect(clusterArticles(members(mixed))).toEqual([0, 1, 0, 2, 1, 0, 1]);
    expect(clusterArticles(members(mixed, null))).toEqual([0, 1, 0, 2, 1, 0, 1]);
  });

  it('puts a copy where its original is, whenever it came', () => {
    const late = memberOf('Earthquake kills 14 on Lombra', quake[0][1], '2026-03-01');
    expect(clusterArticles([...members([quake[0], budget]), late])).toEqual([0, 1, 0]);
  });

  it('makes two stories of like news weeks apart', () => {
    const again =
      'Farmers blocked roads in Orland again as the senate voted on the fuel tax. Ilse Brandt, the finance minister, defended a budget that pays for schools.';
    const later = memberOf('Orland senate votes on budget', again, '2026-03-01');
    expect(clusterArticles([...members([budget]), later])).toEqual([0, 1]);
  });

  it('leaves no article alone that hundreds of others tell the event of', () => {
    const told = [
      ...quake.flatMap(([, text]) => text.split(/(?<=\D\.) /)),
      'Aid ships left for Lombra.',
      'Power was out in Vesk.',
    ];
    const reports = Array.from({ length: 250 }, (_, i): [string, string] => [
      `Vesk after the quake, ${i}`,
      [0, 1, 2, 3, 4].map((k) => told[(i * (k + 2) + (i >> 4) * k) % told.length]).join(' '),
    ]);
    const groups = clusterArticles(members([...reports, budget]));
    const sizes = [...Map.groupBy(groups, (group) => group).values()].map(({ length }) => length);
    expect(sizes.filter((size) => size < 4)).toEqual([1]);
    expect(groups.filter((group) => group === groups[250])).toHaveLength(1);
  });

  it('takes a collection of nothing, of one, and of articles without words', () => {
    expect(clusterArticles([])).toEqual([]);
    expect(clusterArticles(members([budget]))).toEqual([0]);
    expect(clusterArticles(members([['', ''], ['', '…'], budget]))).toEqual([0, 1, 2]);
  });
});
