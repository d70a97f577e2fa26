/** Every answer in Spanish: none of the bot's own words is English, the source's words stay in the original. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { composeDaily } from '../../digests/daily.ts';
import { owed } from '../../src/briefing/due.ts';
import { tellOwner } from '../../src/briefing/tell.ts';
import { statusReason } from '../../src/corpus/web/answers.ts';
import type { Block, Document, Inline } from '../../src/document.ts';
import { provenDocument } from '../../src/gate.ts';
import { type Words, wordsFor, wordsIn } from '../../src/language/language.ts';
import type { Briefing } from '../../src/model.ts';
import type { Caller, Platform } from '../../src/platforms/platform.ts';
import { type Asking, NOW, openAsking } from '../support/asking.ts';

// Few words, so that hardly any of them is one of the catalogue's too.
const ARTICLE = `Kestrel opens a harbour

“We built it with our own hands,” Dagny Vreeland told reporters in Hallow.

Mayor Ottilie Brandvold rejected the harbour, calling it “a costly toy.”

Forty boat owners welcomed it.`;

const folder = mkdtempSync(join(tmpdir(), 'pullquote-spanish-'));
let asking: Asking;
const told: Document[] = [];
/** Somewhere the bot may not post, with people to tell. */
const platform = {
  problems: async (_to: unknown, locale = 'en') => [
    wordsFor({ locale, platform: 'discord' }).discord.grant('Enviar mensajes', '#anuncios'),
  ],
  tell: async (_tenant: string, _user: string, document: Document) => told.push(document) > 0,
  state: () => 'connecting',
  name: 'discord',
} as unknown as Platform;

beforeAll(async () => {
  writeFileSync(join(folder, 'kestrel.txt'), ARTICLE);
  asking = await openAsking([folder], { platforms: new Map([['discord', platform]]) });
}, 60_000);
afterAll(async () => {
  await asking.close();
  rmSync(folder, { recursive: true });
});

const reader: Partial<Caller> = {
  locale: 'es-419',
  platform: 'discord',
  tenant: 'discord:1',
  channelName: '#avisos',
  canManageAll: true,
};

/** Every question there is, with its misses and mistakes; in an order in which each finds what it needs. */
const QUESTIONS = [
  '/help',
  '/brief',
  '/brief since:2020',
  '/brief harbour',
  '/brief harbur',
  '/brief zzzz',
  '/brief harbour since:zzz',
  '/quote Vreeland',
  '/quote owners',
  '/quote zzzz',
  '/quote speaker:Vreeland topic:zzzz',
  '/quote Vreeland page:zzz',
  '/reactions harbour',
  '/reactions',
  '/reactions zzzz',
  '/topics',
  '/speakers',
  '/speakers zzzz',
  '/context q0000000000',
  '/report',
  '/report #1',
  '/report about:#1 wrong:other note:zzz',
  '/report about:#1 wrong:other',
  '/report zzzz',
  '/setup',
  '/setup channel:9',
  '/schedule list',
  '/schedule add',
  '/schedule add times:zzz',
  '/schedule add lunes',
  '/schedule add times:"diario 8:00" zone:Zzz',
  '/schedule add times:"diario 8:00" quiet:zzz',
  '/schedule add times:"diario 8:00" kind:speaker',
  '/schedule add times:"diario 8:00" kind:zzz',
  '/schedule add times:"días laborables 7:30" topic:harbour',
  '/schedule add times:"mensual 1,último 09:00" language:en',
  '/schedule list',
  '/schedule language id:2 language:español',
  '/schedule pause 1',
  '/schedule list',
  '/schedule resume 1',
  '/schedule remove 1',
  '/schedule now 99',
  '/sources list',
  '/sources add https://example.com/feed.xml',
  '/sources add https://example.com/feed.xml confirm:sí',
  '/sources add https://example.com/feed.xml',
  '/sources list',
  '/sources remove id:99',
  '/sources remove id:1',
  '/status',
  '/status why:sí',
  '/privacy export',
  '/privacy delete',
  '/privacy delete confirm:sí',
];

describe('answers in Spanish', () => {
  it.each(QUESTIONS)('%s holds no English of ours', async (line) => {
    expect(englishIn((await asking.reply(line, reader)).document)).toEqual([]);
  });

  it('opens a quote in its paragraph, words and roles as they stand there', async () => {
    const { document } = await asking.reply('/quote Vreeland', reader);
    const [statement] = document.blocks.filter((block) => block.kind === 'statement');
    const command = statement?.action && 'command' in statement.action ? statement.action.command : '';
    const opened = await asking.reply(command, reader);
    expect(englishIn(opened.document)).toEqual([]);
    expect(JSON.stringify(opened.document)).toContain('told reporters in Hallow');
    expect(JSON.stringify(document)).toContain('We built it with our own hands');
  });

  it('says who may not ask, and that something broke', async () => {
    const refused = await asking.reply('/privacy delete', { ...reader, canManage: false });
    expect(refused.document.summary).toMatch(/^\/privacidad borrar es para quienes/);
    expect(englishIn(refused.document)).toEqual([]);
  });

  it('says how to fill an empty corpus', async () => {
    const empty = await openAsking(['tests/support/nothing-here']);
    expect((await empty.reply('/brief cartels', reader)).document.summary).toContain('Todavía no hay artículos.');
    await empty.close();
  });

  it('suggests with counts', async () => {
    const offered = await asking.complete('quote', 'speaker', 'vree', reader);
    expect(offered.map(({ label }) => label)).toEqual(['Dagny Vreeland (1 cita)']);
  });

  it('is English for a reader of a language that the bot does not speak', async () => {
    expect((await asking.reply('/help', { ...reader, locale: 'de' })).document.summary).toBe(
      'Pullquote: what the bot can do',
    );
    for (const locale of ['es-ES', 'es-419', 'es-LA', 'es_MX.UTF-8', 'ES'])
      expect((await asking.reply('/help', { ...reader, locale })).document.summary).toContain('lo que el bot sabe');
  });

  it('calls commands by their names on Discord, by the English ones elsewhere', async () => {
    const help = async (platform: string) =>
      JSON.stringify((await asking.reply('/help', { ...reader, platform })).document);
    expect(await help('discord')).toContain('/resumen [tema] [desde]');
    expect(await help('slack')).toContain('/brief [topic] [since]');
    expect(await help('slack')).toContain('Un resumen breve de un tema');
  });
});

describe('what is posted', () => {
  const briefing: Briefing = {
    id: 7,
    tenant: 'discord:1',
    platform: 'discord',
    channel: '1',
    channelName: '#briefs',
    owner: 'ana',
    kind: 'daily',
    times: 'diario 08:00',
    zone: 'America/Mexico_City',
    catchUp: 'late',
    onlyNew: false,
    threads: true,
    locale: 'es',
    state: 'active',
    createdAt: '2026-11-20T00:00:00.000Z',
    settledTo: '2026-11-20T14:00:00.000Z',
    quiet: '22:00-07:00',
  };
  const dueAt = '2026-11-22T14:00:00.000Z';

  it('is in the briefing’s language: new, unchanged, empty', async () => {
    const coverage = await asking.store.coverage({ tenant: '', now: NOW.toISOString(), stories: 4 });
    const since = '2026-11-21T14:00:00.000Z';
    const input = {
      briefing,
      coverage: { ...coverage, since, more: 2 },
      shown: new Map(),
      dueAt,
      now: NOW,
      next: dueAt,
    };
    const known = new Map(coverage.stories.map(({ story }) => [story.id, '2026-12-01T00:00:00.000Z']));
    for (const edition of [
      input,
      { ...input, shown: known },
      { ...input, coverage: { ...coverage, since, stories: [], more: 0 } },
      { ...input, briefing: { ...briefing, topic: 'harbour', kind: 'topic' as const } },
    ]) {
      const { document } = composeDaily(edition);
      const proven = await provenDocument(document, asking.store, wordsFor(briefing));
      expect(englishIn(proven.document)).toEqual([]);
      expect(document.summary).toMatch(/^Boletín(?:: harbour)? · dom, 22 nov 2026: /);
    }
  });

  it('says in Spanish that it is late, merged or held', () => {
    const banner = (over: Partial<Briefing>, now: string, awake = now) => {
      const today = owed({ ...briefing, ...over }, now, awake);
      return today.kind === 'post' ? today.edition.banner : today.kind;
    };
    expect(banner({}, '2026-11-22T15:12:00.000Z')).toBe(
      'Prevista 08:00, enviada 09:12: el bot estaba fuera de línea. Se omite 1 edición anterior',
    );
    expect(banner({ catchUp: 'merge' }, '2026-11-22T15:12:00.000Z', '2026-11-01T00:00:00.000Z')).toBe(
      'Prevista 08:00, enviada 09:12: no se pudo publicar antes. 2 ediciones en una',
    );
    expect(banner({ times: 'diario 23:00', settledTo: '2026-11-22T00:00:00.000Z' }, '2026-11-22T13:01:00.000Z')).toBe(
      'Retenida por las horas de silencio (22:00-07:00)',
    );
  });

  it('tells the owner in Spanish that it stopped, or that an edition was missed', async () => {
    const log = { debug() {}, info() {}, warn() {}, error() {} };
    const gone = 'discord: could not post b7@2026-11-22T08:00#1 in channel 9 (10003: Unknown Channel)';
    await tellOwner(platform, briefing, 'stopped', gone, log);
    await tellOwner(platform, briefing, 'missed', gone, log);
    expect(told.map(({ summary }) => summary)).toEqual([
      'Tu boletín #7 (diario 08:00, #briefs) se detuvo: Discord no aceptó el mensaje en el canal 9 (10003: Unknown Channel)',
      'No se publicó una edición de tu boletín #7 (diario 08:00, #briefs): Discord no aceptó el mensaje en el canal 9 (10003: Unknown Channel)',
    ]);
    expect(JSON.stringify(told)).toContain('/boletines reanudar número:7');
  });

  it('withholds in Spanish what the source does not hold', async () => {
    const excerpt: Inline = { kind: 'excerpt', text: 'zzz', articleId: 'x', hash: 'y', span: { start: 0, end: 3 } };
    const document: Document = { summary: 'zzz', blocks: [{ kind: 'text', text: [excerpt] }] };
    const proven = await provenDocument(document, asking.store, wordsIn('es'));
    expect(JSON.stringify(proven.document)).toContain('1 pasaje retenido: las palabras ya no coinciden');
  });

  it('keeps the language of the briefing in its preview’s stamp, whoever looks', async () => {
    const { stories } = await asking.store.coverage({ tenant: '', now: NOW.toISOString(), stories: 1 });
    const coverage = { asOf: NOW.toISOString(), stories, more: 0 };
    const { document } = composeDaily({ briefing, coverage, shown: new Map(), dueAt, now: NOW });
    const composed = await provenDocument(document, asking.store, wordsIn('es'));
    const seen = await provenDocument(composed.document, asking.store, wordsIn('en'));
    expect(seen.document).toEqual(composed.document);
  });
});

describe('reasons that were written down in English', () => {
  const { reason } = wordsIn('es');
  it.each([
    [statusReason(404), 'el servidor respondió 404: no hay nada en esa dirección'],
    [statusReason(500), 'el servidor respondió 500'],
    ['paused by a member', 'por decisión de un miembro'],
    ['posted 1 message', 'publicado en 1 mensaje'],
    ['posted 3 messages, nothing new, late', 'publicado en 3 mensajes, sin novedades, con retraso'],
    ['connected', 'conectado'],
    ['a web page, not a feed', 'es una página web, no un canal RSS'],
    [
      'discord: could not post b7@2026-11-22T08:00#1 in channel 9 (10003: Unknown Channel)',
      'Discord no aceptó el mensaje en el canal 9 (10003: Unknown Channel)',
    ],
    ['something nobody has translated', 'something nobody has translated'],
  ])('%s', (english, spanish) => {
    expect(reason(english)).toBe(spanish);
  });
});

it('has no word of English but those that are Spanish too', () => {
  expect([...SPANISH].filter((word) => ENGLISH.has(word) && !ALLOWED.has(word))).toEqual([]);
});

// ------------------------------------------------------------------ what is ours in a document

/** Spanish words that are English ones too, and names, identifiers and codes. */
const ALLOWED = new Set(
  `error no terminal bot app chat corpus pullquote discord slack cartels trump iana oauth permissions invite write
   https example com feed xml rss quit export verify reports seeds english director gmt utc cst id one two`.split(
    /\s+/,
  ),
);

/** Words of the English catalogue that show in a document, but for those that may and the source's own. */
function englishIn(document: Document): string[] {
  const ours = ownWords(document).flatMap(wordsOf);
  // The folder's name is made by chance, and /sources list shows it: `-x1be2a` has an English word.
  const source = new Set(wordsOf(`${ARTICLE} ${folder}`));
  return [...new Set(ours)].filter((word) => ENGLISH.has(word) && !source.has(word) && !ALLOWED.has(word));
}

const wordsOf = (text: string): string[] => text.toLowerCase().match(/\p{L}{2,}/gu) ?? [];
const ENGLISH = new Set(phrases(wordsIn('en')).flatMap(wordsOf));
const SPANISH = new Set(phrases(wordsFor({ locale: 'es', platform: 'discord' })).flatMap(wordsOf));

/** Every string of a catalogue, those inside its functions too, from their own text. */
function phrases(words: Words): string[] {
  const found: string[] = [];
  const walk = (value: unknown): void => {
    if (typeof value === 'string') found.push(value);
    else if (typeof value === 'function') found.push(...stringsIn(String(value)));
    else if (value && typeof value === 'object') Object.values(value).forEach(walk);
  };
  const { commands: _commands, names: _names, typed: _typed, dates: _dates, ...own } = words;
  walk(own);
  return found;
}

/** The strings and the pieces of templates in code; names of commands, which stand for their local ones, left out. */
function stringsIn(written: string): string[] {
  const code = written.replace(/\b(?:command\(|option\(|commands\[)["'][^"']*["'](?:, ["'][^"']*["'])?/g, '');
  const found: string[] = [];
  let at = 0;
  const string = (mark: string) => {
    const end = code.indexOf(mark, at);
    found.push(code.slice(at, end));
    at = end + 1;
  };
  const template = () => {
    let piece = '';
    for (; at < code.length && code[at] !== '`'; at++) {
      if (code.startsWith('${', at)) {
        found.push(piece);
        piece = '';
        at += 2;
        expression();
      } else piece += code[at];
    }
    found.push(piece);
    at++;
  };
  /** To the brace that closes it, or the end. Leaves `at` on that brace. */
  const expression = () => {
    for (let open = 0; at < code.length; ) {
      const mark = code[at++] ?? '';
      if (mark === "'" || mark === '"') string(mark);
      else if (mark === '`') template();
      else if (mark === '{') open++;
      else if (mark === '}' && open-- === 0) return void at--;
    }
  };
  expression();
  return found;
}

/** The export of what is kept is data, with its own names. */
const isOurs = (one: Inline): one is Extract<Inline, { kind: 'text' | 'strong' | 'emphasis' | 'code' | 'link' }> =>
  !['verbatim', 'excerpt', 'time'].includes(one.kind) && !('text' in one && one.text.startsWith('{'));

/** All that a reader sees but the source's words and the commands that buttons carry. */
function ownWords(document: Document): string[] {
  const inlines = (some: readonly Inline[]) => some.flatMap((one) => (isOurs(one) ? [one.text] : []));
  const block = (one: Block): string[] => {
    switch (one.kind) {
      case 'heading':
      case 'text':
      case 'small':
        return inlines(one.text);
      case 'statement':
        return [...inlines([...one.who, ...one.words.flat(), ...(one.note ?? [])]), one.action?.label ?? ''];
      case 'list':
        return one.items.flatMap(inlines);
      case 'actions':
        return one.actions.map(({ label }) => label);
      case 'menu':
        return [one.placeholder, ...one.choices.flatMap(({ label, detail = '' }) => [label, detail])];
      case 'divider':
        return [];
    }
  };
  return [document.summary, ...document.blocks.flatMap(block), ...(document.thread ? ownWords(document.thread) : [])];
}
