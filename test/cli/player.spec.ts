import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import type { Answer } from '../../src/cli/client.js';
import { CliError } from '../../src/cli/exit-codes.js';
import type { PlayLine } from '../../src/cli/play/line.js';
import { Player } from '../../src/cli/play/player.js';
import type { Tally } from '../../src/cli/play/tally.js';
import type { CommandName } from '../../src/domain/commands.js';

const quiet = { reached: () => undefined, stages: () => undefined, done: () => undefined };
const accepted: Answer = { status: 200, text: '{"events":[{}],"position":"5"}', retryAfter: null };
const refused: Answer = { status: 409, text: '{"detail":"no"}', retryAfter: null };

const line = (number: number, command: CommandName, body: object, more: object = {}): PlayLine => ({
  number,
  at: '2026-11-17T10:18:00Z',
  actor: 'kim',
  command,
  body: { ...body },
  ...more,
});
const arrived = (number: number, callId: string, more: object = {}): PlayLine =>
  line(number, 'report-call-arrived', { callId }, more);
const ended = (number: number, callId: unknown): PlayLine => line(number, 'report-call-ended', { callId });

/** A service that takes longer for some lines, and remembers when each began and ended. */
class Service {
  readonly log: string[] = [];
  readonly keys: (string | undefined)[] = [];
  largest = 0;
  private underWay = 0;

  constructor(
    private readonly answer: (name: string, body: object) => Answer | Promise<Answer> = () => accepted,
  ) {}

  async command(
    name: string,
    body: object,
    headers: { readonly idempotencyKey?: string } = {},
  ): Promise<Answer> {
    const label = 'callId' in body ? String(body.callId) : name;
    this.keys.push(headers.idempotencyKey);
    this.log.push(`+${label}`);
    this.largest = Math.max(this.largest, (this.underWay += 1));
    await wait(label.startsWith('slow') ? 15 : 1);
    this.underWay -= 1;
    this.log.push(`-${label}`);
    return await this.answer(name, body);
  }

  async view(): Promise<Answer> {
    return { status: 200, text: '{"pools":[]}', retryAfter: null };
  }

  async play(lines: readonly PlayLine[]): Promise<Tally> {
    const pace = { until: async () => undefined };
    return await new Player({
      client: this,
      pace,
      progress: quiet,
      fileName: 'day.ndjson',
      inFlight: 4,
    }).play(lines);
  }
}

describe('play sends lines side by side, but in order where it matters', () => {
  test('the lines of one call follow each other, another call overtakes them', async () => {
    const service = new Service();
    await service.play([arrived(1, 'slow'), ended(2, 'slow'), arrived(3, 'other')]);
    expect(service.log).toEqual(['+slow', '+other', '-other', '-slow', '+slow', '-slow']);
  });

  test('a command about a pair waits for all before it and holds back all after it', async () => {
    const service = new Service();
    await service.play([arrived(1, 'slow'), line(2, 'end-outage', {}), arrived(3, 'late')]);
    expect(service.log).toEqual(['+slow', '-slow', '+end-outage', '-end-outage', '+late', '-late']);
  });

  test('no more are under way than may be', async () => {
    const service = new Service();
    await service.play(Array.from({ length: 20 }, (_, index) => arrived(index + 1, `call-${index}`)));
    expect(service.largest).toBe(4);
  });

  test('an answer is used by the lines that name its label', async () => {
    const placed: Answer = { ...accepted, text: '{"events":[],"callId":"made-up"}' };
    const service = new Service(() => placed);
    await service.play([arrived(1, 'slow', { label: 'back' }), ended(2, { $from: 'back' })]);
    expect(service.log).toEqual(['+slow', '-slow', '+made-up', '-made-up']);
  });

  test('each line has a key of its own, the same every time', async () => {
    const [once, again] = [new Service(), new Service()];
    for (const service of [once, again]) await service.play([arrived(1, 'one'), arrived(2, 'two')]);
    expect(once.keys).toEqual(['play day.ndjson line 1', 'play day.ndjson line 2']);
    expect(again.keys).toEqual(once.keys);
  });
});

describe('play counts how lines come out', () => {
  test('what is refused and should be, what is refused and should not be, and the other way round', async () => {
    const service = new Service((_, body) =>
      'callId' in body && body.callId === 'yes' ? accepted : refused,
    );
    const expectation = { expect: 'refused' };
    const tally = await service.play([
      arrived(1, 'yes'),
      arrived(2, 'no', expectation),
      arrived(3, 'never'),
      arrived(4, 'yes', expectation),
    ]);
    expect(tally).toEqual({
      accepted: 1,
      refusedAsExpected: 1,
      events: 1,
      surprises: [
        { line: 3, command: 'report-call-arrived', detail: '409: no' },
        { line: 4, command: 'report-call-arrived', detail: 'was accepted, but should have been refused' },
      ],
    });
  });

  test('a service that is busy is asked again', async () => {
    let asked = 0;
    const busy: Answer = { status: 429, text: '{}', retryAfter: 0.01 };
    const service = new Service(() => ((asked += 1) < 3 ? busy : accepted));
    expect(await service.play([arrived(1, 'one')])).toMatchObject({ accepted: 1, surprises: [] });
  });

  test('a service that goes away ends the play', async () => {
    const service = new Service((_, body) => {
      if ('callId' in body && body.callId === 'two') throw new CliError('away', 7);
      return accepted;
    });
    await expect(
      service.play([arrived(1, 'one'), arrived(2, 'two'), line(3, 'end-outage', {})]),
    ).rejects.toThrow('away');
    expect(service.log).not.toContain('+end-outage');
  });
});
