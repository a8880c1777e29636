/** Names of objects: what they may be. */
import type { ObjectKind } from '../../events/vocabulary.js';
import { limits } from '../../policy/limits.js';
import { composed, sameName } from '../../policy/names.js';
import {
  charactersBarredFromWorkflowNames,
  reservedWorkflowNames,
} from '../../policy/object-properties/workflow.js';
import { barredCharacterIn, barredSentence } from '../../policy/texts/characters.js';
import type { FieldError } from './decision.js';

/**
 * `service:ApplicationServer:<fqdn>`, with or without its first word, and with the id of the service behind a slash as
 * Get-CsRgsConfiguration prints it, is the same pool as the bare name.
 */
export const poolNameOf = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .replace(/^(service\s*:\s*)?(applicationserver\s*:\s*)/, '')
    .replace(/\s*\/\s*\{?[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}\}?$/, '')
    .trim();

export const cleanName = composed;

export function nameErrors(kind: ObjectKind, given: string): readonly FieldError[] {
  const name = cleanName(given);
  const wrong = (detail: string): readonly FieldError[] => [{ pointer: '/name', detail }];
  if (name === '' || name.length > limits.name) {
    return wrong(`Must have 1 to ${limits.name} characters.`);
  }
  if (!name.isWellFormed()) return wrong('Must hold no halves of characters.');
  const barred = barredCharacterIn(name);
  if (barred !== null) return wrong(barredSentence(barred));
  if (kind !== 'workflow') return [];
  if (charactersBarredFromWorkflowNames.some((character) => name.includes(character))) {
    return wrong(`Must not hold any of: ${charactersBarredFromWorkflowNames.join(' ')}`);
  }
  return reservedWorkflowNames.some((reserved) => sameName(reserved, name))
    ? wrong(`Is reserved by the product: ${reservedWorkflowNames.join(', ')}.`)
    : [];
}
