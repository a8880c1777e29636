/** Where a log is: stores that no service has open. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DATABASE_FILE, openSqliteStore } from '../../store/open-store.js';
import type { EventStore } from '../../store/port.js';
import { exitCodes, Failure } from '../exit-codes.js';

/** Never asked: what is copied keeps its times. */
const clock = (): Date => new Date();

/** The store of a folder that has one; none is made. */
export async function openSource(folder: string): Promise<EventStore> {
  if (!existsSync(join(folder, DATABASE_FILE))) {
    throw new Failure(`--from: ${folder} holds no event store (${DATABASE_FILE}).`, exitCodes.usage);
  }
  return await openSqliteStore({ folder, clock });
}

/** The store of a folder; both are made where they are missing. */
export async function openTarget(folder: string): Promise<EventStore> {
  return await openSqliteStore({ folder, clock });
}
