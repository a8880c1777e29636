import { describeStream } from '../../events/streams.js';
import type { AuditEntry } from './entry.js';

export interface AuditFilter {
  /** A derived entry has no actor. */
  readonly actor?: string;
  /** Of an event, or `CallsCutOff`; any of them, where there are several. */
  readonly type?: string | readonly string[];
  /** Leaves out what was reported of single calls. */
  readonly withoutCalls?: boolean;
  /** RFC 3339; inclusive, on when it happened. */
  readonly from?: string;
  /** RFC 3339; inclusive, on when it happened. */
  readonly to?: string;
  readonly incident?: string;
  readonly correlationId?: string;
  readonly refused?: boolean;
  /** In any case: in the sentence, the type, the actor, the ids or the payload. */
  readonly text?: string;
}

/** The types that pass; any where undefined. */
export const typesIn = ({ type }: AuditFilter): readonly string[] | undefined =>
  typeof type === 'string' ? [type] : type;

/** What followed for calls from a stage is of no single call, and in no stream. */
const isOfOneCall = ({ stream }: AuditEntry): boolean =>
  stream !== null && describeStream(stream).family === 'call';

function holds(entry: AuditEntry, word: string): boolean {
  const { summary, type, actor, id, commandId, correlationId, position } = entry;
  const short = [summary, type, actor ?? '', id, commandId, correlationId];
  return (
    position === word ||
    short.some((text) => text.toLowerCase().includes(word)) ||
    JSON.stringify(entry.data).toLowerCase().includes(word)
  );
}

/** Whether an entry passes every filter that is set. */
export function matches(entry: AuditEntry, filter: AuditFilter): boolean {
  const { actor, from, to, incident, correlationId, refused, text, withoutCalls = false } = filter;
  const types = typesIn(filter);
  const happened = Date.parse(entry.occurredAt);
  return (
    (actor === undefined || entry.actor === actor) &&
    (types === undefined || types.includes(entry.type)) &&
    !(withoutCalls && isOfOneCall(entry)) &&
    (from === undefined || happened >= Date.parse(from)) &&
    (to === undefined || happened <= Date.parse(to)) &&
    (incident === undefined || entry.incident === incident) &&
    (correlationId === undefined || entry.correlationId === correlationId) &&
    (refused === undefined || entry.refused === refused) &&
    (text === undefined || holds(entry, text.toLowerCase()))
  );
}
