import { deserialize, serialize } from 'node:v8';
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { Snapshot } from './snapshot-cache.js';

/** A state that the disk has changed is not taken for one; the place stands under the same checksum. */
const withChecksum = { params: { [constants.ZSTD_c_checksumFlag]: 1 } };

/** @throws where the state holds what cannot be kept */
export const storedForm = ({ checkpoint, packed }: Snapshot): Uint8Array =>
  zstdCompressSync(serialize({ checkpoint, packed }), withChecksum);

/** @throws where it is not what was stored */
export const snapshotIn = (stored: Uint8Array): Snapshot =>
  deserialize(zstdDecompressSync(stored)) as Snapshot;
