import { z } from 'zod';
import { AskError, clip } from '../src/command.ts';
import { actions, code, heading, list, paragraph, run, small, strong, text, time } from '../src/document.ts';
import type { Source } from '../src/store/store.ts';
import { define, plural } from './shared.ts';

export const sourcesList = define({
  name: 'sources list',
  summary: 'Where the articles come from, and how each is doing',
  options: z.object({}),
  async run(_options, caller, { store, corpus }) {
    const all = await store.sources(caller.tenant);
    const stats = await store.stats(caller.tenant);
    return {
      summary: `${plural(all.length + corpus.entries.length, 'source')}, ${plural(stats.articles, 'article')}`,
      blocks: [
        heading('Sources'),
        paragraph(
          `${plural(stats.articles, 'article')} in all.${corpus.loading() ? ' The corpus is being read.' : ''}`,
        ),
        list([
          ...corpus.entries.map((entry) => [strong(entry), ' — from the operator']),
          ...all.map((source) => line(source)),
        ]),
        ...(stats.problems > 0
          ? [small(`${plural(stats.problems, 'file or feed', 'files or feeds')} could not be read`)]
          : []),
        ...(caller.canManage ? [actions({ kind: 'form', label: 'Add a source', command: '/sources add' })] : []),
      ],
    };
  },
});

function line(source: Source) {
  return [
    strong(source.title ?? source.address),
    text(
      ` — ${source.kind}, ${plural(source.articles, 'article')}, ${source.state}${source.state === 'failing' ? `: ${source.reason ?? 'unknown'}` : ''} · #${source.id} · checked `,
    ),
    source.checkedAt ? time(source.checkedAt, 'relative') : text('not yet'),
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
    const known = (await store.sources(caller.tenant)).find(
      (source) => source.address === address && source.tenant === caller.tenant,
    );
    if (known)
      return {
        summary: 'That source is here already.',
        blocks: [paragraph('That source is here already: ', ...line(known))],
      };
    const found = await sources.preview(address);
    if (found.kind === 'path')
      throw new AskError('address: expected the address of a feed or a page, such as https://example.com/feed.xml.');
    if (!confirm) {
      const again = `/sources add address:"${found.address.replaceAll('"', '%22')}" confirm:yes`;
      return {
        summary: `${found.title ?? found.address}: ${plural(found.entries, 'article')}. Save it?`,
        blocks: [
          heading(found.title ?? found.address),
          small(`${found.kind} · ${plural(found.entries, 'article')} now`),
          list(found.newest.slice(0, 5).map((title) => [clip(title, 150)])),
          actions(run('Add it', again)),
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
      summary: `Added ${saved.title ?? saved.address}.`,
      blocks: [
        paragraph(
          'Added ',
          strong(saved.title ?? saved.address),
          text(`. Its articles arrive within a minute and are visible here only. Remove it with `),
          code(`/sources remove ${saved.id}`),
          text('.'),
        ),
      ],
    };
  },
});

export const sourcesRemove = define({
  name: 'sources remove',
  summary: 'Remove a source of this server or workspace',
  manage: true,
  options: z.object({ id: z.int().min(1).describe('The number in /sources list').meta({ example: '3' }) }),
  async run({ id }, caller, { store }) {
    const source = (await store.sources(caller.tenant)).find((one) => one.id === id);
    if (!source || source.tenant !== caller.tenant)
      throw new AskError(`There is no source #${id} of this server or workspace. /sources list shows them.`);
    await store.removeSource(id);
    return {
      summary: `Removed ${source.title ?? source.address}.`,
      blocks: [paragraph('Removed ', strong(source.title ?? source.address), text('. Articles already read stay.'))],
    };
  },
});
