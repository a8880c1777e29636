/** Readiness of a pool says what the pool lacks that stands in for it, or would. */
import { describe, expect, it } from '@jest/globals';
import type { Extent, Service } from '../../../events/vocabulary.js';
import { momentOf, type Told } from '../../support/recorded.js';
import {
  databaseReported,
  importedWorkflow,
  outage,
  pairRegistered,
  poolA,
  poolB,
  until,
  workflow,
} from '../../support/story.js';
import { after } from './asking.js';

const history = [pairRegistered(), workflow(poolA, 'help'), ...importedWorkflow(poolA, 'help')];
const stopped = (service: Service, frontEnds: Extent = 'all'): Told => ({
  type: 'ServiceReported',
  data: { pool: poolB, service, state: 'stopped', frontEnds },
});
const running: Told = {
  type: 'ServiceReported',
  data: { pool: poolB, service: 'response-group', state: 'running', frontEnds: 'all' },
};

describe.each(['outage', 'failing-over', 'failed-over'] as const)('In stage %s readiness', (stage) => {
  const asked = (...reported: readonly Told[]) => after(...history, ...reported, ...until(poolA, stage));

  it.each([
    ['response-group', 'Response Group service (RTCRGS)', 'RTCRGS'],
    ['front-end', 'Front End service (RTCSRV)', 'RTCSRV'],
  ] as const)('is critical where the %s of the partner is stopped everywhere', (service, words, windows) => {
    const view = asked(stopped(service));
    expect(view.readiness.verdict).toBe('critical');
    const found = view.finding('stand-in-takes-no-calls');
    expect(found).toMatchObject({ severity: 'critical', basis: 'inferred', atStake: 0 });
    expect(found.detail).toBe(
      `${poolB}, which stands in for ${poolA}, takes no calls to response groups: its ${words} is on record as stopped on all Front End servers since ${momentOf(history.length + 1)}.`,
    );
    expect(found.action.text).toContain(`report-service for ${poolB}, service ${service}, state running`);
    expect(found.action.powershell.join()).toContain(`Start-CsWindowsService -Name ${windows}`);
  });

  it('warns where it is stopped on some servers, or the database is down, and of nothing once it runs', () => {
    expect(asked(stopped('response-group', 'some')).finding('stand-in-takes-calls-in-part').severity).toBe(
      'warning',
    );
    expect(asked(databaseReported(poolB, 'unavailable')).finding('stand-in-without-database')).toMatchObject({
      severity: 'warning',
      action: { text: expect.stringContaining(`report-back-end-database for ${poolB}`) as unknown },
    });
    for (const view of [
      asked(),
      asked(stopped('response-group'), running),
      asked(stopped('front-end', 'some')),
    ])
      expect(view.found.filter((id) => id.startsWith('stand-in-'))).toEqual([]);
  });
});

it('The step that fails over says it before, and both services are one finding', () => {
  const asked = after(...history, stopped('response-group'), stopped('front-end'));
  expect(asked.found.filter((id) => id.startsWith('stand-in-'))).toEqual(['stand-in-takes-no-calls']);
  expect(asked.finding('stand-in-takes-no-calls').detail).toMatch(
    /would stand in .*RTCSRV.*, and its .*RTCRGS/,
  );
  expect(asked.step('fail-over').note).toContain(asked.finding('stand-in-takes-no-calls').detail);
});

it('Of a partner that is down as a whole its stage says enough', () => {
  const { found } = after(...history, stopped('response-group'), outage(poolB));
  expect(found).toContain('partner-down');
  expect(found.filter((id) => id.startsWith('stand-in-'))).toEqual([]);
});
