/** A writer thread that opens, and dies of its first group: exits or throws, as its file is named. */
import { basename } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';

const deaths = {
  exit: () => process.exit(3),
  throw: () => {
    throw new Error('the disk is on fire');
  },
};

parentPort.on('message', () => deaths[basename(workerData)]());
parentPort.postMessage({ kind: 'opened' });
