import { deployment } from '../../examples/generator/export-file/deployment.js';
import { exportFile } from '../../examples/generator/export-file/export-file.js';
import { Random } from '../../examples/generator/random.js';

export const audioBytes = 100_000;

/** A zip of 800 workflows, of which 200 have music of their own: noise, which does not compress, as recordings do not. */
export function largeExport(): Buffer {
  const random = new Random(200);
  return exportFile({
    ...deployment({ workflows: 800, audioFiles: 200 }),
    audio: () => Buffer.from(Uint8Array.from({ length: audioBytes }, () => random.between(0, 255))),
  });
}
