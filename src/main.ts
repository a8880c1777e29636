/** Starts the service. Nothing is imported before the version of Node is known to be new enough. */
import { refuseOldNode } from './node-version.js';

if (refuseOldNode()) {
  process.exitCode = 1;
} else {
  const { serve } = await import('./api/serve.js');
  await serve();
}
