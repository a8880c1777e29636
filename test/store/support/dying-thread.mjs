/** A writer thread that opens and ends at its first group: it exits or throws, depending on the name of its file. */
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
