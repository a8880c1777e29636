// @ts-check
/** The build: whether it is that of the code as it stands, and making it. Plain JavaScript, for nothing is built yet. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { compressBelow } from './compress.js';

const project = 'tsconfig.build.json';
/** The folder of the page. */
const page = 'web';
/** Made of the whole code once it is built. */
const mark = join('dist', '.built');
const main = join('dist', 'src', 'main.js');

/**
 * `none`: there is none; `older`: the code was changed since; `current`: it is that of the code. Where there is no code, as
 * in an image or a package, the build is the only thing there, and current.
 * @param {string} root the folder of the project
 * @returns {'none' | 'older' | 'current'}
 */
export function stateOfBuild(root) {
  if (!existsSync(join(root, main))) return 'none';
  if (!existsSync(join(root, project))) return 'current';
  const marked = markIn(root);
  // The compiler writes files also where it finds faults.
  if (marked === null) return 'none';
  return marked === signatureOf(root) ? 'current' : 'older';
}

/**
 * Builds what was changed since the last build.
 * @param {string} root the folder of the project
 * @param {'inherit' | 2} output where the compiler reports: 2 keeps standard output for an answer
 * @returns {boolean} whether it went well; the reason has been reported where it did not
 */
export function build(root, output) {
  const signature = signatureOf(root);
  const compiler = compilerOf(root);
  if (compiler === null) {
    process.stderr.write('Poolkeeper is not built, and its compiler is not installed: run "npm ci" first.\n');
    return false;
  }
  const { status } = spawnSync(process.execPath, [compiler, '-p', project], {
    cwd: root,
    stdio: ['ignore', output, output === 2 ? 2 : 'inherit'],
  });
  if (status !== 0 || !buildPage(root, output)) return false;
  writeFileSync(join(root, mark), signature);
  return true;
}

/**
 * Builds the page into dist/web, each file also compressed, so that nothing is compressed for a request.
 * @param {string} root
 * @param {'inherit' | 2} output
 * @returns {boolean}
 */
function buildPage(root, output) {
  if (!existsSync(join(root, page))) return true;
  const bundler = resolved(root, 'vite/bin/vite.js');
  if (bundler === null) {
    process.stderr.write('The page is not built, for its bundler is not installed: run "npm ci" first.\n');
    return false;
  }
  const { status } = spawnSync(process.execPath, [bundler, 'build', page, '--logLevel', 'warn'], {
    cwd: root,
    stdio: ['ignore', output, output === 2 ? 2 : 'inherit'],
  });
  if (status !== 0) return false;
  compressBelow(join(root, 'dist', 'web', 'assets'));
  return true;
}

/**
 * Of names, times and sizes of all that the build is made of: another one after any change.
 * @param {string} root
 */
export function signatureOf(root) {
  const hash = createHash('sha256');
  for (const path of ['package.json', 'package-lock.json', 'tsconfig.json', project, ...sourcesIn(root)]) {
    const stats = statSync(join(root, path), { throwIfNoEntry: false });
    if (stats?.isFile()) hash.update(`${path} ${stats.mtimeMs} ${stats.size}\n`);
  }
  return hash.digest('hex');
}

/** @param {string} root */
function sourcesIn(root) {
  /** @type {unknown} */
  const configuration = JSON.parse(readFileSync(join(root, project), 'utf8'));
  const { include } = /** @type {{ include: string[] }} */ (configuration);
  return [...include, page].flatMap((folder) => filesBelow(root, folder));
}

/**
 * @param {string} root
 * @param {string} folder
 * @returns {string[]}
 */
function filesBelow(root, folder) {
  const path = join(root, folder);
  if (!existsSync(path)) return [];
  const entries = readdirSync(path, { withFileTypes: true });
  return entries
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => {
      const inner = `${folder}/${entry.name}`;
      if (!entry.isDirectory()) return [inner];
      return entry.name === 'node_modules' ? [] : filesBelow(root, inner);
    });
}

/** @param {string} root */
function markIn(root) {
  try {
    return readFileSync(join(root, mark), 'utf8');
  } catch {
    return null;
  }
}

/** @param {string} root */
const compilerOf = (root) => resolved(root, 'typescript/bin/tsc');

/**
 * @param {string} root
 * @param {string} name of a file in a package
 */
function resolved(root, name) {
  const [packageName = '', ...inner] = name.split('/');
  try {
    const manifest = createRequire(join(root, 'package.json')).resolve(`${packageName}/package.json`);
    return join(dirname(manifest), ...inner);
  } catch {
    return null;
  }
}
