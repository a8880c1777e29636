/** A service on a clock that is set by hand: of one day, to which times such as 09:30 belong. */
import { afterEach, beforeEach } from '@jest/globals';
import type { JsonObject } from '../../../events/envelope.js';
import { Service, type Ask, type Headers } from './service.js';

export interface Clocked {
  /** That of the test that runs. */
  readonly service: Service;
  /** A time of the day as RFC 3339. */
  readonly at: (time: string) => string;
  readonly set: (time: string) => void;
  /** Gives a command at a time, which has to be accepted. */
  readonly tell: (time: string, command: Ask, headers?: Headers) => Promise<JsonObject>;
}

/** Starts a service before each test, at eight o'clock, and stops it afterwards. */
export function clockedService(day: string): Clocked {
  const at = (time: string): string => `${day}T${time}:00.000Z`;
  let now = at('08:00');
  let running: Service | null = null;
  const service = (): Service => {
    if (running === null) throw new Error('There is a service within a test only.');
    return running;
  };
  beforeEach(async () => {
    now = at('08:00');
    running = await Service.start({ clock: () => new Date(now) });
  });
  afterEach(() => running?.stop());
  return {
    get service() {
      return service();
    },
    at,
    set: (time) => {
      now = at(time);
    },
    tell: async (time, command, headers) => {
      now = at(time);
      const { status, body, text } = await service().when(command, headers);
      if (status !== 200) throw new Error(`${command.name}: ${text}`);
      return body;
    },
  };
}
