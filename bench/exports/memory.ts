import { readExport } from '../../src/rgs-export/read-export.js';
import { largeExport } from './large-export.js';

const mebibytes = (bytes: number): string => `${(bytes / 1_048_576).toFixed(1)} MiB`;

/** What reading takes beside the size of the file: the most that was in use while it was read. */
export async function memoryOfReading(): Promise<readonly string[]> {
  const zip = largeExport();
  await readExport(zip);
  const before = inUse();
  let most = before;
  const sampling = setInterval(() => (most = Math.max(most, used())), 1);
  const { objects, audio } = await readExport(zip);
  clearInterval(sampling);
  most = Math.max(most, used());
  return [
    `file: ${mebibytes(zip.length)}, read: ${objects.length} objects, ${audio.length} audio files`,
    `most in use above the file while it is read (uncollected garbage included): ${mebibytes(most - before)}`,
  ];
}

/** After a collection. */
function inUse(): number {
  globalThis.gc?.();
  return used();
}

function used(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
