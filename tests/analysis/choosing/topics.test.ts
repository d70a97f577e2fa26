import { describe, expect, it } from 'vitest';
import { findTopics } from '../../../src/analysis/choosing/topics.ts';
import { singular } from '../../../src/analysis/text/singular.ts';
import { tagText } from '../../../src/analysis/text/tag.ts';

const article = {
  title: 'Norway raises fuel tax as farmers block roads',
  text: `Farmers blocked roads across Norway on Thursday after the senate of Norway voted for a higher fuel tax, officials said.
The fuel tax will pay for railways, finance minister Ilse Brandt told reporters. Many farmers fear that the tax will ruin them.
Diesel prices have doubled in three years, according to a report. “We cannot pay,” said Tom Reyes, who leads the farmers of Vesk.
The European Union has asked Norway to cut carbon emissions. The European Union pays part of the railways.
Last year carbon emissions in Norway rose by 4 percent, U.S. officials said.`,
};
const labels = ({ text, title }: { text: string; title?: string }) =>
  findTopics(tagText(text), title === undefined ? {} : { title }).map(({ label }) => label);

describe('findTopics', () => {
  it('names what an editor would list', () => {
    expect(labels(article)).toEqual(expect.arrayContaining(['fuel tax', 'farmers', 'Norway', 'carbon emissions']));
  });

  it('leaves out days, amounts, people and who reported it', () => {
    expect(labels(article).join('|')).not.toMatch(/thursday|years?\b|percent|officials|Brandt|Reyes|report/i);
  });

  it('folds keys, one for singular and plural, and points at the mentions in order', () => {
    const topics = findTopics(tagText(article.text), { title: article.title });
    const emissions = topics.find(({ label }) => label === 'carbon emissions');
    expect(emissions?.key).toBe('carbon emission');
    expect(emissions?.spans.map(({ start, end }) => article.text.slice(start, end))).toEqual([
      'carbon emissions',
      'carbon emissions',
    ]);
    expect(topics[0]?.weight).toBe(1);
  });

  it('counts "the cartels" as drug cartels when no other kind stands beside them', () => {
    const text = `Ships were sent against drug cartels on Monday. The cartels move drugs by boat. Soldiers fear the cartels, a captain said.`;
    const [first] = findTopics(tagText(text), { title: 'Navy goes after drug cartels' });
    expect(first).toMatchObject({ key: 'drug cartel', label: 'drug cartels' });
    expect(first?.spans).toHaveLength(3);
  });

  it.each([
    // A word of a longer name, and an adjective with a capital, name nothing alone.
    ['The European Union met. The Union wants more. The Union spoke.', /^Union$/],
    ['The Ways and Means Committee met. The Ways and Means Committee voted.', /^Means/],
    ['The Black vote matters. A Black voter and a Black mayor said so.', /^Black$/],
    ['Everyone knows the book. The book is out, and everyone reads the book. Everyone.', /book|everyone/i],
    ['KY senators met. The KY plan failed in KY.', /^KY$/],
  ])('takes no fragment for a topic: %s', (text, fragment) => {
    expect(labels({ text }).filter((label) => fragment.test(label))).toEqual([]);
  });

  it('takes a town or a state for a topic only where the news is about it', () => {
    const text = `The board of schools voted in Ohio on Monday for a longer school year, as Texas and Ohio State teachers had asked.
Teachers in Ohio said that the school year is too short. In Ohio, teachers have fought for a school year of forty weeks since 2019.
A longer school year was tried in Texas. The school year there is now forty weeks, and teachers in Texas like it.`;
    expect(labels({ title: 'Board votes for a longer school year', text })).not.toContain('Ohio');
    expect(labels({ title: 'Board votes for a longer school year', text })).not.toContain('Texas');
    expect(labels({ title: 'Ohio votes for a longer school year', text })).toContain('Ohio');
    expect(
      labels({ title: 'Board votes for a longer school year', text: text.replaceAll('Ohio', 'Norway') }),
    ).toContain('Norway');
  });

  it('writes abbreviations without dots', () => {
    const text = 'The F.B.I. came on Monday. Agents of the F.B.I. left. The F.B.I. said nothing.';
    expect(labels({ text })).toContain('FBI');
  });

  it('takes no unit and nobody in general for a topic, only a thing that they end', () => {
    const text =
      'Barrels were sold. The barrels went by ship. Barrels, barrels and barrels. Activists met. The activists and other activists left. A stock split came. The stock split helped. Activists cheered the stock split.';
    expect(findTopics(tagText(text), { title: 'Barrels, activists and a stock split' }).map(({ key }) => key)).toEqual([
      'stock split',
    ]);
  });

  it('takes time in proportion to the length, however many kinds of a thing are told apart', () => {
    const letter = (n: number, unit: number) => String.fromCharCode(97 + (Math.floor(n / unit) % 26));
    const kind = (n: number) => `k${letter(n, 1)}${letter(n, 26)}${letter(n, 676)}`;
    const seconds = (kinds: number): number => {
      const text = Array.from({ length: kinds }, (_, n) => `They saw the ${kind(n)} cartel. `).join('');
      const tagged = tagText(text);
      const start = process.threadCpuUsage();
      findTopics(tagged, { names: [] });
      const { user, system } = process.threadCpuUsage(start);
      return (user + system) / 1e6;
    };
    seconds(1000);
    expect(seconds(16_000)).toBeLessThan(3 * seconds(8000) + 0.1);
  });

  it('finds none in nothing', () => {
    expect(labels({ text: '' })).toEqual([]);
    expect(labels({ text: '… 12 %\n— !' })).toEqual([]);
  });
});

it.each([
  ['cartels', 'cartel'],
  ['policies', 'policy'],
  ['taxes', 'tax'],
  ['viruses', 'virus'],
  ['women', 'woman'],
  ['news', 'news'],
  ['crisis', 'crisis'],
  ['congress', 'congress'],
  ['matches', 'match'],
  // Every object has a property of this name.
  ['constructor', 'constructor'],
])('the singular of %s is %s', (plural, one) => {
  expect(singular(plural)).toBe(one);
});
