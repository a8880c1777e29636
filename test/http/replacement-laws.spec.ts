/** Laws of the second route, for any commands in any order, under the names of lost pools as well. */
import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../events/envelope.js';
import { textOf } from '../../examples/generator/text-of.js';
import { commandsLegalIn, type Stage } from '../../policy/stages.js';
import { fc, runs } from '../support/properties.js';
import {
  ask,
  callArrives,
  callConnects,
  callEnds,
  importGroups,
  modifyObject,
  moveAgent,
  recordExport,
} from './support/commands.js';
import { entries, Pair } from './support/pair.js';
import { Service, type Ask } from './support/service.js';

const does = [
  'stage',
  'stage',
  'stage',
  'replace',
  'route',
  'export',
  'import',
  'edit',
  'arrive',
  'connect',
  'end',
  'move',
] as const;

interface Step {
  readonly does: (typeof does)[number];
  readonly pick: number;
  /** The first of the two places of the pair, or the second. */
  readonly place: 0 | 1;
  /** Said of a pool that is lost, where one is. */
  readonly formerly: boolean;
  readonly flag: boolean;
}

const history: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.record<Step>({
    does: fc.constantFrom(...does),
    pick: fc.nat(11),
    place: fc.oneof(
      { weight: 4, arbitrary: fc.constant(0 as const) },
      { weight: 1, arbitrary: fc.constant(1 as const) },
    ),
    formerly: fc.nat(7).map((one) => one === 0),
    flag: fc.boolean(),
  }),
  { minLength: 8, maxLength: 18, size: 'max' },
);

const replacing: Step = { does: 'replace', pick: 0, place: 0, formerly: false, flag: false };

const isUndoing = (command: string): boolean => /^(end-outage|fail-)/.test(command);

const views = [
  '',
  '/visibility',
  '/editability',
  '/call-status',
  '/calls',
  '/readiness',
  '/runbook',
] as const;

/** A pair in a service, with the names that its two places have had. */
class Route {
  readonly #named: [string[], string[]];
  readonly #exports: string[] = [];
  readonly #calls: string[] = [];
  readonly #then = new Map<string, string>();
  readonly accepted = new Set<string>();

  constructor(
    readonly service: Service,
    readonly pair: Pair,
  ) {
    this.#named = [[pair.primary], [pair.backup]];
  }

  /** The pools that stand. */
  get pools(): readonly string[] {
    return this.#named.map((names) => names.at(-1) ?? '');
  }

  get lost(): readonly string[] {
    return this.#named.flatMap((names) => names.slice(0, -1));
  }

  async take(step: Step): Promise<void> {
    const command = await this.#commandOf(step);
    const { status, body } = await this.service.when(command);
    // A refusal has a way on.
    if (status === 409) expect({ command, allowed: body['allowed'] }).not.toMatchObject({ allowed: [] });
    else expect([200, 400, 404]).toContain(status);
    if (status !== 200) return;
    this.accepted.add(command.name);
    if (command.name === 'replace-pool') {
      const { failed, replacement } = command.body;
      this.#named.find((names) => names.at(-1) === failed)?.push(textOf(replacement));
    }
    if (command.name === 'record-export') this.#exports.push(textOf(body['exportId']));
    if (command.name === 'report-call-arrived') this.#calls.push(textOf(command.body['callId']));
  }

  async #commandOf({ does: what, pick, place, formerly, flag }: Step): Promise<Ask> {
    const names = this.#named[place];
    const present = names.at(-1) ?? '';
    const pool = formerly ? (names[pick % names.length] ?? present) : present;
    const other = this.pools[1 - place] ?? '';
    switch (what) {
      case 'stage': {
        const { stage, incident } = await this.service.shown(`/v1/pools/${present}`);
        const replaces = incident !== null && names.length > 1 ? { replaces: {} } : {};
        const legal = [...commandsLegalIn(stage as Stage, {}), ...commandsLegalIn(stage as Stage, replaces)];
        const meant = flag ? legal : legal.filter((one) => !isUndoing(one));
        return ask(meant[pick % meant.length] ?? 'declare-outage', { pool });
      }
      case 'replace':
        return ask('replace-pool', { failed: pool, replacement: `${names.length}-${this.pair.primary}` });
      case 'route':
        return ask('choose-route', { pool, route: flag ? 'replacement' : 'failback' });
      case 'export':
        return recordExport(other, flag ? { owner: pool, fileName: `${this.#exports.length}.zip` } : {});
      case 'import':
        return importGroups(pool, this.#exports.at(-1 - (pick % 2)) ?? 'none', {
          overwriteOwner: flag,
          ...(pick > 8 ? { overwriteEdits: true } : {}),
        });
      case 'edit':
        return modifyObject(flag ? pool : other, 'workflow', this.pair.regular, { description: `${pick}` });
      case 'arrive':
        return callArrives(`call-${this.pair.number}-${this.#calls.length}`, pool, this.pair.regular);
      case 'connect':
        return callConnects(
          this.#calls.at(-1) ?? 'none',
          flag ? this.pair.agentOfPrimary : this.pair.agentOfBackup,
        );
      case 'end':
        return callEnds(this.#calls[pick % (this.#calls.length || 1)] ?? 'none');
      case 'move':
        return moveAgent(this.pair.agentOfPrimary, pool, flag);
    }
  }

  /** Every copy follows a rule, every call has a fate, every agent has a home or readiness says that it is lost. */
  async isWhole(): Promise<void> {
    for (const pool of this.pools) {
      for (const view of ['visibility', 'editability'] as const) {
        const { objects } = await this.service.shown(`/v1/pools/${pool}/${view}`);
        for (const copy of entries(objects)) {
          expect(this.pools).toContain(copy['parent']);
          expect(this.pools).toContain(copy['owner']);
          expect(hasGrounds(copy)).toBe(true);
        }
      }
    }
    for (const id of this.#calls) {
      const call = await this.service.shown(`/v1/calls/${id}`);
      expect(this.pools).toContain(call['pool']);
      expect(['in-progress', 'connected', 'ended', 'disconnected']).toContain(call['status']);
      expect(call['status'] === 'ended' || hasGrounds(call)).toBe(true);
      expect(call['endedAt'] !== null).toBe(call['status'] === 'ended' || call['status'] === 'disconnected');
    }
    const agent = this.pair.agentOfPrimary;
    const { homePool } = await this.service.shown(`/v1/agents/${agent}/console`);
    const findings = await Promise.all(
      this.pools.map(async (pool) => (await this.service.shown(`/v1/pools/${pool}/readiness`))['findings']),
    );
    const stranded = findings
      .flatMap(entries)
      .filter(({ id, detail }) => id === 'agents-of-lost-pool' && textOf(detail).includes(agent));
    expect([...this.pools, ...this.lost]).toContain(homePool);
    expect(stranded).toHaveLength(this.lost.includes(textOf(homePool)) ? 1 : 0);
  }

  /** Keeps what is answered of now under every name, to be asked for again. */
  async remember(): Promise<void> {
    const { position } = await this.service.shown(`/v1/pools/${this.pools[0] ?? ''}`);
    for (const pool of [...this.pools, ...this.lost])
      for (const view of views) {
        const path = `/v1/pools/${pool}${view}?asOf=${textOf(position)}`;
        this.#then.set(path, (await this.service.get(path)).text);
      }
  }

  async nothingOfBeforeHasChanged(): Promise<void> {
    for (const [path, text] of this.#then)
      expect({ path, text: (await this.service.get(path)).text }).toEqual({ path, text });
  }
}

const hasGrounds = ({ because, inference }: JsonObject): boolean =>
  (because as readonly unknown[]).length > 0 || inference !== null;

describe('On the way to a pool in the place of another, whatever is said in between', () => {
  for (const usually of ['memory', 'sqlite'] as const) {
    it(`copies have rules, calls fates, agents homes, and earlier moments stay, in ${usually}`, async () => {
      const accepted = new Set<string>();
      await fc.assert(
        fc.asyncProperty(history, fc.nat(2), async (given, at) => {
          // At some time early on another pool does take the place.
          const steps = given.toSpliced(at, 0, replacing);
          const service = await Service.start({ usually });
          try {
            const pair = await Pair.withImport(service);
            await pair.reaches('failed-over');
            const route = new Route(service, pair);
            for (const [index, step] of steps.entries()) {
              await route.take(step);
              if (index % 5 === 4) await route.remember();
              if (index % 6 === 5) await route.isWhole();
            }
            await route.isWhole();
            await route.nothingOfBeforeHasChanged();
            for (const name of route.accepted) accepted.add(name);
          } finally {
            await service.stop();
          }
        }),
        { numRuns: runs(8) },
      );
      // The law says something only if the way was gone.
      expect([...accepted]).toEqual(expect.arrayContaining(['replace-pool']));
    });
  }
});
