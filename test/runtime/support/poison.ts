import type { Recorded } from '../../../events/envelope.js';
import type { JsonObject } from '../../../events/envelope.js';
import type { PoolkeeperEvent } from '../../../events/registry.js';
import { allProjections, type Projections } from '../../../src/runtime/projections/state/projections.js';
import type { EventToAppend } from '../../../src/store/port.js';
import { entries } from '../../http/support/pair.js';
import type { Service } from '../../http/support/service.js';
import { newId, until } from '../../store/support/checks.js';
import { textOf } from '../../../examples/generator/text-of.js';

/** A way to look at pair and call-status that chokes on events, after it has already changed half of the state. */
export class Choking {
  /** What is choked on, and with what words. */
  on: (event: Recorded<PoolkeeperEvent>) => boolean = () => false;
  readonly projections: Projections = {
    ...allProjections,
    pair: {
      ...allProjections.pair,
      apply: (pair, event) => {
        if (pair !== null && this.on(event)) {
          pair.pools[0].stage = 'failing-back';
          throw new Error('ink has run out');
        }
        return allProjections.pair.apply(pair, event);
      },
    },
    callStatus: {
      ...allProjections.callStatus,
      apply: (calls, event) => {
        if (this.on(event)) {
          calls.calls.clear();
          throw new Error('ink has run out');
        }
        return allProjections.callStatus.apply(calls, event);
      },
    },
  };
}

/** Chokes on this type. */
export function chokingOn(type: string): Choking {
  const choking = new Choking();
  choking.on = (event) => event.type === type;
  return choking;
}

/** An event as another version of the service may have written it. */
export const strange = (type: string, schemaVersion = 1, data: JsonObject = {}): EventToAppend => ({
  id: newId(),
  type,
  schemaVersion,
  data,
  metadata: {
    actor: 'kim',
    correlationId: 'c',
    causationId: 'c',
    commandId: 'c',
    occurredAt: '2026-11-24T02:58:00.000Z',
  },
});

export async function lettersOf(service: Service): Promise<readonly JsonObject[]> {
  const { deadLetters } = await service.shown('/v1/dead-letters');
  return entries(deadLetters);
}

/** Resolves when so many letters are listed. */
export async function letters(service: Service, count: number): Promise<readonly JsonObject[]> {
  await until(() => service.poolkeeper.letters.list().length >= count);
  return await lettersOf(service);
}

/** The id of the letter of a projection. */
export async function letterOf(service: Service, projection: string): Promise<string> {
  const letter = (await lettersOf(service)).find((one) => one['projection'] === projection);
  if (letter === undefined) throw new Error(`There is no dead letter of ${projection}.`);
  return textOf(letter['id']);
}

/** Decides about a letter. */
export async function decide(
  service: Service,
  id: string,
  decision: 'retry' | 'discard',
  reason?: string,
): Promise<JsonObject> {
  const { body } = await service.send({
    method: 'POST',
    url: `/v1/dead-letters/${id}/${decision}`,
    headers: { 'content-type': 'application/json', 'x-actor': 'lee@contoso.com' },
    payload: JSON.stringify({ reason }),
  });
  return body;
}

/** The stream of the pair that a pool is of. */
export async function pairOf(
  service: Service,
  pool: string,
): Promise<{ readonly id: string; readonly stream: string }> {
  const id = textOf((await service.shown(`/v1/pools/${pool}`))['pairId']);
  return { id, stream: `pair-${id}` };
}
