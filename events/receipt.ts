import type { EventOf, JsonObject } from './envelope.js';
import { contract } from './contract.js';

/** The two halves of an idempotency key's life, in a stream of its own: seen, and answered. */
export type CommandReceived = EventOf<
  'CommandReceived',
  { readonly command: string; readonly fingerprint: string; readonly commandId: string }
>;
export type CommandAnswered = EventOf<
  'CommandAnswered',
  { readonly status: number; readonly answer: JsonObject; readonly etag: string | null }
>;

export type ReceiptEvent = CommandReceived | CommandAnswered;

export const receiptContracts = [contract('CommandReceived'), contract('CommandAnswered')] as const;
