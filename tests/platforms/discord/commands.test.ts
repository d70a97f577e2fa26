import { expect, it } from 'vitest';
import { commands } from '../../../commands/index.ts';
import { shapeOf } from '../../../src/command.ts';
import { languages, wordsIn } from '../../../src/language/language.ts';
import { applicationCommands, type CommandOption } from '../../../src/platforms/discord/commands.ts';
import { formOf } from '../../../src/platforms/discord/forms.ts';
import { checkBody } from './check.ts';

const all = applicationCommands(commands.map(shapeOf));

it('declares our real commands as Discord takes them', () => {
  expect(checkBody('commands', all)).toEqual([]);
});

it('asks for the right to manage the server where every part of a command needs it', () => {
  const gated = all.filter((one) => one.default_member_permissions !== null).map(({ name }) => name);
  expect(gated).toEqual(['setup', 'privacy']);
});

it('has no two names alike in any language', () => {
  const check = (options: readonly Pick<CommandOption, 'name' | 'name_localizations' | 'options'>[]) => {
    for (const locale of languages.flatMap((language) => wordsIn(language).discordLocales)) {
      const names = options.map((one) => one.name_localizations?.[locale] ?? one.name);
      expect(names).toEqual([...new Set(names)]);
    }
    for (const one of options) check(one.options ?? []);
  };
  check(all);
});

it('translates every command, and nothing that is not there', () => {
  const shapes = commands.map(shapeOf);
  const names = new Set(shapes.flatMap(({ name }) => [name, name.split(' ')[0] ?? name]));
  const keys = new Set([
    ...names,
    ...shapes.flatMap(({ name, options }) => options.map((one) => `${name}.${one.name}`)),
  ]);
  for (const { commands: table } of languages.filter((one) => one !== 'en').map(wordsIn)) {
    expect(Object.keys(table).filter((key) => !keys.has(key))).toEqual([]);
    expect([...keys].filter((key) => !table[key]?.name || !table[key]?.summary)).toEqual([]);
    for (const { name, options } of shapes)
      for (const { name: option, choices = [], labels } of options)
        if (!labels) expect(Object.keys(table[`${name}.${option}`]?.choices ?? {})).toEqual(choices);
  }
});

it('names every form in whole words that fit, in every language', () => {
  for (const said of languages.map(wordsIn))
    for (const shape of commands.map(shapeOf)) {
      const { title } = formOf(shape, {}, 'f:/x', said);
      expect(title).toMatch(/^.{3,45}$/);
      expect(title).not.toContain('…');
    }
});
