/** A process that asks a store one question, and tells as JSON how many stories it found and which of our files it loaded. Arguments: file, topic. */
import { registerHooks } from 'node:module';

const root = new URL('../../', import.meta.url).href;
const loaded: string[] = [];
registerHooks({
  load(address, context, next) {
    if (address.startsWith(root)) loaded.push(address.slice(root.length));
    return next(address, context);
  },
});
const { openSqlite } = await import('../../src/store/sqlite.ts');
const store = await openSqlite(process.argv[2]!);
const { stories } = await store.coverage({
  tenant: '',
  topic: process.argv[3]!,
  now: '2026-01-11T00:00:00.000Z',
  stories: 1,
});
await store.close();
process.stdout.write(JSON.stringify({ stories: stories.length, loaded }));
