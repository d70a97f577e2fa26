import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commands } from '../../../commands/index.ts';
import { shapeOf } from '../../../src/command.ts';
import { languages, wordsFor } from '../../../src/language/language.ts';
import { answerModal, form, formValues, readOrigin } from '../../../src/platforms/slack/forms.ts';
import { viewProblems } from './blockkit.ts';

const real = commands.map(shapeOf);
const english = wordsFor({ locale: 'en', platform: 'slack' });
const origin = { command: 'brief', channel: 'C1', responseUrl: 'https://hooks.example/1' };

describe('forms', () => {
  const shapes = real.filter(({ options }) => options.length > 0);
  it.each(languages.flatMap((locale) => shapes.map((shape) => [shape.name, locale, shape] as const)))(
    '/%s in %s is one that Slack takes, empty and filled with anything',
    (_, locale, shape) => {
      const said = wordsFor({ locale, platform: 'slack' });
      expect(viewProblems(form(shape, {}, origin, said))).toEqual([]);
      fc.assert(
        fc.property(
          fc.dictionary(fc.constantFrom(...shape.options.map(({ name }) => name)), fc.string({ maxLength: 400 })),
          (given) => {
            expect(viewProblems(form(shape, given, origin, said))).toEqual([]);
          },
        ),
        { numRuns: 20 },
      );
    },
  );

  it('remember where they came from, without what does not fit', () => {
    expect(readOrigin(answerModal([], origin, english).private_metadata)).toEqual(origin);
    const far = { ...origin, responseUrl: `https://hooks.example/${'x'.repeat(3000)}` };
    expect(readOrigin(answerModal([], far, english).private_metadata)).toEqual({ command: 'brief', channel: 'C1' });
    for (const foreign of ['', '{', 'null', '[]', '{"command":1}', undefined])
      expect(readOrigin(foreign)).toBeUndefined();
  });

  it('give back what was typed and leave out what was not', () => {
    expect(
      formValues({
        topic: { a: { value: 'cartels' } },
        since: { a: { value: null } },
        kind: { a: { selected_option: { value: 'daily' } } },
        zone: { a: { selected_option: null } },
        channel: { a: { selected_conversation: 'C1' } },
      }),
    ).toEqual({ topic: 'cartels', kind: 'daily', channel: 'C1' });
  });
});
