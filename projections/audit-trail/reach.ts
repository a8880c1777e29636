/** Where in the log the entries that pass a filter can stand: the rest need not be read. */
import { agentContracts } from '../../events/agent.js';
import { callContracts } from '../../events/call.js';
import { configurationContracts } from '../../events/configuration.js';
import { deadLetterContracts } from '../../events/dead-letter.js';
import { failbackContracts } from '../../events/failback.js';
import { failoverContracts } from '../../events/failover.js';
import { outageContracts } from '../../events/outage.js';
import { pairingContracts } from '../../events/pairing.js';
import { refusalContracts } from '../../events/refusal.js';
import { transferContracts } from '../../events/transfer.js';
import type { StreamFamily } from '../../events/streams.js';
import type { Incident } from '../../facts/incident.js';
import { stageChanges } from '../../policy/stages.js';
import { callsCutOff } from './consequence.js';
import type { AuditFilter } from './filter.js';

export type TrailFamily = Extract<StreamFamily, 'pair' | 'call' | 'agent' | 'refusals' | 'dead-letters'>;

export interface Reach {
  readonly families: readonly TrailFamily[];
  /** Any where absent. */
  readonly types?: readonly string[];
  /** Exclusive, and the position of an event; from the beginning where absent. */
  readonly after?: bigint;
  /** Inclusive; to the end where absent. */
  readonly upTo?: bigint;
}

const everywhere: readonly TrailFamily[] = ['pair', 'call', 'agent', 'refusals', 'dead-letters'];

/** What is found in which streams. */
const contractsIn: Readonly<Record<TrailFamily, readonly { readonly type: string }[]>> = {
  pair: [
    ...pairingContracts,
    ...outageContracts,
    ...failoverContracts,
    ...failbackContracts,
    ...configurationContracts,
    ...transferContracts,
  ],
  call: callContracts,
  agent: agentContracts,
  refusals: refusalContracts,
  'dead-letters': deadLetterContracts,
};

/** Null where nothing can pass. */
export function reachOf(
  { type, refused, incident }: AuditFilter,
  incidents: readonly Incident[],
): Reach | null {
  const families = familiesOf(type).filter(
    (family) => refused === undefined || refused === (family === 'refusals'),
  );
  const stretch = incident === undefined ? {} : stretchOf(incident, incidents);
  if (families.length === 0 || stretch === null) return null;
  return { families, ...stretch, ...(type === undefined ? {} : { types: typesOf(type) }) };
}

/** What is derived follows from the beginning of a stage. */
const typesOf = (type: string): readonly string[] =>
  type === callsCutOff ? stageChanges.map(({ event }) => event) : [type];

const familiesOf = (type: string | undefined): readonly TrailFamily[] =>
  everywhere.filter((family) =>
    type === callsCutOff
      ? family === 'pair'
      : type === undefined || contractsIn[family].some((contract) => contract.type === type),
  );

/** An incident lies between where it began and where it ended. The event to read after is one that bounds an earlier one. */
function stretchOf(id: string, incidents: readonly Incident[]): Pick<Reach, 'after' | 'upTo'> | null {
  const incident = incidents.find((candidate) => candidate.id === id);
  if (incident === undefined) return null;
  const { startedAtPosition, endedAtPosition } = incident;
  const after = incidents
    .flatMap(({ startedAtPosition: start, endedAtPosition: end }) => (end === null ? [start] : [start, end]))
    .reduce((last, position) => (position < startedAtPosition && position > last ? position : last), 0n);
  return { after, ...(endedAtPosition === null ? {} : { upTo: endedAtPosition }) };
}
