/** Spanish over the wire: the real bot and clients, a small Discord and a small Slack on this machine. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { type Running, startBot } from '../../src/main.ts';
import { buttonsOf, type DiscordServer, startDiscordServer, textOf } from '../platforms/discord/server.ts';
import { type SlackServer, startSlackServer } from '../platforms/slack/server.ts';
import { addPerson } from '../platforms/slack/workspaces.ts';

const BRIEFS = '900000000000000100';
const CLOSED = '900000000000000101';
const data = mkdtempSync(join(tmpdir(), 'pullquote-wire-'));
let discord: DiscordServer;
let slack: SlackServer;
let running: Running;

beforeAll(async () => {
  discord = await startDiscordServer({
    channels: [
      { id: BRIEFS, name: 'avisos' },
      { id: CLOSED, name: 'cerrado', deny: ['SendMessages'] },
    ],
  });
  slack = await startSlackServer();
  addPerson(slack.workspace, { id: 'U5', name: 'eva', isAdmin: true, tz: 'America/Bogota', locale: 'es-LA' });
  addPerson(slack.workspace, { id: 'U6', name: 'kai', isAdmin: true, tz: 'Europe/Berlin', locale: 'de-DE' });
  running = await startBot({
    config: readConfig({
      DATA_DIR: data,
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.url,
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_APP_TOKEN: slack.appToken,
      SLACK_API_URL: slack.url,
      TIMEZONE: 'America/Bogota',
    }),
    log: { debug() {}, info() {}, warn() {}, error() {} },
    input: new PassThrough(),
    output: new PassThrough(),
  });
  await Promise.all([running.loaded, running.started]);
}, 60_000);
afterAll(async () => {
  await running?.stop();
  await Promise.all([discord?.stop(), slack?.stop()]);
  rmSync(data, { recursive: true, force: true });
});

const seen = (value: unknown): string => JSON.stringify(value);

describe('Discord', () => {
  const admin = { admin: true, locale: 'es-419' };
  const tenant = () => `discord:${discord.guild}`;
  const briefings = () => running.store.briefings({ tenant: tenant() });

  it('gets names, descriptions and choices for both kinds of Spanish', () => {
    const [schedule] = discord.commands().filter(({ name }) => name === 'schedule');
    expect(schedule).toMatchObject({ name_localizations: { 'es-ES': 'boletines', 'es-419': 'boletines' } });
    expect(seen(schedule)).toContain('"name":"late","name_localizations":{"es-ES":"tarde","es-419":"tarde"}');
    expect(seen(schedule)).toContain('"name":"español","value":"es"');
  });

  it.each([
    ['es-ES', 'Las palabras entre comillas están así en la fuente', 'Resumen: '],
    ['es-419', 'Las palabras entre comillas están así en la fuente', 'Resumen: '],
    ['de', 'Words in quotation marks stand in the source', 'Brief: '],
  ])('answers %s in its language', async (locale, about, button) => {
    const { message } = await discord.slash('help', {}, { locale });
    expect(textOf(message)).toContain(about);
    expect(buttonsOf(message)[0]).toContain(button);
  });

  it('quotes in the original, with Spanish around it', async () => {
    const { message } = await discord.slash('brief', { topic: 'cartels' }, { locale: 'es-ES' });
    expect(textOf(message)).toContain('> “We’re going to start now hitting land with regard to the cartels”');
    expect(textOf(message)).toContain('*en contra · paráfrasis:* condemned the idea');
    expect(textOf(message)).toContain('Citas textuales en su idioma original, 3/3 comprobadas');
    expect(buttonsOf(message)).toContain('Compartir');
    const shared = await discord.click(message, 'Compartir', { locale: 'es-ES' });
    expect(shared.ephemeral).toBe(false);
  });

  it('walks an admin from set-up to a post, all in Spanish', async () => {
    const first = await discord.slash('setup', {}, admin);
    const form = await discord.click(first.message, 'Otro canal', admin);
    expect(seen(form)).toContain('Configura un boletín paso a paso');
    expect(seen(form)).toContain('"label":"Horario"');
    const closed = await discord.submit(form, { channel: CLOSED }, admin);
    expect(textOf(closed.message)).toMatch(/“Enviar mensajes” en \\#cerrado.*Editar canal → Permisos/);
    const time = await discord.slash('setup', { channel: BRIEFS }, admin);
    const topic = await discord.pick(time.message, 'diario 08:00', admin);
    const ready = await discord.pick(topic.message, 'drug cartels', admin);
    expect(textOf(ready.message)).toContain('**Idioma** español');
    const english = await discord.click(ready.message, 'In English', admin);
    expect(textOf(english.message)).toContain('**Idioma** English');
    const started = await discord.click(ready.message, 'Empezar', admin);
    expect(textOf(started.message)).toContain('todos los días a las 08:00, America/Bogota.');
    await discord.click(started.message, 'Publicar uno ahora', admin);
    const posted = await discord.waitFor(() => discord.channel(BRIEFS).messages.at(-1));
    expect(textOf(posted)).toMatch(/^## Boletín: drug cartels · /);
    expect(textOf(posted)).toContain('Publicado a petición');
    expect((await briefings()).at(-1)).toMatchObject({ locale: 'es', times: 'diario 08:00' });
  });

  it('posts in the server’s language where its admins chose one, whoever sets it up', async () => {
    await discord.slash('schedule add', { times: 'daily 9:00' }, { admin: true, guildLocale: 'es-ES' });
    expect((await briefings()).at(-1)).toMatchObject({ locale: 'es' });
    await discord.slash('schedule add', { times: 'daily 9:00' }, { ...admin, guildLocale: 'fr' });
    expect((await briefings()).at(-1)).toMatchObject({ locale: 'en' });
  });

  it('changes the language that a briefing is posted in', async () => {
    const { id } = (await briefings()).at(-1) as { id: number };
    const changed = await discord.slash('schedule language', { id, language: 'es' }, admin);
    expect(textOf(changed.message)).toContain(`el boletín \\#${id} se publica en este idioma: español`);
    expect((await briefings()).at(-1)).toMatchObject({ locale: 'es' });
  });

  it('tells a button of another time in Spanish', async () => {
    const old = await discord.interact(
      { type: 3, data: { component_type: 2, custom_id: 'r:/frobnicate' }, message: { id: '1' } },
      { locale: 'es-ES' },
    );
    expect(textOf(old.message)).toContain('Este botón es de una versión anterior');
    expect(textOf(old.message)).toContain('/ayuda');
  });

  it('sent nothing that Discord would refuse', () => {
    expect(discord.problems).toEqual([]);
  });
});

describe('Slack', () => {
  const eva = { user: 'U5' };

  it.each([
    ['U5', 'Quién dijo qué', 'Citas textuales en su idioma original'],
    ['U6', 'Who said what', 'Quotes word for word'],
  ])('answers %s in their language', async (user, button, stamp) => {
    const answer = await (await slack.slash('/brief', 'cartels', { user })).answer();
    expect(seen(answer.blocks)).toContain(button);
    expect(seen(answer.blocks)).toContain(stamp);
    expect(seen(answer.blocks)).toContain('“We’re going to start now hitting land with regard to the cartels”');
  });

  it('shows times in Spanish where a client cannot show them in its own zone', async () => {
    const answer = await (await slack.slash('/brief', 'cartels', eva)).answer();
    expect(answer.text).toMatch(/al \d{1,2} (?:ene|feb|mar|abr|may|jun|jul|ago|sept|oct|nov|dic) \d{4}, \d\d:\d\d UTC/);
  });

  it('says in Spanish what it cannot read, and offers to choose', async () => {
    const wrong = await (await slack.slash('/schedule', 'frobnicate', eva)).answer();
    expect(seen(wrong.blocks)).toContain('Se esperaba uno de estos: /schedule add');
    const bare = await (await slack.slash('/brief', '', eva)).answer();
    expect(seen(bare.blocks)).toContain('Elegir tema');
  });

  it('understands Spanish times and answers with the next ones', async () => {
    const set = await (await slack.slash('/schedule', 'add lunes y jueves a las 7:30', eva)).answer();
    expect(seen(set.blocks)).toContain('los lunes y jueves a las 07:30, America/Bogota.');
    const [briefing] = await running.store.briefings({ tenant: 'slack:T1' });
    expect(briefing).toMatchObject({ locale: 'es', times: 'lunes y jueves a las 7:30' });
  });

  it('takes commands by their Spanish names as words of one, and topics that begin with such a word', async () => {
    const help = await (await slack.slash('/pullquote', 'ayuda', eva)).answer();
    expect(seen(help.blocks)).toContain('Las palabras entre comillas');
    await slack.direct('error cartels', { ...eva, channel: 'D1' });
    const reply = await slack.waitFor(() => slack.channel('D1').messages.at(-1), 'a reply');
    expect(seen(reply)).toContain('Ningún artículo coincide con ');
  });

  it('opens forms in Spanish', async () => {
    await slack.slash('/context', '', eva);
    const view = await slack.waitFor(() => slack.view()?.view, 'a form');
    expect(view).toMatchObject({
      title: { text: 'Contexto' },
      submit: { text: 'Aceptar' },
      close: { text: 'Cancelar' },
    });
    expect(seen(view.blocks)).toContain('El comprobante de una cita');
    expect(seen(view.blocks)).toContain('Por ejemplo: q3f9a1c2d4e');
  });

  it('greets in the Home tab, with briefings and help', async () => {
    await slack.event({ type: 'app_home_opened', user: 'U5', channel: 'D5', tab: 'home' });
    const home = seen(await slack.waitFor(() => slack.home('U5'), 'the Home tab'));
    for (const words of ['Empieza aquí', 'Configurar', 'Boletines', 'Un resumen breve de un tema'])
      expect(home).toContain(words);
  });
});
