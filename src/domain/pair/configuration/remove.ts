import { copyOf } from '../../../../facts/copies.js';
import { copyKey, type PairFacts } from '../../../../facts/pair.js';
import type { PairCommands } from '../../commands.js';
import { accepted, alreadyHolds, noSuchId, type Decision } from '../../decision.js';
import { evaluate } from '../../rules.js';
import { configurationOpen, warnOfImportedCopy, warnOfReferences, warnOfServices } from './edit-rules.js';

export function removeObject(pair: PairFacts, command: PairCommands['remove-object']): Decision {
  const { pool, kind, id, tool } = command;
  const copy = copyOf(pair, pool, kind, id);
  if (copy === undefined) {
    const removal = pair.removed.get(copyKey(pool, kind, id));
    return removal !== undefined
      ? alreadyHolds(id, { what: `That the ${kind} "${id}" is gone from ${pool}`, at: removal.knownAt })
      : noSuchId('/id', id, `There is no ${kind} "${id}" on ${pool}.`);
  }
  const ruling = evaluate(
    () => configurationOpen(pair, copy, tool),
    () => warnOfReferences(pair, copy),
    () => warnOfImportedCopy(pair, copy),
    () => warnOfServices(pair, pool, kind, {}),
  );
  if (ruling.outcome !== 'allowed') return ruling;
  return accepted([{ type: 'ObjectRemoved', data: { pool, kind, id, tool } }], {
    because: ruling.because,
    warnings: ruling.warnings,
    subject: id,
  });
}
