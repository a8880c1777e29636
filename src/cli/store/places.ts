/** Where a log is: stores that no service writes meanwhile. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ConnectionStringError } from '../../store/eventstoredb/connection-string.js';
import { openEventStore } from '../../store/open-event-store.js';
import { DATABASE_FILE } from '../../store/open-store.js';
import type { EventStore } from '../../store/port.js';
import { exitCodes, CliError } from '../exit-codes.js';
import type { Io } from '../io.js';

/** A folder, or a connection string with the name of a deployment. */
export interface Place {
  readonly flag: string;
  readonly folder: string;
  readonly connectionString: string;
  readonly deployment: string;
}

/** Stands for the connection string in the variable of this name: what is on a command line, others can see. */
const VARIABLE = 'EVENT_STORE';
const SCHEME = /^(esdb|kurrentdb)(\+discover)?:/;
const DEPLOYMENT = /^[A-Za-z0-9][A-Za-z0-9_.]{0,63}$/;

export function placeOf(flag: string, given: string, deployment: string, io: Pick<Io, 'environment'>): Place {
  const text = given === VARIABLE ? (io.environment[VARIABLE] ?? '') : given;
  if (text === '') throw new CliError(`${flag}: the variable ${VARIABLE} is not set.`, exitCodes.usage);
  if (!DEPLOYMENT.test(deployment)) {
    throw new CliError(
      `${flag}-prefix must be 1 to 64 letters, digits, dots and underscores, not "${deployment}".`,
      exitCodes.usage,
    );
  }
  const isAddress = SCHEME.test(text);
  return {
    flag,
    folder: isAddress ? '' : resolve(text),
    connectionString: isAddress ? text : '',
    deployment,
  };
}

export const isSamePlace = (one: Place, other: Place): boolean =>
  one.folder === other.folder &&
  one.connectionString === other.connectionString &&
  (one.folder !== '' || one.deployment === other.deployment);

/** A store that is there already: no folder is made. */
export async function openSource(place: Place): Promise<EventStore> {
  if (place.connectionString === '' && !existsSync(join(place.folder, DATABASE_FILE))) {
    throw new CliError(
      `${place.flag}: ${place.folder} holds no event store (${DATABASE_FILE}).`,
      exitCodes.usage,
    );
  }
  return await openTarget(place);
}

/** A store; its folder is made where it is missing. */
export async function openTarget(place: Place): Promise<EventStore> {
  try {
    // The clock is never asked: what is copied keeps its times.
    return await openEventStore({ ...place, clock: () => new Date() });
  } catch (error) {
    if (error instanceof ConnectionStringError) {
      throw new CliError(`${place.flag}: ${error.message}`, exitCodes.usage);
    }
    throw error;
  }
}
