/** The command line. Nothing is imported before the version of Node is known to be new enough. */
import { refuseOldNode } from '../node-version.js';

if (refuseOldNode()) {
  process.exitCode = 1;
} else {
  const { run } = await import('./run.js');
  const { processIo } = await import('./io.js');
  process.exitCode = await run(process.argv.slice(2), processIo());
}
