import type { StoredEvent } from '../../src/store/port.js';
import { LiveState } from '../../src/runtime/projections/state/live-state.js';
import { configuration, finishedCalls, recorded } from '../call-log.js';
import type { Limit } from './times.js';

const few = 200_000;
const many = 1_000_000;
const chunk = 20_000;

/** The live state after calls that have all ended: it follows the open ones. */
export function memory(): readonly Limit[] {
  const before = usedMegabytes();
  const state = new LiveState();
  fold(state, recorded(configuration()));
  let ended = 0;
  const upTo = (calls: number): number => {
    for (; ended < calls; ended += chunk) {
      fold(state, recorded(finishedCalls(chunk, ended), BigInt(1_000 + ended * 3)));
    }
    return usedMegabytes() - before;
  };
  const afterFew = upTo(few);
  const afterMany = upTo(many);
  const counted = [...state.pairs.values()].map(({ callStatus }) => callStatus.state.owners[0]?.totals.ended);
  if (counted[0] !== many) throw new Error(`${counted[0]} calls had ended.`);
  return [
    { what: `live state after ${few} ended calls`, measured: afterFew, unit: 'MB', atMost: null, beside: '' },
    { what: `live state after ${many}`, measured: afterMany, unit: 'MB', atMost: null, beside: '' },
    {
      what: 'memory after the many',
      measured: afterMany / afterFew,
      unit: 'x',
      atMost: 1.2,
      beside: 'the few',
    },
  ];
}

function fold(state: LiveState, events: ReturnType<typeof recorded>): void {
  for (const { id, type, data, metadata, stream, revision, position, recordedAt } of events) {
    const { schemaVersion } = metadata;
    const stored = { id, type, schemaVersion, data, metadata, stream, revision, position, recordedAt };
    state.apply(stored as object as StoredEvent);
  }
}

function usedMegabytes(): number {
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 2 ** 20;
}
