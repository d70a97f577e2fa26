import { z } from 'zod';
import { usage } from '../src/command.ts';
import type { Block } from '../src/document.ts';
import { actions, code, heading, list, paragraph, run, small, text } from '../src/document.ts';
import type { CommandShape } from '../src/platforms/platform.ts';
import { define } from './shared.ts';

export const help = define({
  name: 'help',
  summary: 'What the bot can do',
  options: z.object({}),
  async run(_options, caller, { shapes, store }) {
    const all = shapes();
    const line = (name: string) => {
      const shape = all.find((one) => one.name === name);
      return shape ? [[code(shortUsage(shape)), text(` — ${shape.summary}`)]] : [];
    };
    const asking = all.filter((shape) => !shape.manage).flatMap((shape) => line(shape.name));
    const managing = all.filter((shape) => shape.manage).flatMap((shape) => line(shape.name));
    const [topic] = await store.topics({ tenant: caller.tenant, limit: 1 });
    const [speaker] = await store.speakers({ tenant: caller.tenant, kinds: ['person'], limit: 1 });
    const blocks: Block[] = [
      heading('Pullquote'),
      paragraph(
        'Short briefs from your articles. Words in quotation marks stand in the source, character for character; when it is not certain who spoke, the bot says so.',
      ),
      list(asking),
      ...(caller.canManage ? [paragraph('For those who manage this channel or server:'), list(managing)] : []),
      small(
        'Answers are private until you press Share. Plain words fill the first option: /brief cartels, /quote trump.',
      ),
    ];
    const tries = [
      ...(topic ? [run(`Brief: ${topic.label}`.slice(0, 75), `/brief topic:"${topic.label}"`)] : []),
      ...(speaker ? [run(`Quotes: ${speaker.name}`.slice(0, 75), `/quote speaker:"${speaker.name}"`)] : []),
      run('Topics', '/topics'),
    ];
    return { summary: 'Pullquote: what the bot can do', blocks: [...blocks, actions(...tries)] };
  },
});

/** The options that matter: the required ones and, of the others, the first two. Forms and suggestions show the rest. */
function shortUsage(shape: CommandShape): string {
  const kept = new Set([
    ...shape.options.filter(({ required }) => required),
    ...shape.options.filter(({ required }) => !required).slice(0, 2),
  ]);
  return usage({ ...shape, options: shape.options.filter((option) => kept.has(option)) });
}
