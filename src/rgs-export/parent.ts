/** The pool that hosted an object when it was exported: its identity begins with the service of that pool. */
import { ClixmlObject, textOf, type ClixmlValue } from './clixml/value.js';

const service = /^(?:service:)?applicationserver:([a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?)(?:\/|$)/i;

/**
 * In lower case; null where the identity names no service by its FQDN. It is `service:ApplicationServer:<fqdn>/<guid>`,
 * as a text or as an object with a ServiceId.
 */
export function parentIn(value: ClixmlObject): string | null {
  const identity = value.property('Identity') ?? null;
  const texts =
    identity instanceof ClixmlObject
      ? [...textsOf(identity.property('ServiceId')), ...textsOf(identity)]
      : [textOf(identity)];
  for (const text of texts) {
    const [, fqdn] = service.exec(text?.trim() ?? '') ?? [];
    if (fqdn !== undefined) return fqdn.toLowerCase();
  }
  return null;
}

const textsOf = (value: ClixmlValue | undefined): readonly (string | null)[] =>
  value instanceof ClixmlObject
    ? [textOf(value), textOf(value.property('NonNormalized') ?? null)]
    : [textOf(value ?? null)];
