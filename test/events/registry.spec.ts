import { describe, expect, it } from '@jest/globals';
import {
  schemaOf,
  eventTypes,
  UnknownEventTypeError,
  UnknownSchemaVersionError,
  upcast,
} from '../../events/registry.js';

describe('Every event type', () => {
  it('has a schema, and a way up from each earlier version', () => {
    for (const type of eventTypes) {
      const { schemaVersion, upcasters } = schemaOf(type);
      expect({ type, steps: upcasters.length }).toEqual({ type, steps: schemaVersion - 1 });
    }
  });

  it('is one of those that the log may hold: a stored name is never given up', () => {
    expect([...eventTypes].sort()).toEqual([
      'AgentListed',
      'AgentMoved',
      'AgentRegistered',
      'AgentSignedIn',
      'AgentSignedOut',
      'BackEndDatabaseReported',
      'CallArrived',
      'CallConnected',
      'CallEnded',
      'CommandAnswered',
      'CommandReceived',
      'CommandRefused',
      'DeadLetterDiscarded',
      'DeadLetterRetried',
      'EventRetracted',
      'EventTimeCorrected',
      'FailbackCompleted',
      'FailbackFailed',
      'FailbackInitiated',
      'FailoverCompleted',
      'FailoverFailed',
      'FailoverInitiated',
      'IncidentAnnotated',
      'IncidentClosed',
      'ObjectCreated',
      'ObjectModified',
      'ObjectRemoved',
      'OnBehalfCallPlaced',
      'OutageDeclared',
      'OutageEnded',
      'PairEnded',
      'PairRegistered',
      'PairUnregistered',
      'PoolGivenUp',
      'PoolLeft',
      'PoolReplaced',
      'PoolRetired',
      'PoolsPaired',
      'PoolsUnpaired',
      'ReadingChosen',
      'ReplacementCompleted',
      'ReplicaShown',
      'ReplicationReported',
      'ReplicationSet',
      'ResponseGroupsExported',
      'ResponseGroupsImported',
      'RouteChosen',
      'ServiceReported',
      'StepTicked',
      'TargetsSet',
      'VersionSet',
    ]);
  });
});

describe('A payload of an earlier version', () => {
  it.each([
    [{ pool: 'a.contoso.com' }, null],
    [{ pool: 'a.contoso.com', reason: 'Storm' }, 'Storm'],
  ])('OutageDeclared 1 becomes 2: what was not asked is unknown, not guessed', (stored, reason) => {
    expect(upcast('OutageDeclared', 1, stored)).toEqual({
      pool: 'a.contoso.com',
      backEndDatabase: 'unknown',
      reason,
      site: null,
    });
  });

  it('ResponseGroupsExported 1 becomes 2: it was reported, no file was read', () => {
    const stored = { exportId: 'e', pool: 'a.contoso.com', objects: [] };
    expect(upcast('ResponseGroupsExported', 1, stored)).toEqual({ ...stored, file: null });
  });

  it.each(['ObjectCreated', 'ObjectModified', 'ObjectRemoved'])(
    '%s 1 becomes 2 as it is: its tool was always known',
    (type) => {
      const stored = { pool: 'a.contoso.com', tool: 'controlPanel' };
      expect(upcast(type, 1, stored)).toEqual(stored);
    },
  );

  it('of the newest version stays what it is', () => {
    const data = { pool: 'a.contoso.com', backEndDatabase: 'available', reason: null, site: 'Berlin' };
    expect(upcast('OutageDeclared', 2, data)).toBe(data);
  });
});

describe('What is not known', () => {
  it('is refused by its type', () => {
    expect(() => upcast('PoolPainted', 1, {})).toThrow(UnknownEventTypeError);
    expect(() => upcast('PoolPainted', 1, {})).toThrow(/"PoolPainted"/);
    expect(() => upcast('toString', 1, {})).toThrow(UnknownEventTypeError);
  });

  it.each([3, 0, -1, 1.5, Number.NaN])('is refused by its version: %p', (version) => {
    expect(() => upcast('OutageDeclared', version, {})).toThrow(UnknownSchemaVersionError);
    expect(() => upcast('OutageDeclared', version, {})).toThrow(
      new RegExp(`OutageDeclared.* ${version};.*1 to 2`),
    );
  });
});
