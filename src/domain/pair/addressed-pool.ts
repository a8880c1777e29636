import type { PairCommand } from '../commands.js';

/** The pool that a command addresses. `pointer` is a JSON pointer to its field in the body. */
export function addressedPool(command: PairCommand): { readonly pointer: string; readonly fqdn: string } {
  switch (command.name) {
    case 'import-response-groups':
      return { pointer: '/destination', fqdn: command.body.destination };
    case 'replace-pool':
      return { pointer: '/failed', fqdn: command.body.failed };
    default:
      return { pointer: '/pool', fqdn: command.body.pool };
  }
}
