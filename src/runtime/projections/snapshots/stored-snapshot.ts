import { deserialize, serialize } from 'node:v8';
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { Snapshot } from './snapshot-cache.js';

/** State and checkpoint have one checksum, so that damage on the disk is noticed. */
const withChecksum = { params: { [constants.ZSTD_c_checksumFlag]: 1 } };

/** @throws where the state has values that cannot be serialized */
export const storedForm = ({ checkpoint, packed }: Snapshot): Uint8Array =>
  zstdCompressSync(serialize({ checkpoint, packed }), withChecksum);

/** @throws where the bytes are damaged */
export const snapshotIn = (stored: Uint8Array): Snapshot =>
  deserialize(zstdDecompressSync(stored)) as Snapshot;
