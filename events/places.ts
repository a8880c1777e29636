/**
 * Folds and views tell what came first by the `position` of events. In a history that is not in the order of the log the
 * position of an event is its place: the time before the position in the log. Places compare as the history goes, and the
 * place of an event does not depend on what else is in the history.
 */
const POSITION_BITS = 64;

/** Every time that has four digits for its year lies after it, so that no place is mistaken for a position. */
const earliest = Date.parse('0000-01-01T00:00:00Z') - 1;

/** @param time RFC 3339 */
export const placeOf = (time: string, position: bigint): bigint =>
  (BigInt(Date.parse(time) - earliest) << BigInt(POSITION_BITS)) | position;

/** The position in the log that a place, or a position, names. */
export const logPositionOf = (place: bigint): bigint => BigInt.asUintN(POSITION_BITS, place);

/** The last place of a time. */
export const endOfTime = (time: string): bigint => placeOf(time, (1n << BigInt(POSITION_BITS)) - 1n);

/** The time of a place, in milliseconds of the epoch. */
export const timeOfPlace = (place: bigint): number => Number(place >> BigInt(POSITION_BITS)) + earliest;
