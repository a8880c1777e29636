/** The 64 statements of the three tables, each with its id: the bullets of `experience/tables.ts`, numbered. */
import { tables } from './experience/tables.js';
import { rows, type Row, type StatementId } from './experience/types.js';
import type { Line, Stated } from './experience/vocabulary.js';
import { documentedStages, type DocumentedStage } from './stages.js';

export { rows, type Row, type StatementId } from './experience/types.js';

export interface Statement {
  readonly id: StatementId;
  readonly stage: DocumentedStage;
  readonly row: Row;
  readonly text: string;
}

type AnyLine = Line<unknown, unknown>;

const isStated = (line: AnyLine): line is Stated<unknown, unknown> => 'text' in line;

const bulletsOf = (stage: DocumentedStage, row: Row): readonly Stated<unknown, unknown>[] => {
  const lines: readonly AnyLine[] = tables[stage][row];
  return lines.filter(isStated);
};

const numbered = documentedStages.flatMap((stage) =>
  rows.flatMap((row) =>
    bulletsOf(stage, row).map((bullet, index): readonly [AnyLine, Statement] => [
      bullet,
      { id: `${stage}/${row}/${index + 1}`, stage, row, text: bullet.text },
    ]),
  ),
);

export const statements: readonly Statement[] = numbered.map(([, statement]) => statement);

const byLine = new Map<AnyLine, Statement>(numbered);
const byId = new Map<string, Statement>(statements.map((statement) => [statement.id, statement]));

export const statementOf = (id: string): Statement | undefined => byId.get(id);

/** The statement that a line of the tables is; undefined for a line where the document is silent. */
export const statementOn = (line: AnyLine): Statement | undefined => byLine.get(line);
