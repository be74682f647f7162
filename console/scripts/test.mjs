// Compiles the tests and runs those of one kind: `unit`, `browser`, or `pictures`. More arguments
// name files.
import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const home = dirname(dirname(fileURLToPath(import.meta.url)));
const [kind, ...named] = process.argv.slice(2);
const compiled = join(home, 'target', 'web-tests');

const run = (...command) => {
  const { status } = spawnSync(process.execPath, command, { cwd: home, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
};

rmSync(compiled, { recursive: true, force: true });
run(join(home, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', 'tsconfig.test.json');

const folder = join(compiled, 'test', 'web', kind);
const files = readdirSync(folder)
  .filter((file) => file.endsWith('.test.js'))
  .filter((file) => named.length === 0 || named.some((name) => file.startsWith(name)))
  .map((file) => join(folder, file));
// Two browsers at a time: they mostly wait.
run('--enable-source-maps', '--test', '--test-concurrency=2', '--test-reporter=spec', ...files);
