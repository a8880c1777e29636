/** What may be on record of the services of a pool, and all that answers about that pool: the axes of a table in the docs. */
import type { JsonObject, JsonValue } from '../../../events/envelope.js';
import { textOf } from '../../../examples/generator/text-of.js';
import {
  ask,
  callArrives,
  callConnects,
  callOnBehalf,
  importGroups,
  modifyObject,
  moveAgent,
  recordExport,
  registerPair,
  reportDatabase,
} from './commands.js';
import { Pair } from './pair.js';
import { preview } from './preview.js';
import type { Ask, Service } from './service.js';

/** By the heading of its column. */
export const facts: Readonly<Record<string, (pool: string) => Ask>> = {
  'RGS, all': (pool) => stopped(pool, 'response-group'),
  'RGS, some': (pool) => stopped(pool, 'response-group', { frontEnds: 'some' }),
  'front ends, all': (pool) => stopped(pool, 'front-end'),
  'front ends, some': (pool) => stopped(pool, 'front-end', { frontEnds: 'some' }),
  database: (pool) => reportDatabase(pool, 'unavailable'),
  store: (pool) => stopped(pool, 'central-management-store'),
  share: (pool) => stopped(pool, 'file-share'),
  network: (pool) => stopped(pool, 'site-link'),
};

const stopped = (pool: string, service: string, more: JsonObject = {}): Ask =>
  ask('report-service', { pool, service, state: 'stopped', ...more });

/** A pair with calls in every state, and with an agent who is homed in the primary. */
export class Situation {
  private constructor(
    private readonly service: Service,
    readonly pair: Pair,
    private readonly calls: Readonly<Record<'waiting' | 'connected' | 'onBehalf', string>>,
    private readonly exportId: string,
    private readonly before: string,
  ) {}

  static async in(service: Service): Promise<Situation> {
    const pair = await Pair.registered(service);
    const { primary, regular, number } = pair;
    const [waiting, connected] = [`waiting-${number}`, `connected-${number}`];
    await service.given(
      callArrives(waiting, primary, regular),
      callArrives(connected, primary, regular),
      callConnects(connected, pair.agentOfBackup),
    );
    const { body } = await service.when(callOnBehalf(pair.agentOfBackup, primary, regular));
    const exported = await service.when(recordExport(primary, { fileName: `rgs-${number}.zip` }));
    await service.given(modifyObject(primary, 'agent-group', pair.ownGroup, { agentAlertTime: 25 }));
    const before = String(await service.poolkeeper.store.lastPosition());
    const calls = { waiting, connected, onBehalf: textOf(body['callId']) };
    return new Situation(service, pair, calls, textOf(exported.body['exportId']), before);
  }

  async with(fact: string): Promise<void> {
    await this.service.given(reportOf(fact)(this.pair.primary));
  }

  /** By the heading of its row: the answer, as text without what only tells when it was given. */
  async answers(): Promise<Readonly<Record<string, string>>> {
    const { service, pair, calls, before } = this;
    const { primary, regular, ownGroup, agentOfPrimary } = pair;
    const pool = `/v1/pools/${primary}`;
    const rows = ((await service.shown(`${pool}/call-status`))['rows'] ?? []) as readonly JsonObject[];
    const rowsOf = (...names: readonly string[]): JsonValue =>
      rows.filter(({ row }) => names.includes(textOf(row)));
    const copies = async (view: string) => (await service.shown(`${pool}/${view}`))['objects'] ?? null;
    const answers: Readonly<Record<string, JsonValue>> = {
      'stage of the pool': await service.shown(pool),
      configuration: await service.shown(`${pool}/configuration`),
      visibility: await copies('visibility'),
      editability: await copies('editability'),
      statements: await service.shown(`${pool}/statements`),
      'why, of a tool': await service.shown(`${pool}/why?object=${regular}&tool=controlPanel`),
      'why, of the console': await service.shown(
        `${pool}/why?object=${ownGroup}&tool=agentConsole&agent=${agentOfPrimary}`,
      ),
      'console of an agent': await service.shown(`/v1/agents/${agentOfPrimary}/console`),
      'new calls': rowsOf('new-calls'),
      'waiting and connected calls': rowsOf('in-progress-calls', 'connected-calls'),
      'calls on behalf': rowsOf('on-behalf-calls'),
      'a waiting call': await service.shown(`/v1/calls/${calls.waiting}`),
      'a connected call': await service.shown(`/v1/calls/${calls.connected}`),
      'an open call on behalf': await service.shown(`/v1/calls/${calls.onBehalf}`),
      'list of calls': await service.shown(`${pool}/calls`),
      readiness: await service.shown(`${pool}/readiness`),
      runbook: await service.shown(`${pool}/runbook`),
      exports: await service.shown(`${pool}/exports`),
      search: await service.shown(`/v1/search?q=${primary}`),
      'readiness of all pools': await this.inFleet('/v1/readiness'),
      'list of pools': await this.inFleet('/v1/pools'),
      diff: await service.shown(`${pool}/diff?from=${before}`),
      'preview of a call on behalf': await this.previewed(callOnBehalf(agentOfPrimary, primary, regular)),
      'preview of an outage': await this.previewed(ask('declare-outage', { pool: primary })),
    };
    return Object.fromEntries(
      Object.entries(answers).map(([name, answer]) => [name, JSON.stringify(timeless(answer))]),
    );
  }

  /** By the heading of its row: what is told of a call that arrives now, and of all that has happened. */
  async later(): Promise<Readonly<Record<string, string>>> {
    const { service, pair, before } = this;
    const { id } = await pair.newCall();
    const all = await service.send({
      method: 'POST',
      url: `/v1/pools/${pair.primary}/what-if`,
      headers: { 'content-type': 'application/json' },
      payload: JSON.stringify({
        from: before,
        to: String(await service.poolkeeper.store.lastPosition()),
        alternatives: [
          { name: 'otherwise', edits: [{ reading: { reading: 'calls-on-live-backup', choice: 'survive' } }] },
        ],
      }),
    });
    const replay = await service.get(`/v1/pools/${pair.primary}/replay?from=${before}`);
    return {
      'a new call': JSON.stringify(timeless(await pair.call(id))),
      'what-if': JSON.stringify(all.body['recorded']),
      replay: replay.text.replace(/^.*"kind":"moment".*$/m, ''),
    };
  }

  /** By the heading of its row: what the command warns of, or why it is refused. */
  async warnings(): Promise<Readonly<Record<string, readonly string[]>>> {
    const { pair, exportId } = this;
    const { primary, backup, ownGroup, agentOfPrimary, regular } = pair;
    const properties = { customMusicOnHoldFile: 'C:\\music.wav' };
    const asked: Readonly<Record<string, Ask>> = {
      'record-export': recordExport(primary, { fileName: 'another.zip' }),
      'import-response-groups': importGroups(backup, exportId),
      'import-response-groups, home': importGroups(primary, exportId, { overwriteEdits: true }),
      'modify-object': modifyObject(primary, 'agent-group', ownGroup, { agentAlertTime: 30 }),
      'modify-object, with audio': modifyObject(primary, 'workflow', regular, properties),
      'declare-outage': ask('declare-outage', { pool: primary }),
      'initiate-failover': ask('initiate-failover', { pool: primary, disasterMode: false }),
      'move-agent': moveAgent(agentOfPrimary, backup),
      unpair: ask('unpair', { pool: primary }),
    };
    const all = Object.entries(asked).map(
      async ([name, one]) => [name, codesIn(await this.previewed(one))] as const,
    );
    return Object.fromEntries(await Promise.all(all));
  }

  /** What is told of the pool among all pools. */
  private async inFleet(path: string): Promise<JsonValue> {
    const { pools } = await this.service.shown(path);
    return ((pools ?? []) as readonly JsonObject[]).filter(({ fqdn }) => fqdn === this.pair.primary);
  }

  private async previewed(command: Ask): Promise<JsonObject> {
    const { body } = await preview(this.service, command);
    return body;
  }
}

/** Commands that are given in other stages, or to other pairs, with the fact on record of a pool that they name. */
export async function warningsElsewhere(
  service: Service,
  fact: string,
): Promise<Readonly<Record<string, readonly string[]>>> {
  const report = reportOf(fact);
  const failed = await Pair.withImport(service);
  await failed.reaches('failed-over');
  await service.given(report(failed.backup));
  const apart = await Pair.registered(service);
  const { primary, backup, agentOfPrimary } = apart;
  await service.given(
    moveAgent(agentOfPrimary, backup),
    recordExport(primary, { fileName: 'moved.zip', removeExported: true }),
    report(primary),
    ask('unpair', { pool: primary }),
  );
  const asked: Readonly<Record<string, Ask>> = {
    'failback, of the pool that stands in': ask('failback', { pool: failed.primary }),
    'replace-pool, of the pool that stands in': ask('replace-pool', {
      failed: failed.primary,
      replacement: `bonn-${failed.number}.contoso.com`,
    }),
    'register-pair': registerPair(primary, `trier-${apart.number}.contoso.com`),
    'retire-pool': ask('retire-pool', { pool: primary }),
  };
  const all = Object.entries(asked).map(async ([name, command]) => {
    const { body } = await preview(service, command);
    if (body['outcome'] !== 'accepted') throw new Error(`${name}: ${JSON.stringify(body)}`);
    return [name, codesIn(body)] as const;
  });
  return Object.fromEntries(await Promise.all(all));
}

export const stages = ['normal', 'outage', 'failing-over', 'failed-over'] as const;

/** A pool whose partner has the fact on record: what readiness finds in each stage, and what the commands on the way warn of. */
export async function ofTheStandIn(
  service: Service,
  fact: string | null,
): Promise<{
  readonly found: Readonly<Record<string, readonly string[]>>;
  readonly warned: Readonly<Record<string, readonly string[]>>;
}> {
  const pair = await Pair.withImport(service);
  if (fact !== null) await service.given(reportOf(fact)(pair.backup));
  const [found, warned] = [new Map<string, readonly string[]>(), new Map<string, readonly string[]>()];
  const commands = ['declare-outage', 'initiate-failover', 'complete-failover'];
  for (const [index, stage] of stages.entries()) {
    const { findings } = await service.shown(`/v1/pools/${pair.primary}/readiness`);
    found.set(
      stage,
      ((findings ?? []) as readonly JsonObject[]).map(({ id }) => textOf(id)),
    );
    const name = commands[index];
    if (name === undefined) continue;
    const { body } = await service.when(ask(name, { pool: pair.primary }));
    warned.set(`${name}, of the pool that stands in`, codesIn(body));
  }
  return { found: Object.fromEntries(found), warned: Object.fromEntries(warned) };
}

function reportOf(fact: string): (pool: string) => Ask {
  const report = facts[fact];
  if (report === undefined) throw new Error(`No fact "${fact}".`);
  return report;
}

export const codesIn = ({ warnings }: JsonObject): readonly string[] =>
  ((warnings ?? []) as readonly JsonObject[]).map(({ code }) => textOf(code)).sort();

/** What tells no more than when an answer was given, or how a command that nobody has given would be called. */
const ofWhen = new Set(['position', 'asOf', 'to', 'callId', 'arrivedAt', 'endedAt', 'since']);

function timeless(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map((item: JsonValue) => timeless(item));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !ofWhen.has(name))
      .map(([name, member]) => [name, timeless(member ?? null)]),
  );
}
