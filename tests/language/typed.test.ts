/** What people type, understood in every language that the bot speaks. */
import { describe, expect, it } from 'vitest';
import { commands } from '../../commands/index.ts';
import { parseCommandText, shapeOf } from '../../src/command.ts';
import { languageOf, wordsIn } from '../../src/language/language.ts';
import { meansEverything } from '../../src/language/typed.ts';
import { parseQuiet } from '../../src/quiet.ts';
import { describe as inWords, parseSchedule } from '../../src/schedule.ts';
import { readSince } from '../../src/since.ts';

describe('schedules in Spanish', () => {
  it.each([
    ['diario 08:00', 'daily 08:00'],
    ['todos los días a las 8', 'daily 8:00'],
    ['cada día a las 7:30 de la tarde', 'daily 19:30'],
    ['días laborables 7:30', 'weekdays 7:30'],
    ['Días laborables a las 7:30', 'weekdays 7:30'],
    ['de lunes a viernes a las 9', 'weekdays 9:00'],
    ['lunes a viernes 9:00', 'mon-fri 9:00'],
    ['entre semana 8h', 'weekdays 8:00'],
    ['fines de semana 10:00', 'weekends 10:00'],
    ['lun,jue 18:00', 'mon,thu 18:00'],
    ['lunes y jueves a las 18:00', 'mon,thu 18:00'],
    ['los martes y los sábados a las 6 de la mañana', 'tue,sat 6:00'],
    ['mié 12:00', 'wed 12:00'],
    ['domingo al mediodía', 'sun noon'],
    ['domingo mediodía', 'sun noon'],
    ['diario a medianoche', 'daily midnight'],
    ['cada 2h', 'every 2h'],
    ['cada 2 horas', 'every 2h'],
    ['cada dos horas de 9 a 17', 'every 2h 9-17'],
    ['cada media hora', 'every 30m'],
    ['cada 30 minutos', 'every 30m'],
    ['cada hora 9-17', 'hourly 9-17'],
    ['cada hora de 9 a 17', 'hourly 9-17'],
    ['mensual 1 09:00', 'monthly 1 09:00'],
    ['mensual 1,15 09:00', 'monthly 1,15 09:00'],
    ['el 1 de cada mes a las 9:00', 'monthly 1 9:00'],
    ['el último día de cada mes a las 9:00', 'monthly last 9:00'],
    ['diario 8:00,18:00', 'daily 8:00,18:00'],
    ['lunes 8 am', 'mon 8am'],
  ])('%s', (spanish, english) => {
    expect(parseSchedule(spanish)).toEqual(parseSchedule(english));
    expect(parseSchedule(english)).toHaveProperty('schedule');
  });

  it.each([
    ['daily 08:00,18:00', 'todos los días a las 08:00 y 18:00'],
    ['daily 1:00', 'todos los días a la 01:00'],
    ['weekdays 7:30', 'de lunes a viernes a las 07:30'],
    ['mon,wed,fri 7:30', 'los lunes, miércoles y viernes a las 07:30'],
    ['weekends 10:00', 'los sábados y domingos a las 10:00'],
    ['every 2h', 'cada 2 horas'],
    ['hourly 9-17', 'cada hora de 09:00 a 17:00'],
    ['every 30m', 'cada 30 minutos'],
    ['monthly 1 09:00', 'el día 1 de cada mes a las 09:00'],
    ['monthly 1,15 09:00', 'los días 1 y 15 de cada mes a las 09:00'],
    ['monthly last 09:00', 'el último día de cada mes a las 09:00'],
    ['0 8 1 1,7 *', 'el día 1 del mes en enero y julio a las 08:00'],
  ])('%s is told as %s', (typed, told) => {
    const read = parseSchedule(typed);
    expect('schedule' in read && inWords(read.schedule, wordsIn('es'))).toBe(told);
  });

  it('are told in the reader’s words what is wrong with them, and what they may have meant', () => {
    const problem = (typed: string) => {
      const read = parseSchedule(typed, wordsIn('es'));
      return 'problem' in read ? read.problem : '';
    };
    expect(problem('lunes')).toBe('se esperaba una hora del día, se recibió solo "lunes". Prueba: lunes 08:00');
    expect(problem('diaro 08:00')).toContain('¿Quisiste decir "diario"?');
    expect(problem('cada 7 minutos')).toContain('se recibió cada 7 minutos');
    expect(problem('cada 1 minuto')).toContain('Prueba: cada 30m');
    expect(problem('60 8 * * *')).toContain('minuto: se esperaba de 0 a 59');
  });
});

describe('since in Spanish', () => {
  const now = new Date('2026-11-22T18:00:00Z');
  it.each([
    ['ayer', 'yesterday'],
    ['hoy', 'today'],
    ['3 días', '3d'],
    ['hace 3 días', '3d'],
    ['hace 2 semanas', '2w'],
    ['5 horas', '5h'],
    ['la semana pasada', 'last week'],
    ['el mes pasado', 'last month'],
    ['el año pasado', 'last year'],
    ['último año', 'last year'],
    ['lunes', 'monday'],
    ['el miércoles pasado', 'wednesday'],
    ['3d', '3d'],
    ['2026-01-01', '2026-01-01'],
  ])('%s', (spanish, english) => {
    expect(readSince(spanish, now, 'America/Mexico_City')).toBe(readSince(english, now, 'America/Mexico_City'));
    expect(readSince(spanish, now, 'America/Mexico_City')).toBeDefined();
  });

  it('is undefined for words that mean no time', () => {
    expect(readSince('algún día', now, 'UTC')).toBeUndefined();
  });
});

it('reads quiet hours and everything', () => {
  expect(parseQuiet('de 22:00 a 7:00')).toEqual(parseQuiet('22:00-7:00'));
  expect(parseQuiet('22 hasta 7')).toEqual(parseQuiet('22-7'));
  expect(['Todo', 'todo', 'everything'].map(meansEverything)).toEqual([true, true, true]);
  expect(meansEverything('todos')).toBe(false);
});

it('finds a language by its locale, and speaks English to the others', () => {
  expect(['es', 'es-ES', 'es-419', 'es_MX.UTF-8', 'ES'].map(languageOf)).toEqual(['es', 'es', 'es', 'es', 'es']);
  expect(['en-GB', 'de', 'est', 'C', 'C.UTF-8', 'POSIX', ''].map(languageOf)).toEqual(Array(7).fill('en'));
});

describe('commands by their Spanish names, where people type them', () => {
  const shapes = commands.map(shapeOf);
  it.each([
    ['/resumen cartels', '/brief cartels'],
    ['resumen tema:drug cartels desde:3d', '/brief topic:drug cartels since:3d'],
    ['/cita quién:sheinbaum página:2', '/quote speaker:sheinbaum page:2'],
    ['/cita quien:sheinbaum', '/quote speaker:sheinbaum'],
    ['/boletines', '/schedule'],
    ['/boletines añadir diario 08:00 idioma:español', '/schedule add diario 08:00 language:español'],
    ['/Boletines anadir horario:lunes 9:00', '/schedule add times:lunes 9:00'],
    ['/schedule pausar 1', '/schedule pause 1'],
    ['/ayuda', '/help'],
  ])('%s', (spanish, english) => {
    const read = parseCommandText(spanish, shapes);
    expect(read).toEqual(parseCommandText(english, shapes));
    expect(read).toHaveProperty('command');
  });

  it('leave English names alone', () => {
    expect(parseCommandText('/topics', shapes)).toMatchObject({ command: 'topics' });
    expect(parseCommandText('/brief error', shapes)).toMatchObject({ command: 'brief', options: { topic: 'error' } });
  });
});
