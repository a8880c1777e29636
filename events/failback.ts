import type { EventOf } from './envelope.js';
import { contract } from './contract.js';

export type FailbackInitiated = EventOf<'FailbackInitiated', { readonly pool: string }>;
export type FailbackCompleted = EventOf<
  'FailbackCompleted',
  { readonly pool: string; readonly reason: string | null }
>;
export type FailbackFailed = EventOf<
  'FailbackFailed',
  { readonly pool: string; readonly reason: string | null }
>;

export type FailbackEvent = FailbackInitiated | FailbackCompleted | FailbackFailed;

export const failbackContracts = [
  contract('FailbackInitiated'),
  contract('FailbackCompleted'),
  contract('FailbackFailed'),
] as const;
