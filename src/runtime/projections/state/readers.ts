import type { StreamFamily } from '../../../../events/streams.js';
import type { AnyProjectionInstance } from './projection-instance.js';

/** The instances that read a family of streams. */
export type Readers = Readonly<Record<StreamFamily, readonly AnyProjectionInstance[]>>;

export function readersAmong(instances: readonly AnyProjectionInstance[]): Readers {
  const of = (family: StreamFamily): readonly AnyProjectionInstance[] =>
    instances.filter(({ projection }) => projection.reads.includes(family));
  return {
    pairings: of('pairings'),
    pair: of('pair'),
    call: of('call'),
    agent: of('agent'),
    refusals: of('refusals'),
    receipt: of('receipt'),
    'dead-letters': of('dead-letters'),
  };
}
