/** A refusal takes no more of the log than its request and two kilobytes, whatever is asked. */
import { afterEach, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../events/envelope.js';
import { exportFile, type DescribedObject } from '../../examples/generator/export-file/export-file.js';
import { textOf } from '../../examples/generator/text-of.js';
import { defaultsOf, propertyTables } from '../../policy/object-properties/tables.js';
import { MemoryTable, openMemoryStore } from '../../src/store/memory.js';
import { InvalidAppendError, type AppendResult } from '../../src/store/port.js';
import { StoreDecorator } from '../../src/store/store-decorator.js';
import { fc, runs } from '../support/properties.js';
import { ask, importGroups, registerPair } from '../http/support/commands.js';
import { Service, type Ask } from '../http/support/service.js';

const [poolA, poolB] = ['pool-a.contoso.com', 'pool-b.contoso.com'];
const allowance = 2_048;

const cleanUp: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const clean of cleanUp.splice(0)) await clean();
});

/** What a row of the table holds, in bytes of UTF-8. */
const bytesOf = (row: object): number => Buffer.byteLength(Object.values(row).join(''));

class Refusals {
  private constructor(
    readonly service: Service,
    private readonly table: MemoryTable,
  ) {}

  static async start(): Promise<Refusals> {
    const table = new MemoryTable();
    const service = await Service.start({ store: openMemoryStore({ clock: () => new Date(), table }) });
    cleanUp.push(() => service.stop());
    await service.given(registerPair(poolA, poolB));
    return new Refusals(service, table);
  }

  /** What was stored beyond the bytes of the request, with an idempotency key of its own or without. */
  async excessOf(command: Ask, key?: string): Promise<{ readonly status: number; readonly excess: number }> {
    const before = this.table.rows.length;
    const headers = key === undefined ? {} : { 'idempotency-key': key };
    const { status } = await this.service.when(command, headers);
    await this.service.caughtUp();
    const stored = this.table.rows.slice(before).reduce((sum, row) => sum + bytesOf(row), 0);
    return { status, excess: stored - Buffer.byteLength(JSON.stringify(command.body)) };
  }
}

const create = (kind: string, more: JsonObject): Ask =>
  ask('create-object', { pool: poolA, kind, name: 'X', tool: 'managementShell', ...more });

/** An id that nothing has, in characters of up to four bytes. */
const id = fc
  .array(fc.constantFrom('a', '7', 'ü', '漢', '😀', '"', '\\'), { minLength: 1, maxLength: 30 })
  .map((parts) => `no-${parts.join('')}`);

const withMissingReferences: fc.Arbitrary<Ask> = fc.oneof(
  fc
    .tuple(fc.array(id, { minLength: 1, maxLength: 40 }), fc.integer({ min: 1, max: 200 }))
    .map(([ids, times]) =>
      create('queue', { properties: { agentGroupIdList: Array.from({ length: times }, () => ids).flat() } }),
    ),
  fc
    .array(id, { minLength: 1, maxLength: 400 })
    .map((holidaySetIdList) =>
      create('workflow', { properties: { primaryUri: 'sip:x@contoso.com', holidaySetIdList } }),
    ),
);

describe('A refusal', () => {
  it('of any number of missing references stores its request and two kilobytes at most', async () => {
    const refusals = await Refusals.start();
    let keys = 0;
    await fc.assert(
      fc.asyncProperty(withMissingReferences, fc.boolean(), async (command, keyed) => {
        keys += 1;
        const { status, excess } = await refusals.excessOf(command, keyed ? `key ${keys}` : undefined);
        expect(status).toBe(409);
        expect(excess).toBeLessThanOrEqual(allowance);
      }),
      { numRuns: runs(100), seed: 20131019 },
    );
  });

  it.each([
    ['short', 'Name'],
    ['of 128 characters of three bytes', '漢'.repeat(124)],
    ['of emoji', '👩‍💻'.repeat(24)],
  ])('of an import with three hundred clashes of names %s stores no more either', async (_how, name) => {
    const refusals = await Refusals.start();
    const { service } = refusals;
    const objects = (offset: number): readonly DescribedObject[] =>
      Array.from({ length: 300 }, (_, number) => ({
        kind: 'queue' as const,
        id: `00000000-0000-4000-8000-${String(offset + number).padStart(12, '0')}`,
        name: `${name}${number}`.slice(-128).toWellFormed(),
        owner: offset === 0 ? poolA : poolB,
        properties: defaultsOf(propertyTables.queue),
      }));
    const put = async (pool: string, offset: number): Promise<string> => {
      const zip = exportFile({ pool, objects: objects(offset), applicationSettings: null });
      const answer = await service.send({
        method: 'PUT',
        url: `/v1/pools/${pool}/exports/x.zip`,
        headers: { 'content-type': 'application/zip' },
        payload: zip,
      });
      expect(answer).toMatchObject({ status: 200 });
      return textOf(answer.body['exportId']);
    };
    const exportId = await put(poolA, 0);
    await put(poolB, 300);
    for (const key of [undefined, 'k'.repeat(256)]) {
      const { status, excess } = await refusals.excessOf(importGroups(poolB, exportId), key);
      expect(status).toBe(409);
      expect(excess).toBeLessThanOrEqual(allowance);
    }
  });
});

/** Takes no refusal, as a store does whose limit an event exceeds. */
class NarrowStore extends StoreDecorator {
  override async append(...given: Parameters<StoreDecorator['append']>): Promise<AppendResult> {
    const [stream] = given;
    if (stream.startsWith('refusals-')) throw new InvalidAppendError('It is larger than 16 bytes.');
    return await super.append(...given);
  }
}

describe('What the log does not take', () => {
  it('is an answer, the same again under its key, and no fault of the service', async () => {
    const service = await Service.start({
      store: new NarrowStore(openMemoryStore({ clock: () => new Date() })),
    });
    cleanUp.push(() => service.stop());
    await service.given(registerPair(poolA, poolB));
    const command = create('queue', { properties: { agentGroupIdList: ['nobody'] } });
    const key = { 'idempotency-key': 'once' };
    const answer = await service.when(command, key);
    expect(answer).toMatchObject({ status: 400, body: { detail: expect.stringContaining('16 bytes') } });
    expect(await service.when(command, key)).toMatchObject({ status: 400, body: answer.body });
  });
});
