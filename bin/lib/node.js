// @ts-check
/** The Node that Poolkeeper runs on: that of the process where it is new enough, else the one that npm has installed for it. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** As the packages of Node call them. */
const platforms = new Map([
  ['linux', 'linux'],
  ['win32', 'win'],
]);

/**
 * @param {string} root the folder of the project
 * @param {string} version of Node
 */
export function isNewEnough(root, version) {
  /** @type {unknown} */
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const { engines } = /** @type {{ engines: { node: string } }} */ (manifest);
  const [major = 0, minor = 0] = numbersIn(version);
  const [oldestMajor = 0, oldestMinor = 0] = numbersIn(engines.node);
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
}

/** @param {string} text */
const numbersIn = (text) => (text.match(/\d+/g) ?? []).map(Number);

/**
 * The project's own Node for a machine.
 * @param {string} root the folder of the project
 * @param {string} platform
 * @param {string} architecture
 * @returns {string | null} null where npm has none for it
 */
export function ownNode(root, platform, architecture) {
  const name = platforms.get(platform) ?? platform;
  const program = platform === 'win32' ? 'node.exe' : 'node';
  try {
    return createRequire(join(root, 'package.json')).resolve(`node-${name}-${architecture}/bin/${program}`);
  } catch {
    return null;
  }
}
