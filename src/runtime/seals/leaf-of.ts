import { leafHash, type Hash } from '../../seals/merkle-tree.js';
import { eventHash } from '../../store/event-hash.js';
import type { StoredEvent } from '../../store/port.js';

/** The leaf of an event in the tree of the log: the RFC 6962 hash of the 32 bytes of the event's own hash. */
export const leafOf = (event: StoredEvent): Hash => leafHash(eventHash(event));
