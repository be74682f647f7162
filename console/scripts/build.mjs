// Builds the console into target/classes, if anything that it is made of has changed since.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const home = dirname(dirname(fileURLToPath(import.meta.url)));
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`The console is built with Node.js 20.19 or later; this is ${process.version}.`);
  process.exit(1);
}

/** All files below a path, in an order that is the same everywhere. */
const filesBelow = (path) =>
  readdirSync(path, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) =>
      entry.isDirectory() ? filesBelow(join(path, entry.name)) : [join(path, entry.name)],
    );

const digestOf = (files) => {
  const hash = createHash('sha256').update(process.versions.node.split('.')[0]);
  for (const file of files) {
    hash.update(`\0${relative(home, file)}\0`).update(readFileSync(file));
  }
  return hash.digest('hex');
};

/** Does `work` unless `mark` says that it was done for the same digest. */
const unlessDone = (mark, digest, isThere, work) => {
  if (isThere && existsSync(mark) && readFileSync(mark, 'utf8') === digest) return;
  work();
  mkdirSync(dirname(mark), { recursive: true });
  writeFileSync(mark, digest);
};

const npm = (...command) => {
  const { status, error } = spawnSync('npm', command, { cwd: home, stdio: 'inherit' });
  if (error !== undefined) console.error(`npm cannot be run: ${error.message}`);
  if (status !== 0) process.exit(status ?? 1);
};

/** The licences of what the built files contain, which ask to go wherever it goes. */
const writeLicences = () => {
  const { packages } = JSON.parse(readFileSync(here('package-lock.json'), 'utf8'));
  const texts = Object.entries(packages)
    .filter(([path, { dev, optional }]) => path !== '' && !dev && !optional)
    .map(([path, { version, license }]) => {
      const file = readdirSync(here(path)).find((name) => /^licen[cs]e/i.test(name));
      const text = file === undefined ? '' : readFileSync(here(path, file), 'utf8').trim();
      return `${path.replace(/^.*node_modules\//, '')} ${version} (${license})\n\n${text}\n`;
    });
  mkdirSync(here('target', 'classes', 'META-INF'), { recursive: true });
  const list = here('target', 'classes', 'META-INF', 'console-licences.txt');
  writeFileSync(list, texts.join(`\n${'-'.repeat(80)}\n\n`));
};

const here = (...names) => join(home, ...names);
const libraries = [here('package.json'), here('package-lock.json'), here('.npmrc')];
const inputs = [...libraries, here('vite.config.ts'), ...filesBelow(here('src', 'main', 'web'))];
const built = here('target', 'classes', 'META-INF', 'resources', 'console', 'index.html');

unlessDone(
  here('node_modules', '.console-digest'),
  digestOf(libraries),
  existsSync(here('node_modules')),
  () => npm('ci', '--no-progress', '--loglevel=error'),
);
unlessDone(here('target', 'console-digest'), digestOf(inputs), existsSync(built), () => {
  npm('run', '--silent', 'build', '--', '--logLevel', 'warn');
  writeLicences();
});
