/**
 * The command line: `pullquote COMMAND ...` or `npm run -s cli -- COMMAND ...`.
 *
 * Standard output carries the result alone; the log goes to standard error. Every command loads only what it needs.
 */
import { parseArgs } from 'node:util';

/** A mistake in how a command was called: told in a sentence, exit status 2. */
class UsageError extends Error {
  override readonly name = 'UsageError';
}

interface CliCommand {
  readonly usage: string;
  readonly summary: string;
  run(args: string[]): Promise<number>;
}

const commands: Readonly<Record<string, CliCommand>> = {
  start: { usage: 'start', summary: 'run the bot', run: async () => (await import('./operator.ts')).runBot() },
  ask: {
    usage: 'ask [--corpus PATH]... [--user NAME] [--json] "/brief cartels"',
    summary: 'one answer, as the terminal shows it',
    run: ask,
  },
  analyze: {
    usage: 'analyze < articles.jsonl',
    summary: 'quotes, speakers and reactions of each article',
    run: async (args) => {
      options(args, {});
      const [{ analyzeStream }, { build }] = await Promise.all([
        import('./analysis/analyze-stream.ts'),
        import('./corpus/text/paragraphs.ts'),
      ]);
      return analyzeStream(process.stdin, process.stdout, complain, build);
    },
  },
  extract: {
    usage: 'extract [--jsonl] < page.html',
    summary: 'title, date, byline and text of a page',
    run: async (args) => {
      const { values } = options(args, { jsonl: { type: 'boolean' } });
      const { extractStream } = await import('./corpus/streams.ts');
      return extractStream(process.stdin, process.stdout, { jsonl: values.jsonl === true });
    },
  },
  feed: {
    usage: 'feed [--jsonl] < feed.xml',
    summary: 'a feed as JSON',
    run: async (args) => {
      const { values } = options(args, { jsonl: { type: 'boolean' } });
      const { feedStream } = await import('./corpus/streams.ts');
      return feedStream(process.stdin, process.stdout, { jsonl: values.jsonl === true });
    },
  },
  summarize: {
    usage: 'summarize [--words N] < stories.jsonl',
    summary: 'whole sentences that tell a story, at most N words',
    run: async (args) => {
      const { values } = options(args, { words: { type: 'string', default: '60' } });
      const { summarizeStream } = await import('./analysis/choosing/summary-stream.ts');
      const { furniture } = await import('./corpus/text/masks.ts');
      const isFurniture = (line: string) => furniture(line) !== undefined;
      return summarizeStream(process.stdin, process.stdout, { words: whole(values.words, '--words'), isFurniture });
    },
  },
  cluster: {
    usage: 'cluster < articles.jsonl',
    summary: 'which articles tell one story',
    run: async (args) => {
      options(args, {});
      const { clusterStream } = await import('./analysis/stories/cluster-stream.ts');
      return clusterStream(process.stdin, process.stdout, complain);
    },
  },
  search: {
    usage: 'search --docs FILE.jsonl[.gz] [--limit N] < queries.jsonl',
    summary: 'ranked answers from a throw-away store',
    run: async (args) => {
      const { values } = options(args, { docs: { type: 'string' }, limit: { type: 'string', default: '100' } });
      if (!values.docs) throw new UsageError('--docs: expected a file of documents, got nothing');
      const { searchStream } = await import('./search/search-stream.ts');
      return searchStream({ docs: values.docs, limit: whole(values.limit, '--limit') }, process.stdin, process.stdout);
    },
  },
  import: {
    usage: 'import PATH...',
    summary: 'read files or folders into the configured database; killed, it goes on where it was',
    run: async (args) => (await import('./operator.ts')).importCorpus(options(args, {}).positionals),
  },
  withdraw: {
    usage: 'withdraw PATH...',
    summary: 'take what was read from files or folders out of answers (what stands in CORPUS comes back)',
    run: async (args) => (await import('./operator.ts')).withdrawFrom(options(args, {}).positionals),
  },
  verify: {
    usage: 'verify RECEIPT...',
    summary: 'prove quotes again from the stored source; exit 1 if any differs',
    run: async (args) => (await import('./operator.ts')).verifyReceipts(options(args, {}).positionals),
  },
  reports: {
    usage: 'reports [--json] [--gold FOLDER] [--done NUMBER]...',
    summary: 'errors that readers reported, with the receipts; --gold writes each as a folder for tests/gold',
    run: async (args) => {
      const { values } = options(args, {
        json: { type: 'boolean' },
        gold: { type: 'string' },
        done: { type: 'string', multiple: true },
      });
      const { reports } = await import('./operator.ts');
      return reports({
        json: values.json === true,
        gold: values.gold,
        done: (values.done ?? []).map((number) => whole(number, '--done')),
      });
    },
  },
  doctor: {
    usage: 'doctor',
    summary: 'check every setting, token and permission',
    run: async () => (await import('./operator.ts')).doctor(),
  },
  manifest: {
    usage: 'manifest',
    summary: 'the Slack app manifest and the Discord invite address',
    run: async () => (await import('./operator.ts')).manifest(),
  },
  export: {
    usage: 'export TENANT',
    summary: 'all that is kept for a server or workspace, as JSON',
    run: async (args) => (await import('./operator.ts')).exportTenant(options(args, {}).positionals[0]),
  },
  backup: {
    usage: 'backup FILE',
    summary: 'copy the running SQLite store',
    run: async (args) => (await import('./operator.ts')).backup(options(args, {}).positionals[0]),
  },
  move: {
    usage: 'move FROM TO',
    summary: 'copy a store (file or postgres:// address) to another and verify it',
    run: async (args) => {
      const [from, to] = options(args, {}).positionals;
      return (await import('./operator.ts')).moveStore(from, to);
    },
  },
};

/**
 * Runs one command and resolves to the exit status: 0 done, 1 something failed, 2 called wrongly.
 * Starts nothing that keeps the process alive after it resolves.
 */
export async function main(args: readonly string[]): Promise<number> {
  // A reader that closes early (`| head`) ends the command quietly.
  process.stdout.on('error', (cause: NodeJS.ErrnoException) => process.exit(cause.code === 'EPIPE' ? 0 : 1));
  const [name = 'help', ...rest] = args;
  const command = commands[name];
  if (!command) {
    const asked = ['help', '--help', '-h'].includes(name);
    (asked ? process.stdout : process.stderr).write(`${asked ? '' : `There is no command ${name}.\n`}${help()}`);
    return asked ? 0 : 2;
  }
  try {
    return await command.run(rest);
  } catch (cause) {
    if (cause instanceof UsageError) complain(`${cause.message}\nUsage: pullquote ${command.usage}`);
    else if (cause instanceof Error && cause.name === 'ConfigError') complain(`Settings are wrong:\n${cause.message}`);
    else complain(cause instanceof Error ? describe(cause) : String(cause));
    return cause instanceof UsageError ? 2 : 1;
  }
}

function help(): string {
  const width = Math.max(...Object.values(commands).map((command) => command.usage.length));
  return `Pullquote: briefs with quotes that carry their proof.\n\n${Object.values(commands)
    .map((command) => `  ${command.usage.padEnd(width)}  ${command.summary}`)
    .join('\n')}\n`;
}

const complain = (message: string): void => void process.stderr.write(`${message}\n`);

function describe(error: Error): string {
  const cause = error.cause instanceof Error ? `: ${error.cause.message}` : '';
  return process.env.LOG_LEVEL === 'debug' ? (error.stack ?? error.message) : `${error.message}${cause}`;
}

function options<T extends NonNullable<Parameters<typeof parseArgs>[0]>['options']>(args: string[], known: T & {}) {
  try {
    return parseArgs({ args, options: known, allowPositionals: true, strict: true });
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : String(cause));
  }
}

function whole(value: string | undefined, name: string): number {
  if (value === undefined || !/^\d{1,9}$/.test(value) || Number(value) < 1)
    throw new UsageError(`${name}: expected a whole number from 1, got ${JSON.stringify(value)}`);
  return Number(value);
}

async function ask(args: string[]): Promise<number> {
  const { values, positionals } = options(args, {
    corpus: { type: 'string', multiple: true },
    user: { type: 'string', default: 'you' },
    json: { type: 'boolean' },
  });
  if (positionals.length === 0) throw new UsageError('expected a question such as "/brief cartels", got nothing');
  const { askOnce } = await import('./operator.ts');
  return askOnce({
    line: positionals.join(' '),
    corpus: values.corpus,
    user: values.user ?? 'you',
    json: values.json === true,
  });
}
