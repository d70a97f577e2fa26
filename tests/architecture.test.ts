/** Who may import whom. A room that is not in the table may import nothing; imports point one way. */
import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOMS: Readonly<Record<string, readonly string[]>> = {
  'src/model.ts': [],
  'src/document.ts': ['src/model.ts'],
  'src/language': ['src/model.ts', 'src/document.ts'],
  'src/receipt.ts': ['src/model.ts'],
  'src/since.ts': ['src/model.ts', 'src/zones.ts', 'src/language'],
  'src/zones.ts': ['src/model.ts'],
  'src/schedule': ['src/model.ts', 'src/zones.ts', 'src/language'],
  'src/quiet.ts': ['src/model.ts', 'src/zones.ts'],
  'src/progress.ts': ['src/corpus'],
  'src/standing.ts': ['src/model.ts', 'src/analysis', 'src/store'],
  'src/config.ts': ['src/zones.ts'],
  'src/log.ts': [],
  'src/helper-thread.ts': [],
  'src/open-store.ts': ['src/config.ts', 'src/store'],
  'src/metrics.ts': ['src/health.ts', 'src/store', 'src/platforms', 'src/log.ts', 'src/briefing'],
  'src/gate.ts': ['src/model.ts', 'src/document.ts', 'src/store', 'src/language'],
  'src/command.ts': ['src/model.ts', 'src/document.ts', 'src/platforms/platform.ts', 'src/language'],
  'src/services.ts': ['src/model.ts', 'src/document.ts', 'src/store', 'src/platforms/platform.ts', 'src/language'],
  'src/analysis': ['src/model.ts', 'src/receipt.ts', 'src/analysis'],
  'src/analysis/lexicon': ['src/model.ts', 'src/analysis/text/words.ts'],
  'src/analysis/models': [],
  'src/analysis/text/words.ts': ['src/analysis/text/hash.ts'],
  'src/analysis/text/hash.ts': [],
  'src/analysis/text': [
    'src/model.ts',
    'src/analysis/lexicon',
    'src/analysis/models',
    'src/analysis/text/words.ts',
    'src/analysis/text/hash.ts',
  ],
  'src/analysis/names': ['src/model.ts', 'src/analysis/lexicon', 'src/analysis/models', 'src/analysis/text'],
  'src/analysis/attribution': [
    'src/model.ts',
    'src/analysis/lexicon',
    'src/analysis/models',
    'src/analysis/text',
    'src/analysis/names',
  ],
  'src/analysis/quotes': ['src/model.ts', 'src/analysis/lexicon', 'src/analysis/text'],
  'src/analysis/speakers': [
    'src/model.ts',
    'src/analysis/lexicon',
    'src/analysis/text',
    'src/analysis/names',
    'src/analysis/quotes',
  ],
  'src/analysis/reactions': [
    'src/model.ts',
    'src/analysis/lexicon',
    'src/analysis/models',
    'src/analysis/text',
    'src/analysis/quotes',
  ],
  'src/analysis/stories': ['src/model.ts', 'src/analysis/models', 'src/analysis/text', 'src/analysis/json-lines.ts'],
  'src/analysis/choosing': [
    'src/model.ts',
    'src/analysis/lexicon',
    'src/analysis/models',
    'src/analysis/text',
    'src/analysis/names',
    'src/analysis/json-lines.ts',
  ],
  'src/analysis/json-lines.ts': [],
  'src/search': ['src/model.ts', 'src/analysis'],
  'src/store': ['src/model.ts', 'src/receipt.ts', 'src/analysis', 'src/search'],
  'src/corpus': ['src/model.ts', 'src/receipt.ts', 'src/store', 'src/analysis', 'src/helper-thread.ts'],
  'src/platforms/platform.ts': ['src/model.ts', 'src/document.ts'],
  'src/platforms': [
    'src/model.ts',
    'src/document.ts',
    'src/language',
    'src/command.ts',
    'src/platforms/platform.ts',
    'src/config.ts',
  ],
  'src/briefing': [
    'src/compose.ts',
    'src/quiet.ts',
    'src/model.ts',
    'src/document.ts',
    'src/language',
    'src/schedule',
    'src/zones.ts',
    'src/store',
    'src/platforms',
    'src/log.ts',
    'src/metrics.ts',
  ],
  'src/alerts.ts': ['src/document.ts', 'src/health.ts', 'src/log.ts', 'src/platforms/platform.ts'],
  'src/reports.ts': [
    'src/alerts.ts',
    'src/document.ts',
    'src/language',
    'src/log.ts',
    'src/model.ts',
    'src/platforms/platform.ts',
    'src/services.ts',
    'src/store',
  ],
  'src/health.ts': ['src/model.ts', 'src/store', 'src/platforms'],
  'src/analysed.ts': ['src/model.ts', 'src/analysis', 'src/store'],
  'src/analyst.ts': ['src/model.ts', 'src/analysed.ts', 'src/helper-thread.ts', 'src/store'],
  'src/analyst-thread.ts': ['src/analysed.ts', 'src/analyst.ts', 'src/helper-thread.ts', 'src/analysis'],
  'src/ingest.ts': [
    'src/analyst.ts',
    'src/model.ts',
    'src/command.ts',
    'src/config.ts',
    'src/log.ts',
    'src/services.ts',
    'src/analysis',
    'src/store',
    'src/corpus',
  ],
  digests: ['src/model.ts', 'src/document.ts', 'src/language', 'digests'],
  commands: [
    'src/model.ts',
    'src/document.ts',
    'src/language',
    'src/command.ts',
    'src/services.ts',
    'src/since.ts',
    'src/standing.ts',
    'src/schedule',
    'src/quiet.ts',
    'src/zones.ts',
    'src/store',
    'src/platforms/platform.ts',
    'digests',
    'commands',
  ],
  // The doors: the only files that know every room.
  'src/main.ts': ['*'],
  'src/cli.ts': ['*'],
  'src/operator.ts': ['*'],
  'src/connect.ts': ['*'],
  'src/compose.ts': ['src/model.ts', 'src/document.ts', 'src/language', 'src/gate.ts', 'src/store', 'digests'],
};

const root = join(import.meta.dirname, '..');
const names = Object.keys(ROOMS).sort((a, b) => b.length - a.length);
const roomOf = (file: string) =>
  names.find((name) => file === name || file.startsWith(`${name}/`) || file === `${name}.ts`);

describe('architecture', async () => {
  const files: string[] = [];
  for await (const file of glob('{src,commands,digests}/**/*.ts', { cwd: root }))
    files.push(file.replaceAll('\\', '/'));

  it.each(files.sort())('%s imports only what its room may know', (file) => {
    const room = roomOf(file);
    expect(room, `${file} stands in no room of the table`).toBeDefined();
    const allowed = ROOMS[room as string] ?? [];
    const source = readFileSync(join(root, file), 'utf8');
    const imports = [...source.matchAll(/(?:from|import)\s*\(?\s*'(\.{1,2}\/[^']+)'/g)].map((match) =>
      relative(root, join(root, dirname(file), match[1] as string)).replaceAll('\\', '/'),
    );
    const wrong = imports.filter((target) => {
      const home = roomOf(target);
      return (
        home !== room &&
        !allowed.includes('*') &&
        !allowed.some((name) => home === name || home?.startsWith(`${name}/`))
      );
    });
    expect(wrong).toEqual([]);
  });
});
