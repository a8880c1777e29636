/** Names of objects: what they may be. */
import type { ObjectKind } from '../../events/vocabulary.js';
import { sameName } from '../../policy/names.js';
import { longestObjectName } from '../../policy/object-properties/tables.js';
import {
  charactersBarredFromWorkflowNames,
  reservedWorkflowNames,
} from '../../policy/object-properties/workflow.js';
import type { FieldError } from './decision.js';

/** `service:ApplicationServer:<fqdn>`, with or without its first word, is the same pool as the bare name. */
export const poolNameOf = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .replace(/^(service\s*:\s*)?(applicationserver\s*:\s*)/, '')
    .trim();

export const cleanName = (name: string): string => name.trim().normalize('NFC');

export function nameErrors(kind: ObjectKind, given: string): readonly FieldError[] {
  const name = cleanName(given);
  const wrong = (detail: string): readonly FieldError[] => [{ pointer: '/name', detail }];
  if (name === '' || name.length > longestObjectName) {
    return wrong(`Must have 1 to ${longestObjectName} characters.`);
  }
  if (/[\p{Cc}\p{Surrogate}]/u.test(name)) {
    return wrong('Must hold no control characters or halves of characters.');
  }
  if (kind !== 'workflow') return [];
  if (charactersBarredFromWorkflowNames.some((character) => name.includes(character))) {
    return wrong(`Must not hold any of: ${charactersBarredFromWorkflowNames.join(' ')}`);
  }
  return reservedWorkflowNames.some((reserved) => sameName(reserved, name))
    ? wrong(`Is reserved by the product: ${reservedWorkflowNames.join(', ')}.`)
    : [];
}
