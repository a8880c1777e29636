import type { JsonObject } from '../../../events/envelope.js';
import type { EventStore } from '../../../src/store/port.js';
import type { Answer, Service } from '../../http/support/service.js';

const url = (projection: string): string => `/v1/projections/${projection}/rebuild`;

export const askRebuild = (service: Service, projection: string): Promise<Answer> =>
  service.send({ method: 'POST', url: url(projection), headers: { 'x-actor': 'lee@contoso.com' } });

export const abortRebuild = (service: Service, projection: string): Promise<Answer> =>
  service.send({ method: 'DELETE', url: url(projection) });

/** Rebuilds a projection; resolves to how it ended. */
export async function rebuilt(service: Service, projection: string): Promise<JsonObject> {
  const { status, text } = await askRebuild(service, projection);
  if (status !== 202) throw new Error(`The rebuild was to begin, but: ${status} ${text}`);
  return await ended(service, projection);
}

export async function ended(service: Service, projection: string): Promise<JsonObject> {
  await service.poolkeeper.rebuilds.ended(projection);
  const { rebuild } = await service.shown(`/v1/projections/${projection}`);
  return rebuild as JsonObject;
}

/** Holds every read of the whole log at its beginning, until it is opened. */
export class Gate {
  open!: () => void;
  /** Resolves when a read waits. */
  readonly reached: Promise<void>;

  constructor(store: EventStore) {
    const { readAll } = store;
    let arrive: () => void;
    this.reached = new Promise((resolve) => (arrive = resolve));
    const opened = new Promise<void>((resolve) => (this.open = resolve));
    store.readAll = async function* (range) {
      arrive();
      await opened;
      yield* readAll.call(store, range);
    };
  }
}
