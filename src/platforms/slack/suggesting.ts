/** Suggestions while an option is typed in a form: Slack has none for commands. */
import { type Handling, shapeOf } from './asking.ts';
import { plainObject } from './inline.ts';
import { limits } from './limits.ts';
import { shortened } from './render.ts';
import { plainWords } from './words.ts';
import type { Workspace } from './workspaces.ts';

export interface SuggestedChoice {
  readonly text: ReturnType<typeof plainObject>;
  readonly value: string;
}

/** What an external select offers: what was typed first, since the bot may know more than it suggests. */
export async function suggestions(
  { bot, people }: Handling,
  workspace: Workspace,
  user: string,
  actionId: string,
  typedText: string,
): Promise<SuggestedChoice[]> {
  const [kind, command = '', option = ''] = actionId.split(':', 3);
  if (kind !== 'field') return [];
  const words = plainWords(typedText).slice(0, limits.choiceValue);
  const caller = people.quickCaller(workspace, { user, channel: user });
  const offered = await bot.complete({ command, options: { [option]: words }, caller }, option);
  const isNumber = shapeOf(bot, command)?.options.find(({ name }) => name === option)?.type === 'integer';
  const isOffered = offered.some((choice) => choice.value.toLowerCase() === words.toLowerCase());
  const all = words && !isOffered && !isNumber ? [{ label: words, value: words }, ...offered] : offered;
  return all
    .filter((choice) => choice.value !== '' && choice.value.length <= limits.choiceValue)
    .slice(0, limits.choices)
    .map((choice) => ({ text: plainObject(shortened(choice.label, limits.label) || '…'), value: choice.value }));
}
