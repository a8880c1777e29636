import type { PoolkeeperModuleOptions } from '../services/options.js';
import type { GateOptions } from './access-gate.js';

/** How the service knows who asks: what the application brings, or else what is configured. */
export function gateOptionsOf({ access }: PoolkeeperModuleOptions): GateOptions {
  return { mode: access?.mode ?? 'auto', authenticators: access?.authenticators ?? [] };
}
