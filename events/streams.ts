/**
 * Stream names. They are a storage format.
 * A pair id holds no hyphen, so the stream of one pair's call is never a prefix of another pair's.
 */
export const pairingsStream = 'pairings';
export const pairStream = (pairId: string): string => `pair-${pairId}`;
/** The start of the names of all call streams of a pair; of all pairs where the id is empty. */
export const callStreamPrefix = (pairId: string): string => (pairId === '' ? 'call-' : `call-${pairId}-`);
export const callStream = (pairId: string, callId: string): string => callStreamPrefix(pairId) + callId;
/** A pair id holds no hyphen. */
export const callIdIn = (stream: string): string => stream.slice(stream.indexOf('-', 'call-'.length) + 1);
export const agentStreamPrefix = 'agent-';
export const agentStream = (sip: string): string => agentStreamPrefix + sip;
export const refusalsStream = (pairId: string): string => `refusals-${pairId}`;
/** Decisions about events that could not be folded, for all pairs. It is read before the log is folded. */
export const deadLettersStream = 'dead-letters';
/** The receipts of one idempotency key for commands that store no event of their own, named by the digest of the key. */
export const receiptStream = (keyDigest: string): string => `receipt-${keyDigest}`;
export const receiptDigestOf = (stream: string): string => stream.slice('receipt-'.length);

export type StreamFamily = 'pairings' | 'pair' | 'call' | 'agent' | 'refusals' | 'receipt' | 'dead-letters';

/** The family of a stream, null where it is unknown; and its pair, null where it belongs to none. */
export function describeStream(stream: string): { family: StreamFamily | null; pairId: string | null } {
  // Asked for every event of a rebuild: the families with most events come first.
  if (stream.startsWith('call-')) return { family: 'call', pairId: stream.slice(5, stream.indexOf('-', 5)) };
  if (stream.startsWith('agent-')) return { family: 'agent', pairId: null };
  if (stream.startsWith('pair-')) return { family: 'pair', pairId: stream.slice(5) };
  if (stream.startsWith('receipt-')) return { family: 'receipt', pairId: null };
  // What was refused of an event that belongs to no pair is in the stream of the refusals of none.
  if (stream.startsWith('refusals-')) return { family: 'refusals', pairId: stream.slice(9) || null };
  if (stream === pairingsStream) return { family: 'pairings', pairId: null };
  if (stream === deadLettersStream) return { family: 'dead-letters', pairId: null };
  return { family: null, pairId: null };
}
