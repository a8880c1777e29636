import {
  agentStreamPrefix,
  callStreamPrefix,
  deadLettersStream,
  pairStream,
  refusalsStream,
} from '../../../events/streams.js';
import type { PairFacts } from '../../../facts/pair.js';
import type { TrailFamily } from '../../../projections/audit-trail/scan-range.js';
import type { Directory } from '../projections/state/directory.js';

/** Up to this many agent streams are read by name; beyond it, all agent streams are scanned and filtered. */
const agentsByName = 500;

/** Prefixes of the streams of a family that may hold entries of a pair's trail. */
export function trailStreamsOf(
  family: TrailFamily,
  { pairId, pools, formerNames }: PairFacts,
  { agentStreams }: Pick<Directory, 'agentStreams'>,
): readonly string[] {
  switch (family) {
    case 'pair':
      return [pairStream(pairId)];
    case 'call':
      return [callStreamPrefix(pairId)];
    case 'refusals':
      return [refusalsStream(pairId)];
    case 'dead-letters':
      return [deadLettersStream];
    case 'agent': {
      const names = [...pools, ...formerNames].map(({ fqdn }) => fqdn);
      const streams = new Set(names.flatMap((fqdn) => [...(agentStreams.get(fqdn) ?? [])]));
      return streams.size > agentsByName ? [agentStreamPrefix] : [...streams];
    }
  }
}
