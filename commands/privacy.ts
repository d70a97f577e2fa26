import { z } from 'zod';
import { actions, code, heading, list, paragraph, run } from '../src/document.ts';
import { wordsFor } from '../src/language/language.ts';
import { define } from './shared.ts';

export const privacyExport = define({
  name: 'privacy export',
  summary: 'All that the bot keeps for this server or workspace',
  manage: true,
  options: z.object({}),
  async run(_options, caller, { store }) {
    const said = wordsFor(caller);
    const kept = await store.exportTenant(caller.tenant);
    const json = JSON.stringify(kept, null, 2);
    const mine = await store.briefings({ tenant: caller.tenant });
    const reported = await store.reports({ tenant: caller.tenant, limit: 1000 });
    const sources = (await store.sources(caller.tenant)).filter((source) => source.tenant === caller.tenant);
    return {
      summary: said.privacy.summary(mine.length, sources.length),
      blocks: [
        heading(said.privacy.title),
        paragraph(said.privacy.never(said.privacy.kept)),
        list([
          [
            `${said.count.briefings(mine.length)}: ${mine.map((one) => `#${one.id} ${one.times} ${one.zone}`).join('; ') || said.privacy.none}`,
          ],
          [
            `${said.count.sources(sources.length)}: ${sources.map((one) => one.address).join('; ') || said.privacy.none}`,
          ],
          [
            `${said.report.count(reported.length)}: ${reported.map((one) => `${one.about}, ${said.report.wrong[one.wrong]}`).join('; ') || said.privacy.none}`,
          ],
        ]),
        ...(json.length <= 1200 ? [paragraph(code(json))] : [paragraph(said.privacy.longExport(json.length))]),
      ],
    };
  },
});

export const privacyDelete = define({
  name: 'privacy delete',
  summary: 'Delete all that the bot keeps for this server or workspace',
  manage: true,
  options: z.object({ confirm: z.boolean().default(false).describe('Really delete').meta({ example: 'yes' }) }),
  async run({ confirm }, caller, { removed }) {
    const { privacy } = wordsFor(caller);
    if (!confirm) {
      return {
        summary: privacy.deletesShort,
        blocks: [
          paragraph(privacy.deletes(`${privacy.kept.charAt(0).toLowerCase()}${privacy.kept.slice(1)}`)),
          actions(run(privacy.deleteAll, '/privacy delete confirm:yes')),
        ],
      };
    }
    await removed(caller.tenant);
    return {
      summary: privacy.deletedShort,
      blocks: [paragraph(privacy.deleted)],
    };
  },
});
