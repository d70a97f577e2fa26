import { expect, it } from 'vitest';
import { languageOf } from '../../src/corpus/text/language.ts';

let threads = 0;
process.on('worker', () => threads++);

it('asks the detector only where English is not plain: it holds some 60 MB', async () => {
  const names = Array.from({ length: 90 }, (_, i) => `Mara Quist${'abcdefghij'[i % 10]}`).join(', ');
  const english = [
    `${names}. Those are the delegates of the party and who they named to speak for them. The list was sent to the press.`,
    // No word that English has alone, but two that no other language has both.
    'Photo colorization by Mara Quist for Library; original image: Hall of Records '.repeat(9),
    'total 121% advance 700,444 ballots cast over 13 days of early voting Race to watch House District 4 '.repeat(9),
  ];
  for (const text of english) expect(await languageOf(text)).toBe('en');
  expect(threads).toBe(0);
  expect(await languageOf('Le président a déclaré lundi que le pays n’accepterait aucune décision unilatérale.')).toBe(
    'fr',
  );
  expect(threads).toBe(1);
});
