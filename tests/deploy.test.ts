import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readConfig } from '../src/config.ts';
import { createMetrics } from '../src/metrics.ts';

const read = (name: string) => readFile(new URL(`../deploy/${name}`, import.meta.url), 'utf8');

describe('deploy', () => {
  it('watches metrics that the bot has', async () => {
    const metrics = createMetrics({
      store: { dueBriefings: async () => [], openDeliveries: async () => [] },
      platforms: new Map(),
      depth: () => new Map(),
      clock: () => new Date(),
    });
    const exposed = new Set([...(await metrics.text()).matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name));
    const watched = [
      ...`${await read('grafana-dashboard.json')}${await read('pullquote-alerts.yaml')}`.matchAll(
        /\b(?:pullquote|nodejs|process)_[a-z0-9_]+/g,
      ),
    ].map(([name]) => name.replace(/_bucket$/, ''));
    expect(watched.length).toBeGreaterThan(15);
    expect([...new Set(watched)].filter((name) => !exposed.has(name))).toEqual([]);
  });

  it('gives the bots of the compose file settings that the bot reads', async () => {
    const compose = parse(await read('compose.yaml'), { merge: true }) as {
      services: Record<string, { environment: Record<string, string>; read_only?: boolean }>;
    };
    const bots = Object.entries(compose.services).filter(([name]) => name.startsWith('bot'));
    expect(bots).toHaveLength(2);
    for (const [, { environment, read_only }] of bots) {
      expect(read_only).toBe(true);
      const given = Object.fromEntries(
        Object.entries(environment).map(([name, value]) => [name, String(value).replace(/\$\{.*\}/, 'secret')]),
      );
      expect(readConfig(given)).toMatchObject({ PORT: 3000, HOST: '0.0.0.0' });
    }
  });

  it('copies into the image every folder that the bot runs from', async () => {
    const image = await read('Containerfile');
    for (const folder of ['src', 'commands', 'digests', 'seeds']) expect(image).toContain(`COPY ${folder} ./${folder}`);
    expect(image).toContain('USER node');
    const ignore = await read('Containerfile.dockerignore');
    for (const folder of ['src', 'commands', 'digests', 'seeds']) expect(ignore).toContain(`!${folder}`);
  });
});
