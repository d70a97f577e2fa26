import { z } from 'zod';
import { actions, code, heading, list, paragraph, run } from '../src/document.ts';
import { define, plural } from './shared.ts';

const KEPT =
  'Briefings (channel, times, who made them), sources added here and their articles, the record of what was posted, errors reported from here (not by whom), and on Slack the installation';

export const privacyExport = define({
  name: 'privacy export',
  summary: 'All that the bot keeps for this server or workspace',
  manage: true,
  options: z.object({}),
  async run(_options, caller, { store }) {
    const kept = await store.exportTenant(caller.tenant);
    const json = JSON.stringify(kept, null, 2);
    const mine = await store.briefings({ tenant: caller.tenant });
    const reported = await store.reports({ tenant: caller.tenant, limit: 1000 });
    const sources = (await store.sources(caller.tenant)).filter((source) => source.tenant === caller.tenant);
    return {
      summary: `What the bot keeps here: ${plural(mine.length, 'briefing')}, ${plural(sources.length, 'source')}.`,
      blocks: [
        heading('What the bot keeps here'),
        paragraph(`${KEPT}. Never what members write, but for a note that someone sends with a report.`),
        list([
          [
            `${plural(mine.length, 'briefing')}: ${mine.map((one) => `#${one.id} ${one.times} ${one.zone}`).join('; ') || 'none'}`,
          ],
          [
            `${plural(reported.length, 'reported error')}: ${reported.map((one) => `${one.about}, ${one.wrong}`).join('; ') || 'none'}`,
          ],
          [`${plural(sources.length, 'source')}: ${sources.map((one) => one.address).join('; ') || 'none'}`],
        ]),
        ...(json.length <= 1200
          ? [paragraph(code(json))]
          : [
              paragraph(
                `The whole export has ${json.length} characters; the operator can hand it over as a file with pullquote export.`,
              ),
            ]),
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
    if (!confirm) {
      return {
        summary: 'This deletes everything the bot keeps here. Press Delete to go on.',
        blocks: [
          paragraph(
            `This deletes what the bot keeps here: ${KEPT.charAt(0).toLowerCase()}${KEPT.slice(1)}. It cannot be undone.`,
          ),
          actions(run('Delete it all', '/privacy delete confirm:yes')),
        ],
      };
    }
    await removed(caller.tenant);
    return {
      summary: 'Deleted.',
      blocks: [paragraph('Deleted: everything the bot kept for this server or workspace.')],
    };
  },
});
