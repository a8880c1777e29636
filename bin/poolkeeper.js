#!/usr/bin/env node
// @ts-check
/** The command `poolkeeper`. It answers at once: it builds only where there is no build at all. */
import { build, stateOfBuild } from './lib/build.js';
import { launch, root } from './lib/launch.js';

/**
 * Standard output holds the answer alone.
 * @param {string} sentence
 */
const say = (sentence) => process.stderr.write(`${sentence}\n`);

function isBuilt() {
  const state = stateOfBuild(root);
  if (state === 'older') say('The build is older than the code; "npm run build" renews it.');
  if (state !== 'none') return true;
  say('Poolkeeper is being built, once …');
  return build(root, 2);
}

const { npm_lifecycle_event: script, npm_config_loglevel: level } = process.env;
if (script === 'poolkeeper' && level !== 'silent' && !process.stdout.isTTY) {
  say('npm wrote lines of its own before this answer; "npx poolkeeper …" gives the answer alone.');
}
if (isBuilt()) await launch('dist/src/cli/main.js', process.argv.slice(2));
else process.exitCode = 1;
