import { z } from 'zod';
import { AskError, clip } from '../src/command.ts';
import { heading, list, strong } from '../src/document.ts';
import { type Words, wordsFor } from '../src/language/language.ts';
import type { Speaker } from '../src/model.ts';
import { completeSpeaker, countsOf, define, refuseEmpty, speakerMiss } from './shared.ts';

export const speakers = define({
  name: 'speakers',
  summary: 'Who is quoted in the corpus',
  shareable: true,
  options: z.object({ name: z.string().max(100).optional().describe('Part of a name') }),
  complete: { name: completeSpeaker },
  async run({ name }, caller, services) {
    await refuseEmpty(caller, services);
    const said = wordsFor(caller);
    const found = await services.store.speakers({ tenant: caller.tenant, ...(name ? { like: name } : {}), limit: 20 });
    if (found.length === 0 && name) throw new AskError(await speakerMiss(name, caller, services));
    return {
      summary: said.speakers.summary(found.map((speaker) => speaker.name).join(', ')),
      blocks: [
        heading(said.speakers.title),
        list(found.map((speaker) => [strong(speaker.name), `${role(speaker, said)} — ${countsOf(speaker, said)}`])),
        {
          kind: 'menu',
          placeholder: said.speakers.choose,
          choices: found.map((speaker) => ({
            label: clip(speaker.name, 90),
            command: `/quote speaker:"${speaker.name.replaceAll('"', ' ')}"`,
            detail: countsOf(speaker, said),
          })),
        },
      ],
    };
  },
});

const role = (speaker: Speaker, said: Words) =>
  speaker.role && !speaker.name.toLowerCase().includes(speaker.role.toLowerCase())
    ? `, ${speaker.role}`
    : speaker.kind === 'group'
      ? said.speakers.group
      : speaker.kind === 'unnamed'
        ? said.speakers.unnamed
        : '';
