import { hash } from 'node:crypto';
import type { Principal } from '../../access/principal.js';
import { Failed, Ok, type Result } from '../../runtime/result.js';

/** The part of an answer that is in scope. It has a version of its own: another scope has another answer. */
export function inScope<Value>(
  { pools }: Pick<Principal, 'pools'>,
  result: Result<Value>,
  part: (value: Value) => Value,
): Result<Value> {
  if (pools === null || result instanceof Failed) return result;
  const scope = hash('sha256', [...pools].sort().join(' '), 'hex').slice(0, 12);
  return new Ok(part(result.value), result.version === null ? null : `${result.version}-${scope}`);
}
