import { z } from 'zod';
import { AskError, clip } from '../src/command.ts';
import { heading, list, strong } from '../src/document.ts';
import type { Speaker } from '../src/model.ts';
import { countsOf, define, refuseEmpty, speakerMiss } from './shared.ts';

export const speakers = define({
  name: 'speakers',
  summary: 'Who is quoted in the corpus',
  shareable: true,
  options: z.object({ name: z.string().max(100).optional().describe('Part of a name') }),
  async run({ name }, caller, services) {
    await refuseEmpty(caller.tenant, services);
    const found = await services.store.speakers({ tenant: caller.tenant, ...(name ? { like: name } : {}), limit: 20 });
    if (found.length === 0 && name) throw new AskError(await speakerMiss(name, caller, services));
    return {
      summary: `Speakers: ${found.map((speaker) => speaker.name).join(', ')}`,
      blocks: [
        heading('Speakers'),
        list(found.map((speaker) => [strong(speaker.name), `${role(speaker)} — ${countsOf(speaker)}`])),
        {
          kind: 'menu',
          placeholder: 'What someone said',
          choices: found.map((speaker) => ({
            label: clip(speaker.name, 90),
            command: `/quote speaker:"${speaker.name.replaceAll('"', ' ')}"`,
            detail: countsOf(speaker),
          })),
        },
      ],
    };
  },
});

const role = (speaker: Speaker) =>
  speaker.role && !speaker.name.toLowerCase().includes(speaker.role.toLowerCase())
    ? `, ${speaker.role}`
    : speaker.kind === 'group'
      ? ' (group)'
      : speaker.kind === 'unnamed'
        ? ' (unnamed)'
        : '';
