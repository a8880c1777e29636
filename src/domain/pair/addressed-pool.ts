import type { PairCommand } from '../commands.js';

/** The pool that a command addresses. `pointer` is a JSON pointer to its field in the body. */
export const addressedPool = (command: PairCommand): { readonly pointer: string; readonly fqdn: string } =>
  command.name === 'import-response-groups'
    ? { pointer: '/destination', fqdn: command.body.destination }
    : { pointer: '/pool', fqdn: command.body.pool };
