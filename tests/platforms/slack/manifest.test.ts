import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { commands } from '../../../commands/index.ts';
import { shapeOf } from '../../../src/command.ts';
import { scopes, slackManifest, slackManifestYaml, slashCommands } from '../../../src/platforms/slack/manifest.ts';
import { shapes } from './fixtures.ts';

const real = commands.map(shapeOf);

describe('the Slack app manifest', () => {
  it('in docs/ is what the code makes: npm run -s cli -- manifest', () => {
    const file = readFileSync(join(import.meta.dirname, '../../../docs/slack-manifest.yaml'), 'utf8');
    expect(file).toBe(slackManifestYaml(real));
  });

  it('is YAML with a reason beside each scope, and reads back as what it was', () => {
    const yaml = slackManifestYaml(real);
    expect(parse(yaml)).toEqual(slackManifest(real));
    for (const [scope, why] of Object.entries(scopes)) expect(yaml).toContain(`- ${scope} # ${why}`);
  });

  it('has each command once, its subcommands as a hint', () => {
    expect(slashCommands(shapes)).toEqual([
      expect.objectContaining({ command: '/brief', usage_hint: '[topic] [since]' }),
      expect.objectContaining({ command: '/quote' }),
      expect.objectContaining({ command: '/context', usage_hint: 'receipt' }),
      expect.objectContaining({ command: '/schedule', usage_hint: 'add | list' }),
      expect.objectContaining({ command: '/privacy', usage_hint: 'delete' }),
      { command: '/help', description: 'What the bot can do', should_escape: true },
      expect.objectContaining({ command: '/pullquote', usage_hint: 'help' }),
    ]);
    expect(slashCommands(shapes, 'news')[0]?.command).toBe('/news-brief');
    expect(() => slashCommands(shapes, 'a-prefix-that-is-much-too-long-for-it')).toThrow('longer than 32');
  });

  it('leaves out the names that Slack keeps for itself, which would void the whole manifest', () => {
    const names = (prefix?: string) => slashCommands(real, prefix).map(({ command }) => command);
    expect(real.some(({ name }) => name === 'status')).toBe(true);
    expect(names()).not.toContain('/status');
    expect(names()).toContain('/pullquote');
    expect(names('news')).toEqual(expect.arrayContaining(['/news-status', '/news']));
  });

  it('uses Socket Mode without an address, and HTTP with one', () => {
    expect(slackManifest(real).settings.socket_mode_enabled).toBe(true);
    const http = slackManifest(real, { address: 'https://bot.example.org' });
    expect(http.settings.socket_mode_enabled).toBe(false);
    expect(http.settings.event_subscriptions).toMatchObject({ request_url: 'https://bot.example.org/slack/events' });
    expect(http.settings.interactivity).toMatchObject({
      message_menu_options_url: 'https://bot.example.org/slack/events',
    });
    expect(http.oauth_config.redirect_urls).toEqual(['https://bot.example.org/slack/oauth_redirect']);
    expect(http.features.slash_commands[0]).toMatchObject({ url: 'https://bot.example.org/slack/events' });
  });

  // Lengths: app manifest reference, https://docs.slack.dev/reference/app-manifest
  it('stays inside Slack’s lengths', () => {
    const { display_information: about, features } = slackManifest(real);
    expect(about.name.length).toBeLessThanOrEqual(35);
    expect(about.description.length).toBeLessThanOrEqual(140);
    expect(about.long_description.length).toBeGreaterThanOrEqual(174);
    expect(about.long_description.length).toBeLessThanOrEqual(4000);
    expect(features.slash_commands.length).toBeLessThanOrEqual(50);
    expect(features.shortcuts.length).toBeLessThanOrEqual(10);
    for (const { name, description } of features.shortcuts) {
      expect(name.length).toBeLessThanOrEqual(24);
      expect(description.length).toBeLessThanOrEqual(150);
    }
    for (const command of features.slash_commands) expect(command.command).toMatch(/^\/[a-z_-]{1,31}$/);
  });

  it('asks for no scope that it cannot explain, and for none to read what people write elsewhere', () => {
    expect(slackManifest(real).oauth_config.scopes.bot).toEqual(Object.keys(scopes));
    expect(slackManifest(real).settings.event_subscriptions.bot_events).not.toContain('message.channels');
  });
});
