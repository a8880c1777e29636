import { deserialize, serialize } from 'node:v8';
import { describe, expect, it } from '@jest/globals';
import type { ExportedFile } from '../../events/export-file.js';
import { pair } from '../../projections/pair/fold.js';
import { exports, type ExportsState } from '../../projections/exports/fold.js';
import { exportsView, exportView, outlineOf } from '../../projections/exports/view.js';
import {
  created,
  imported,
  modified,
  pairRegistered,
  poolA,
  poolB,
  removed,
  workflow,
} from '../support/story.js';
import { recorded, type Told } from '../support/recorded.js';
import { foldOf } from './folding.js';

const file: ExportedFile = {
  contentHash: 'a'.repeat(64),
  bytes: 1_000,
  holdsSettings: true,
  taken: true,
  audio: [
    { uniqueName: 'u', originalFileName: 'waltz.wav', bytes: 10, sha256: 'b'.repeat(64), usedBy: [] },
    { uniqueName: 'v', originalFileName: 'march.wav', bytes: null, sha256: null, usedBy: [] },
  ],
  findings: [
    {
      code: 'audio-missing',
      severity: 'warning',
      detail: 'It is not there.',
      entry: null,
      line: null,
      kind: null,
      id: null,
      property: null,
    },
  ],
};

const exported: Told = {
  type: 'ResponseGroupsExported',
  data: {
    exportId: 'export-1',
    pool: poolA,
    owner: null,
    fileName: 'pool-a.zip',
    removeExported: false,
    objects: [{ kind: 'workflow', id: 'sales', name: 'Sales', owner: poolA, properties: {} }],
    applicationSettings: {},
    file,
  },
};
const causedByThird = { metadata: { causationId: 'event-3' } };

const log = recorded([
  pairRegistered(),
  workflow(poolA, 'before'),
  exported,
  { ...created(poolA, 'workflow', 'sales'), ...causedByThird },
  { ...modified(poolA, 'queue', 'queue', { timeoutThreshold: 30 }, 'Queue'), ...causedByThird },
  { ...removed(poolA, 'workflow', 'before'), ...causedByThird },
  workflow(poolA, 'after'),
  ...imported(poolB, [{ kind: 'workflow', id: 'theirs' }], 'export-2'),
]);
const outlines = (state: ExportsState) => [exportsView(state, poolA), exportsView(state, poolB)];

describe('The exports of a pool', () => {
  it('are its own, with what each holds and what it changed, and no other change', () => {
    const [ofA, ofB] = outlines(foldOf(exports, log));
    expect(ofA).toMatchObject({
      fqdn: poolA,
      exports: [
        {
          id: 'export-1',
          position: '3',
          counts: { workflow: 1 },
          file: { audioFiles: 1, audioMissing: 1, findings: { error: 0, warning: 1, information: 0 } },
          changes: { created: 1, modified: 1, removed: 1 },
          imports: [],
        },
      ],
    });
    expect(ofB).toMatchObject({
      exports: [{ id: 'export-2', file: null, imports: [{ destination: poolA, position: '9' }] }],
    });
  });

  it('are shown alike by a fold that went on from a snapshot, wherever it was cut', () => {
    for (let cut = 0; cut <= log.length; cut += 1) {
      const state = deserialize(serialize(foldOf(exports, log.slice(0, cut)))) as ExportsState;
      expect(outlines(log.slice(cut).reduce(exports.apply, state))).toEqual(outlines(foldOf(exports, log)));
    }
  });

  it('are shown one by one from the log', () => {
    const outline = outlineOf(foldOf(exports, log), poolA, 'export-1');
    if (outline === undefined) throw new Error('It is on record.');
    const view = exportView(outline, log.slice(2, 6), foldOf(pair, log.slice(0, 2)));
    expect(view).toMatchObject({ fqdn: poolA, id: 'export-1', audio: file.audio, findings: file.findings });
    expect(view.changes).toEqual([
      { change: 'created', kind: 'workflow', id: 'sales', name: 'sales', properties: {}, differences: [] },
      {
        change: 'modified',
        kind: 'queue',
        id: 'queue',
        name: 'Queue',
        properties: { timeoutThreshold: 30 },
        differences: [],
      },
      { change: 'removed', kind: 'workflow', id: 'before', name: 'before', properties: {}, differences: [] },
    ]);
    expect(outlineOf(foldOf(exports, log), poolB, 'export-1')).toBeUndefined();
  });
});
