import { z } from 'zod';
import { AskError, clip } from '../src/command.ts';
import { actions, code, heading, list, type Phrase, paragraph, run, small, strong, time } from '../src/document.ts';
import { type Words, wordsFor } from '../src/language/language.ts';
import type { SourcePreview } from '../src/services.ts';
import type { Source } from '../src/store/store.ts';
import { define } from './shared.ts';

export const sourcesList = define({
  name: 'sources list',
  summary: 'Where the articles come from, and how each is doing',
  options: z.object({}),
  async run(_options, caller, { store, corpus }) {
    const said = wordsFor(caller);
    const all = await store.sources(caller.tenant);
    const stats = await store.stats(caller.tenant);
    return {
      summary: `${said.count.sources(all.length + corpus.entries.length)}, ${said.count.articles(stats.articles)}`,
      blocks: [
        heading(said.sources.title),
        paragraph(said.sources.inAll(stats.articles, corpus.loading())),
        list([
          ...corpus.entries.map((entry) => [strong(entry), said.sources.fromOperator]),
          ...all.map((source) => line(source, said)),
        ]),
        ...(stats.problems > 0 ? [small(said.sources.unread(stats.problems))] : []),
        ...(caller.canManage ? [actions({ kind: 'form', label: said.press.addSource, command: '/sources add' })] : []),
      ],
    };
  },
});

function line(source: Source, said: Words): Phrase {
  const why =
    source.state === 'failing' ? `: ${source.reason ? said.reason(source.reason) : said.sources.unknown}` : '';
  return [
    strong(source.title ?? source.address),
    ...said.sources.line({
      kind: source.memo?.isList ? said.sources.kind.list : said.sources.kind[source.kind],
      articles: source.articles,
      state: `${said.sources.state[source.state]}${why}`,
      id: source.id,
      ...(source.checkedAt ? { checked: time(source.checkedAt, 'relative') } : {}),
      ...(source.state === 'failing' && source.nextAt ? { next: time(source.nextAt, 'relative') } : {}),
    }),
  ];
}

export const sourcesAdd = define({
  name: 'sources add',
  summary: 'Add a feed or a page for this server or workspace',
  manage: true,
  options: z.object({
    address: z
      .string()
      .min(4)
      .max(2000)
      .describe('Address of a feed or a page')
      .meta({ example: 'https://example.com/feed.xml' }),
    confirm: z.boolean().default(false).describe('Save it after the preview'),
  }),
  async run({ address, confirm }, caller, { store, sources, now }) {
    const said = wordsFor(caller);
    const known = (await store.sources(caller.tenant)).find(
      (source) => source.address === address && source.tenant === caller.tenant,
    );
    if (known)
      return {
        summary: said.sources.here,
        blocks: [paragraph(said.sources.hereAlready, ...line(known, said))],
      };
    const found = await sources.preview(address).catch((cause: unknown) => {
      throw cause instanceof AskError ? new AskError(said.reason(cause.message)) : cause;
    });
    if (found.kind === 'path') throw new AskError(said.sources.wrongAddress);
    if (!confirm) {
      const again = `/sources add address:"${found.address.replaceAll('"', '%22')}" confirm:yes`;
      return {
        summary: said.sources.saveIt(found.title ?? found.address, holds(found, said)),
        blocks: [
          heading(found.title ?? found.address),
          small(said.sources.now(said.sources.kind[found.isList ? 'list' : found.kind], holds(found, said))),
          list(found.newest.slice(0, 5).map((title) => [clip(title, 150)])),
          actions(run(said.sources.add, again)),
        ],
      };
    }
    const saved = await store.addSource({
      tenant: caller.tenant,
      kind: found.kind,
      address: found.address,
      addedBy: caller.user,
      addedAt: now().toISOString(),
      ...(found.title ? { title: found.title } : {}),
    });
    sources.changed();
    return {
      summary: said.sources.addedShort(saved.title ?? saved.address),
      blocks: [
        paragraph(
          ...said.sources[found.isList ? 'addedList' : 'added'](
            strong(saved.title ?? saved.address),
            code(`${said.names.command('sources remove')} ${saved.id}`),
          ),
        ),
      ],
    };
  },
});

const holds = ({ entries, isList }: SourcePreview, said: Words): string =>
  isList ? said.count.feeds(entries) : said.count.articles(entries);

export const sourcesRemove = define({
  name: 'sources remove',
  summary: 'Remove a source of this server or workspace',
  manage: true,
  options: z.object({ id: z.int().min(1).describe('The number in /sources list').meta({ example: '3' }) }),
  complete: {
    id: async (typed, caller, { store }) =>
      (await store.sources(caller.tenant))
        .filter((one) => one.tenant === caller.tenant)
        .map((one) => ({ label: clip(`#${one.id} ${one.title ?? one.address}`, 95), value: String(one.id) }))
        .filter(({ label }) => label.toLowerCase().includes(typed.trim().toLowerCase())),
  },
  async run({ id }, caller, { store }) {
    const said = wordsFor(caller);
    const source = (await store.sources(caller.tenant)).find((one) => one.id === id);
    if (!source || source.tenant !== caller.tenant) throw new AskError(said.sources.noSuch(id));
    await store.removeSource(id);
    return {
      summary: said.sources.removedShort(source.title ?? source.address),
      blocks: [paragraph(...said.sources.removed(strong(source.title ?? source.address)))],
    };
  },
});
