import { z } from 'zod';
import { usage } from '../src/command.ts';
import type { Block } from '../src/document.ts';
import { actions, code, heading, list, paragraph, run, small, text } from '../src/document.ts';
import { type Words, wordsFor } from '../src/language/language.ts';
import { summaryOf } from '../src/language/names.ts';
import type { CommandShape } from '../src/platforms/platform.ts';
import { define } from './shared.ts';

export const help = define({
  name: 'help',
  summary: 'What the bot can do',
  options: z.object({}),
  async run(_options, caller, { shapes, store }) {
    const said = wordsFor(caller);
    const all = shapes();
    const line = (name: string) => {
      const shape = all.find((one) => one.name === name);
      return shape ? [[code(shortUsage(shape, said)), text(` — ${summaryOf(said, shape.name, shape.summary)}`)]] : [];
    };
    const asking = all.filter((shape) => !shape.manage).flatMap((shape) => line(shape.name));
    const managing = all.filter((shape) => shape.manage).flatMap((shape) => line(shape.name));
    const [topic] = await store.topics({ tenant: caller.tenant, limit: 1 });
    const [speaker] = await store.speakers({ tenant: caller.tenant, kinds: ['person'], limit: 1 });
    const blocks: Block[] = [
      heading('Pullquote'),
      paragraph(said.help.about),
      list(asking),
      ...(caller.canManage ? [paragraph(said.help.managing), list(managing)] : []),
      small(said.help.privately),
    ];
    const tries = [
      ...(topic ? [run(said.help.brief(topic.label).slice(0, 75), `/brief topic:"${topic.label}"`)] : []),
      ...(speaker ? [run(said.help.quotes(speaker.name).slice(0, 75), `/quote speaker:"${speaker.name}"`)] : []),
      run(said.press.topics, '/topics'),
    ];
    return { summary: said.help.summary, blocks: [...blocks, actions(...tries)] };
  },
});

/** The options that matter: the required ones and, of the others, the first two. Forms and suggestions show the rest. */
function shortUsage(shape: CommandShape, said: Words): string {
  // What only a second press says is nothing to type.
  const options = shape.options.filter(({ name }) => name !== 'confirm');
  const kept = new Set([
    ...options.filter(({ required }) => required),
    ...options.filter(({ required }) => !required).slice(0, 2),
  ]);
  return usage({ ...shape, options: shape.options.filter((option) => kept.has(option)) }, said);
}
