import { join } from 'node:path';
import type { EventStore } from '../../store/port.js';
import { compare } from './comparison.js';
import type { SealRecord } from './seal-record.js';
import { SEALS, TREE } from './sealed-log.js';
import { differenceText } from './sentences.js';
import { readTree } from './tree-file.js';

/** A sentence, after a blank, on where the log departs from a seal; empty where that cannot be told. */
export async function departureFrom(
  { size, root }: SealRecord,
  store: EventStore,
  folder: string,
  signal: AbortSignal,
): Promise<string> {
  using index = readTree(join(folder, SEALS, TREE));
  const sealed = [{ size, root: Buffer.from(root, 'hex') }];
  const { difference } = await compare(store.readAll(), sealed, index, signal);
  return difference === null ? '' : ` ${differenceText(difference)}`;
}
