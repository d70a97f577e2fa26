/** The App Home: what to do first, this workspace's briefings, and what can be asked. */
import { type Action, actions, type Block, divider, heading, paragraph } from '../../document.ts';
import { wordsFor } from '../../language/language.ts';
import type { Handling } from './asking.ts';
import { packOrigin } from './forms.ts';
import { everyCommand } from './manifest.ts';
import type { Asking } from './people.ts';
import { viewBlocks } from './render.ts';
import type { Workspace } from './workspaces.ts';

/** @param channel The person's direct messages with the bot: where answers and briefings go that name no other channel. */
export async function publishHome(handling: Handling, workspace: Workspace, { user, channel }: Asking): Promise<void> {
  const { bot, api, naming, people, prefix } = handling;
  const caller = await people.caller(workspace, { user, channel }, 'help');
  const { slack } = wordsFor(caller);
  const has = (command: string) => bot.commands.some((shape) => shape.name === command);
  const ask = async (command: string): Promise<readonly Block[]> => {
    if (!has(command)) return [];
    return (await bot.answer({ command, options: {}, caller })).document.blocks;
  };
  const press = (command: string, action: Action): Action[] => (has(command) ? [action] : []);
  const first: readonly Block[] = [
    heading(slack.home.title),
    paragraph(slack.home.intro(everyCommand(prefix), workspace.handle)),
    actions(
      ...press('setup', { kind: 'run', label: slack.home.setUp, command: '/setup' }),
      ...press('brief', { kind: 'run', label: slack.home.tryIt, command: '/brief' }),
      ...press('quote', { kind: 'form', label: slack.home.findQuote, command: '/quote' }),
    ),
    divider,
  ];
  const [briefings, help] = await Promise.all([ask('schedule list'), ask('help')]);
  const document = { summary: 'Pullquote', blocks: [...first, ...briefings, divider, ...help] };
  const view = {
    type: 'home',
    private_metadata: packOrigin({ command: 'help', channel }),
    blocks: viewBlocks(naming(document), caller.locale),
  };
  await api.call(workspace.token, 'views.publish', { user_id: user, view });
}
