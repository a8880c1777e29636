import type { EventOf } from './envelope.js';
import { contract } from './contract.js';

export type FailoverInitiated = EventOf<
  'FailoverInitiated',
  { readonly pool: string; readonly backup: string; readonly disasterMode: boolean }
>;
export type FailoverCompleted = EventOf<
  'FailoverCompleted',
  { readonly pool: string; readonly reason: string | null }
>;
export type FailoverFailed = EventOf<
  'FailoverFailed',
  { readonly pool: string; readonly reason: string | null }
>;

export type FailoverEvent = FailoverInitiated | FailoverCompleted | FailoverFailed;

export const failoverContracts = [
  contract('FailoverInitiated'),
  contract('FailoverCompleted'),
  contract('FailoverFailed'),
] as const;
