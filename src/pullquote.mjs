#!/usr/bin/env node
// Plain JavaScript on purpose: it must run on any Node, to say in one sentence which one is needed.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (!((major === 24 && minor >= 16) || (major === 26 && minor >= 1) || major > 26)) {
  console.error(
    `Pullquote needs Node 24.16 or later (or 26.1 or later); this is Node ${process.versions.node}. ` +
      'Run it through npm (npm start), which brings Node 24 along on Linux and Windows after npm ci, or install Node 24 from https://nodejs.org.',
  );
  process.exit(1);
}
// On Linux the C library gives threads heaps of their own; two do. A busy bot needs some 15 MB less, and a long import 75. And
// it keeps more and more of what was freed, unless it is told how much it may. It reads both when a process begins, so the bot
// begins again, as the same process. Not under a parent that talks to it, whose channel would be lost.
const isLong = process.argv[2] === 'start' || process.argv[2] === 'import';
if (isLong && process.platform === 'linux' && !process.env.MALLOC_ARENA_MAX && !process.send)
  process.execve?.(process.execPath, [process.execPath, ...process.execArgv, ...process.argv.slice(1)], {
    ...process.env,
    MALLOC_ARENA_MAX: '2',
    MALLOC_TRIM_THRESHOLD_: process.env.MALLOC_TRIM_THRESHOLD_ ?? '1000000',
  });
// Types are stripped and code is compiled once a version, not at every start.
const { enableCompileCache } = await import('node:module');
enableCompileCache?.();
const { main } = await import('./cli.ts');
const status = await main(process.argv.slice(2));
// What was written last leaves first; nothing that is still open may keep a finished command alive.
process.stdout.write('', () => process.exit(status));
