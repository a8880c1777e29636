import { describe, expect, it } from '@jest/globals';
import { cellsOf } from '../../policy/experience/matrix.js';
import { documentedStages } from '../../policy/stages.js';
import { statementOf, statements } from '../../policy/statements.js';
import { theDocument } from './the-document.js';

const ids = Object.keys(theDocument);

const citing = (id: string) =>
  documentedStages.flatMap((stage) =>
    cellsOf(stage).filter((cell) => cell.statements.some((cited) => cited === id)),
  );

describe('Each statement of the document decides just the cells that it speaks of', () => {
  it.each(Object.entries(theDocument))('%s', (id, saidOfIt) => {
    const [stage, row] = id.split('/');
    const said = saidOfIt.map(([when, outcome]) => ({ row, when, outcome, basis: 'stated' }));
    const cells = citing(id).map(({ row: at, when, outcome, basis }) => ({ row: at, when, outcome, basis }));
    expect(cells).toHaveLength(said.length);
    expect(cells).toEqual(expect.arrayContaining(said));
    expect(statementOf(id)).toMatchObject({ id, stage, row });
  });
});

describe('The matrix as a whole', () => {
  it('has 64 statements: 12, 12, 14, 13 and 13', () => {
    const counts = documentedStages.map(
      (stage) => statements.filter((statement) => statement.stage === stage).length,
    );
    expect(counts).toEqual([12, 12, 14, 13, 13]);
    expect(statements.map((statement) => statement.id).toSorted()).toEqual(ids.toSorted());
  });

  it('says every statement in words of its own', () => {
    for (const statement of statements) expect(statement.text).toMatch(/^[A-Z].*\.$/);
  });

  it('leaves no statement uncited', () => {
    expect(statements.filter((statement) => citing(statement.id).length === 0)).toEqual([]);
  });

  it('is silent in one cell only: failed over, anonymous, connected and not imported', () => {
    const silent = documentedStages.flatMap((stage) =>
      cellsOf(stage)
        .filter((cell) => cell.statements.length !== 1)
        .map((cell) => ({ stage, ...cell })),
    );
    expect(silent).toEqual([
      {
        stage: 'failed-over',
        row: 'connected-calls',
        when: { anonymous: true, imported: false },
        outcome: 'none-in-this-status',
        statements: [],
        basis: 'inferred',
      },
    ]);
  });

  it('has an entry for every combination: 4 + 2 + 2 + 2 + 3 + 9 in each stage', () => {
    for (const stage of ['normal', ...documentedStages] as const) {
      expect(new Set(cellsOf(stage).map((cell) => JSON.stringify([cell.row, cell.when]))).size).toBe(22);
      expect(cellsOf(stage)).toHaveLength(22);
    }
  });

  it('takes normal to be as failed back but for calls under way, which go on', () => {
    const plain = (stage: 'normal' | 'failed-back', calls: object = {}) =>
      cellsOf(stage).map(({ row, when, outcome }) =>
        row === 'connected-calls' || row === 'in-progress-calls'
          ? { row, when, outcome, ...calls }
          : { row, when, outcome },
      );
    expect(plain('normal')).toEqual(plain('failed-back', { outcome: 'remain-connected' }));
  });
});
