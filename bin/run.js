// @ts-check
/** `node bin/run.js dist/src/main.js …` builds what was changed, and runs a program of the build. */
import { build, stateOfBuild } from './lib/build.js';
import { launch, root } from './lib/launch.js';

const [, , program = '', ...given] = process.argv;
if (stateOfBuild(root) !== 'current' && !build(root, 'inherit')) process.exitCode = 1;
else await launch(program, given);
