import { afterEach, describe, expect, it } from '@jest/globals';
import { registerPair } from '../http/support/commands.js';
import { twinsInThisProcess } from '../http/support/instances.js';
import { Service } from '../http/support/service.js';

const many = 200;
const poolsOf = (number: number) =>
  [`a${number}.contoso.com`, `b${number}.contoso.com`] as const satisfies readonly string[];

const cleanUp: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const clean of cleanUp.splice(0)) await clean();
});

/** Which statuses there were, and how often. */
function counted(statuses: readonly (number | undefined)[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const status of statuses) counts[String(status)] = (counts[String(status)] ?? 0) + 1;
  return counts;
}

describe('Pairs that are registered at once, two hundred of them or fifty between two processes,', () => {
  it('are all registered by one process', async () => {
    const service = await Service.start({ usually: 'sqlite' });
    cleanUp.push(() => service.stop());
    const answers = await Promise.all(
      Array.from({ length: many }, (_, number) => service.when(registerPair(...poolsOf(number)))),
    );
    expect(counted(answers.map(({ status }) => status))).toEqual({ 200: many });
  });

  it('are all registered by two processes on one server', async () => {
    const twins = await twinsInThisProcess();
    cleanUp.push(() => twins.stop());
    const answers = await Promise.all(
      Array.from({ length: many / 4 }, (_, number) =>
        twins.both[number % 2 === 0 ? 0 : 1].when(registerPair(...poolsOf(number))),
      ),
    );
    expect(counted(answers.map((answer) => answer?.status))).toEqual({ 200: many / 4 });
  });
});
