// @ts-check
/** `npm run build`: builds what was changed since the last build. */
import { build, stateOfBuild } from './lib/build.js';
import { root } from './lib/launch.js';

if (stateOfBuild(root) !== 'current' && !build(root, 'inherit')) process.exitCode = 1;
