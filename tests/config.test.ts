import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from '../src/config.ts';

describe('settings', () => {
  it('are all optional', () => {
    expect(readConfig({})).toMatchObject({ CORPUS: 'seeds', DATA_DIR: 'data', HOST: '127.0.0.1', LOG_LEVEL: 'info' });
  });

  it('count as unset when empty, so that .env.example can be copied as it is', () => {
    expect(readConfig({ CORPUS: '', PORT: ' ', TIMEZONE: '' })).toEqual(readConfig({}));
  });

  it('report every problem at once, each with what was expected and what came', () => {
    const problems = () =>
      readConfig({ TIMEZONE: 'Paris', PORT: 'many', DATABASE_URL: 'mysql://x', SLACK_BOT_TOKEN: 'xoxb-1' });
    expect(problems).toThrow(ConfigError);
    expect(problems).toThrow(/TIMEZONE: expected an IANA time zone such as "Europe\/Paris", got "Paris"/);
    expect(problems).toThrow(/DATABASE_URL: expected an address such as/);
    expect(problems).toThrow(/PORT: /);
    expect(() => readConfig({ SLACK_BOT_TOKEN: 'xoxb-1' })).toThrow(
      /SLACK_APP_TOKEN: expected a value because SLACK_BOT_TOKEN is set/,
    );
  });

  it('take the terminal’s language from the machine, in its own order, unless LOCALE says another', () => {
    expect(readConfig({}).LOCALE).toBe('en');
    expect(readConfig({ LANG: 'es_MX.UTF-8' }).LOCALE).toBe('es_MX.UTF-8');
    expect(readConfig({ LANG: 'es_MX.UTF-8', LC_ALL: 'C' }).LOCALE).toBe('C');
    expect(readConfig({ LANG: 'es_MX.UTF-8', LC_ALL: 'C', LOCALE: 'es' }).LOCALE).toBe('es');
  });

  it('are each explained in .env.example, and nothing else is', () => {
    const file = readFileSync(join(import.meta.dirname, '..', '.env.example'), 'utf8');
    const named = [...file.matchAll(/^([A-Z_]+)=/gm)].map((match) => match[1]).sort();
    const source = readFileSync(join(import.meta.dirname, '..', 'src', 'config.ts'), 'utf8');
    const read = [...source.matchAll(/^ {2}([A-Z_]+):/gm)].map((match) => match[1]).sort();
    expect(named).toEqual(read);
  });
});
