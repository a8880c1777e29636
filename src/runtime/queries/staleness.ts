import type { JsonObject } from '../../../events/envelope.js';
import { deadLetterId } from '../projections/dead-letters/dead-letter.js';
import type { AnyProjectionInstance } from '../projections/state/projection-instance.js';
import type { ViewAnswer } from './query-service.js';

/**
 * What an answer says where its state is not what the log makes of it: `parked`, an event that could not be folded
 * and what came after it are not in it; `stale`, it was folded by an earlier version of the projection.
 * @param concerns which parked parts the answer speaks of; all where absent
 */
export function staleness(
  fold: AnyProjectionInstance,
  concerns: (part: string) => boolean = () => true,
): JsonObject {
  const { projection, parked, staleVersion, checkpoint } = fold;
  const [first] = [...parked].filter(([part]) => concerns(part)).map(([, at]) => at);
  return {
    ...(first === undefined
      ? {}
      : {
          parked: {
            deadLetter: deadLetterId(projection, first),
            position: String(first.event.position),
            reason: first.error,
          },
        }),
    ...(staleVersion === null
      ? {}
      : { stale: { version: staleVersion, position: String(checkpoint.position) } }),
  };
}

/** The answer with its reservations, whose coming and going changes its tag. */
export function withStaleness(answer: ViewAnswer, made: JsonObject): ViewAnswer {
  const kinds = Object.keys(made);
  if (kinds.length === 0) return answer;
  return { ...answer, body: { ...answer.body, ...made }, etag: [answer.etag, ...kinds].join('-') };
}
