/** The Slack app's manifest, made from the commands: what a person pastes at api.slack.com/apps, "From a manifest". */
import { stringify } from 'yaml';
import { usage } from '../../command.ts';
import { wordsIn } from '../../language/language.ts';
import type { CommandShape } from '../platform.ts';
import { installPath, redirectPath } from './install.ts';
import { eventsPath } from './receiver.ts';

/** Every scope, and why it is asked for. The fewest with which everything works. */
export const scopes = {
  commands: 'slash commands and shortcuts',
  'chat:write': 'posts briefings where the bot was invited, and answers',
  'app_mentions:read': 'answers “@pullquote brief cartels”; sees only messages that mention it',
  'im:history': 'answers direct messages to the bot; sees no other conversation',
  'users:read': 'the reader’s language and time zone, and whether a person is an admin',
  'channels:read': 'whether the bot is in a channel before a briefing is set up, and who made the channel',
  'groups:read': 'the same for private channels it was invited to',
  'channels:history':
    'looks for its own message after a lost answer, so that a briefing is not posted twice; only where it was invited',
  'groups:history': 'the same for private channels',
} as const;

export const scopeNames: readonly string[] = Object.keys(scopes);

export interface ManifestOptions {
  readonly commandPrefix?: string;
  /** The public address of the bot for HTTP, `https://bot.example.org`; without it the app uses Socket Mode. */
  readonly address?: string;
}

/** @see https://docs.slack.dev/reference/app-manifest */
export function slackManifest(shapes: readonly CommandShape[], { commandPrefix, address }: ManifestOptions = {}) {
  const events = address ? { request_url: `${address}${eventsPath}` } : {};
  const has = (command: string) => shapes.some((shape) => shape.name === command);
  return {
    display_information: {
      name: 'Pullquote',
      description: 'News briefs and quotes you can check',
      long_description:
        'Pullquote answers /brief, /quote and more from your own collection of news articles, and posts briefings to the channels you choose, at the times you choose. Words in quotation marks stand in the source, character for character; every quote can be opened in its paragraph. Answers are private until you share them, and nothing is posted uninvited.',
      background_color: '#1d3557',
    },
    features: {
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      bot_user: { display_name: 'pullquote', always_online: true },
      shortcuts: [
        ...(has('brief')
          ? [{ name: 'Get a brief', type: 'global', callback_id: 'open:brief', description: 'Choose a topic' }]
          : []),
        ...(has('quote')
          ? [
              {
                name: 'Find quotes on this',
                type: 'message',
                callback_id: 'open:quote',
                description: 'Quotes on a message',
              },
            ]
          : []),
      ],
      slash_commands: slashCommands(shapes, commandPrefix).map((command) => ({
        ...(address ? { url: `${address}${eventsPath}` } : {}),
        ...command,
      })),
    },
    oauth_config: {
      ...(address ? { redirect_urls: [`${address}${redirectPath}`] } : {}),
      scopes: { bot: [...scopeNames] },
    },
    settings: {
      event_subscriptions: {
        ...events,
        bot_events: ['app_home_opened', 'app_mention', 'app_uninstalled', 'message.im', 'tokens_revoked'],
      },
      interactivity: {
        is_enabled: true,
        ...events,
        ...(address ? { message_menu_options_url: events.request_url } : {}),
      },
      org_deploy_enabled: false,
      socket_mode_enabled: !address,
      token_rotation_enabled: false,
    },
  };
}

const limits = { command: 32 }; // characters; app manifest reference

/**
 * Slack's own commands. One of them in a manifest, and Slack refuses the whole manifest.
 * @see https://slack.com/help/articles/201259356-Slash-commands-in-Slack, and the list that
 * https://github.com/NousResearch/hermes-agent/pull/18456 met
 */
const reserved = new Set(
  `apps archive away call collapse dm dnd expand feed feedback huddle invite join kick leave me msg mute open prefs pro
   remind remove rename search shortcuts shrug star status topic who`.split(/\s+/),
);

/** A name that Slack does not give away. */
export const isReserved = (name: string): boolean => reserved.has(name);

/** The command that takes every other as its first word: `/pullquote status`, or with a prefix `/news status`. */
export const everyCommand = (prefix = ''): string => `/${prefix || 'pullquote'}`;

/**
 * One slash command for each first word: Slack has no subcommands, so they are the first word of its text. Names that
 * Slack keeps for itself are left out; they are asked through `everyCommand`.
 */
export function slashCommands(shapes: readonly CommandShape[], prefix = '') {
  const groups = Map.groupBy(shapes, (shape) => shape.name.split(' ')[0] ?? shape.name);
  const named = [...groups].flatMap(([name, group]) =>
    prefix === '' && reserved.has(name) ? [] : [slashCommand(`/${prefix ? `${prefix}-` : ''}${name}`, group)],
  );
  const every = {
    command: everyCommand(prefix),
    description: 'Every command by its name, for example status',
    usage_hint: [...groups.keys()]
      .filter((name) => reserved.has(name))
      .concat('help')
      .join(' | '),
    should_escape: true,
  };
  return [...named, every];
}

function slashCommand(command: string, group: readonly CommandShape[]) {
  if (command.length > limits.command) throw new Error(`slack: ${command} is longer than ${limits.command} characters`);
  const [first] = group;
  const subcommands = group.flatMap((shape) => shape.name.split(' ').slice(1));
  const hint =
    subcommands.length > 0
      ? subcommands.join(' | ')
      : first
        ? usage(first, wordsIn('en')).split(' ').slice(1).join(' ')
        : '';
  return {
    command,
    description: subcommands.length > 1 ? `${first?.summary}, and more` : (first?.summary ?? command),
    ...(hint ? { usage_hint: hint } : {}),
    should_escape: true,
  };
}

/** The manifest as YAML, with the reason for each scope beside it. */
export function slackManifestYaml(shapes: readonly CommandShape[], options: ManifestOptions = {}): string {
  const yaml = stringify(slackManifest(shapes, options), { lineWidth: 0 });
  const explained = yaml.replace(/^( +- )([a-z_]+(?::[a-z]+)?)$/gm, (line, dash: string, scope: string) =>
    scope in scopes ? `${dash}${scope} # ${scopes[scope as keyof typeof scopes]}` : line,
  );
  const how = options.address
    ? `# Events come by HTTP to ${options.address}; people add the app at ${options.address}${installPath}.`
    : '# Events come over Socket Mode: no public address is needed.';
  return `# Pullquote for Slack. Paste this at https://api.slack.com/apps, "Create New App", "From a manifest".\n${how}\n${explained}`;
}
