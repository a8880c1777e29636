import type { Command } from 'commander';
import type { Session } from '../session.js';

export function registerPlay(_program: Command, _session: Session): void {
  // Follows in the next step.
}
