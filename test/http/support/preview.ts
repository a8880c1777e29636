import type { JsonObject } from '../../../events/envelope.js';
import type { Answer, Ask, Headers, Service } from './service.js';

/** Asks what a command would do. */
export const preview = (service: Service, { name, body }: Ask, headers: Headers = {}): Promise<Answer> =>
  service.send({
    method: 'POST',
    url: `/v1/commands/${name}?preview=true`,
    headers: { 'content-type': 'application/json', ...headers },
    payload: JSON.stringify(body),
  });

/** The events of an answer, without what only storing gives them. */
export const toldEvents = ({ events }: JsonObject): readonly unknown[] =>
  Array.isArray(events)
    ? events.map((event: unknown) => {
        const { type, data } = event as { readonly type: string; readonly data: object };
        return { type, data };
      })
    : [];
