/** What holds of both axes of time, for any history, on every store: what was known then, and what was true then. */
import { describe, expect, it } from '@jest/globals';
import { textOf } from '../../examples/generator/text-of.js';
import { fc, runs } from '../support/properties.js';
import { ask } from './support/commands.js';
import { mediumOf, mediumsOfRun } from './support/mediums.js';
import { entries } from './support/pair.js';
import { preview, toldEvents } from './support/preview.js';
import { commandOf, founding, histories, poolsOfPair, type Step } from './support/random-history.js';
import { Service, type Ask } from './support/service.js';

const [one, other] = poolsOfPair(1);
const views: readonly string[] = [
  '/v1/pools',
  '/v1/incidents',
  '/v1/readiness',
  ...[one, other].flatMap((pool) =>
    [
      '',
      '/visibility',
      '/editability',
      '/statements',
      '/call-status',
      '/calls',
      '/exports',
      '/readiness',
      '/runbook',
      '/configuration',
      '/incidents',
      '/audit-trail',
      '/readings/compare',
      '/why?object=regular-1&tool=controlPanel',
      '/why?object=agents-1&tool=agentConsole&agent=sip:kim-1@contoso.com',
    ].map((view) => `/v1/pools/${pool}${view}`),
  ),
  '/v1/agents/sip:kim-1@contoso.com/console',
  '/v1/agents/sip:lee-1@contoso.com/console',
  ...[1, 2, 3, 4].map((number) => `/v1/calls/call-1-${number}`),
];

/** A step of a history, and how many minutes before its recording it happened. */
type Told = readonly [step: Step, minutesLate: number];

/** Some are told when they happen, others minutes later. */
const toldLate = fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(9) });
const lateHistories: fc.Arbitrary<readonly Told[]> = histories([1], { withImports: true }).chain((history) =>
  fc
    .array(toldLate, { minLength: history.length, maxLength: history.length })
    .map((minutes) => history.map((step, index): Told => [step, minutes[index] ?? 0])),
);

/** The service of a test, whose clock goes on by a minute with each command. */
class Story {
  private readonly exportIds: string[] = [];

  private constructor(
    readonly service: Service,
    private readonly times: { now: number },
  ) {}

  /** @param work with a pair that is registered, on a log of its own */
  static async on(kind: (typeof mediumsOfRun)[number], work: (story: Story) => Promise<void>): Promise<void> {
    const times = { now: Date.parse('2026-10-05T08:00:00.000Z') };
    const clock = (): Date => new Date(times.now);
    const medium = await mediumOf(kind);
    const service = await Service.start({ clock, store: await medium.open(clock) });
    try {
      const story = new Story(service, times);
      for (const command of founding(1)) {
        times.now += 1_000;
        await service.given(command);
      }
      await work(story);
    } finally {
      await service.stop();
      medium.release();
    }
  }

  get now(): string {
    return new Date(this.times.now).toISOString();
  }

  /** The command of a step, as it would be given a minute later. */
  async next([step, minutesLate]: Told): Promise<Ask> {
    this.times.now += 60_000;
    const { name, body } = await commandOf(this.service, step, this.exportIds);
    if (minutesLate === 0) return ask(name, body);
    return ask(name, {
      ...body,
      occurredAt: new Date(this.times.now - minutesLate * 60_000).toISOString(),
    });
  }

  async give(command: Ask) {
    const answer = await this.service.when(command);
    const { exportId } = answer.body;
    if (typeof exportId === 'string' && command.name === 'record-export') this.exportIds.push(exportId);
    expect({ command, fine: [200, 400, 404, 409].includes(answer.status) }).toEqual({ command, fine: true });
    return answer;
  }

  async tell(history: readonly Told[]): Promise<void> {
    for (const told of history) await this.give(await this.next(told));
    await this.service.caughtUp();
  }

  /** A moment between the first and the last minute of the log. */
  momentOf(pick: number): string {
    const from = Date.parse('2026-10-05T08:00:00.000Z');
    return new Date(from + (pick % (this.times.now - from))).toISOString();
  }
}

const withMoments = (url: string, moments: Readonly<Record<string, string>>): string =>
  `${url}?${new URLSearchParams(moments).toString()}`.replace(/\?(.*)\?/, '?$1&');

/** What every view answers, without the moment that it names. */
async function shown(
  { service }: Story,
  moments: Readonly<Record<string, string>>,
): Promise<ReadonlyMap<string, unknown>> {
  const answers = new Map<string, unknown>();
  for (const url of views) {
    const { status, body } = await service.get(withMoments(url, moments));
    const { asOf: _asOf, at: _at, position: _position, ...content } = body;
    answers.set(url, status === 200 ? content : [status, content['title']]);
  }
  return answers;
}

/** The bytes of every view as of a moment. */
async function bytes(
  { service }: Story,
  moments: Readonly<Record<string, string>>,
): Promise<ReadonlyMap<string, string>> {
  const answers = new Map<string, string>();
  for (const url of views) answers.set(url, (await service.get(withMoments(url, moments))).text);
  return answers;
}

/** Which event, counted from the end of the log; whether it is retracted, or at how many minutes before its recording it was. */
const correction = fc.tuple(fc.nat(30), fc.boolean(), fc.nat(5));

async function correctionOf(
  { service }: Story,
  [pick, isRetraction, minutes]: readonly [number, boolean, number],
): Promise<Ask | null> {
  const { entries: trail } = await service.shown(`/v1/pools/${one}/audit-trail?order=newest&limit=31`);
  const told = entries(trail);
  const event = told[pick % Math.max(told.length, 1)];
  if (event === undefined) return null;
  const eventId = textOf(event['id']);
  if (isRetraction) return ask('retract', { eventId, reason: 'A mistake' });
  const occurredAt = new Date(Date.parse(textOf(event['recordedAt'])) - minutes * 60_000).toISOString();
  return ask('correct-time', { eventId, occurredAt, reason: 'Told late' });
}

describe.each(mediumsOfRun)('For every history, on the store "%s"', (kind) => {
  it('that was recorded as it happened, a view at any moment is the view as of it, and at now the view now', () =>
    fc.assert(
      fc.asyncProperty(
        histories([1], { withImports: true }),
        fc.array(fc.nat(), { minLength: 1, maxLength: 3 }),
        (history, picks) =>
          Story.on(kind, async (story) => {
            await story.tell(history.map((step): Told => [step, 0]));
            const live = await shown(story, {});
            expect(await shown(story, { at: story.now })).toEqual(live);
            expect(await shown(story, { at: story.now, asOf: story.now })).toEqual(live);
            for (const moment of picks.map((pick) => story.momentOf(pick))) {
              const known = await shown(story, { asOf: moment });
              expect({ moment, views: await shown(story, { at: moment }) }).toEqual({ moment, views: known });
            }
          }),
      ),
      { numRuns: runs(8) },
    ));

  it('a preview followed by the command gives exactly the events and the refusal that were previewed', () =>
    fc.assert(
      fc.asyncProperty(lateHistories, (history) =>
        Story.on(kind, async (story) => {
          const { service } = story;
          for (const told of history) {
            const command = await story.next(told);
            const key = { 'idempotency-key': `key of ${story.now}` };
            const before = await service.poolkeeper.store.lastPosition();
            const asked = await preview(service, command, key);
            expect(await service.poolkeeper.store.lastPosition()).toBe(before);
            const { status, body } = await service.when(command, key);
            if (asked.status !== 200) {
              expect({ command, status: asked.status }).toEqual({ command, status });
              continue;
            }
            const { outcome, events, rule, detail, warnings } = asked.body;
            expect({ command, outcome, events, rule, detail, warnings: warnings ?? [] }).toEqual({
              command,
              outcome: status === 200 ? 'accepted' : 'refused',
              events: toldEvents(body),
              rule: body['rule'],
              detail: status === 200 ? undefined : body['detail'],
              warnings: body['warnings'] ?? [],
            });
          }
        }),
      ),
      { numRuns: runs(6) },
    ));

  it('no command, preview, retraction or corrected time changes what is answered as of a moment that is over', () =>
    fc.assert(
      fc.asyncProperty(
        lateHistories,
        fc.array(correction, { minLength: 3, maxLength: 8 }),
        fc.array(fc.nat(), { minLength: 1, maxLength: 2 }),
        (history, corrections, picks) =>
          Story.on(kind, async (story) => {
            const half = Math.ceil(history.length / 2);
            await story.tell(history.slice(0, half));
            const position = String(await story.service.poolkeeper.store.lastPosition());
            const moments: Readonly<Record<string, string>>[] = [
              { asOf: position },
              ...picks.flatMap((pick) => {
                const [asOf, at] = [story.momentOf(pick), story.momentOf(pick * 7)];
                return [{ asOf }, { asOf, at }];
              }),
            ];
            const believed: ReadonlyMap<string, string>[] = [];
            for (const moment of moments) believed.push(await bytes(story, moment));
            const unchanged = async (command: Ask): Promise<void> => {
              for (const [index, moment] of moments.entries()) {
                const views = await bytes(story, moment);
                expect({ command, moment, views }).toEqual({ command, moment, views: believed[index] });
              }
            };
            for (const chosen of corrections) {
              const command = await correctionOf(story, chosen);
              if (command === null) continue;
              await preview(story.service, command);
              await story.give(command);
            }
            await unchanged(ask('corrections', { of: corrections.length }));
            await story.tell(history.slice(half));
            await unchanged(ask('history', { of: history.length }));
          }),
      ),
      { numRuns: runs(6) },
    ));
});
