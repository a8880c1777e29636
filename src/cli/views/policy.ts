import type { ExperienceCell } from '../../../policy/experience/types.js';
import type { Reading } from '../../../policy/readings.js';
import type { Statement } from '../../../policy/statements.js';
import { styled, type Io } from '../io.js';
import { table } from '../output/table.js';
import { condition, outcomeText } from '../output/words.js';

interface Matrix {
  readonly stages: readonly { readonly stage: string; readonly rows: readonly ExperienceCell[] }[];
}

export function experienceText(body: string, io: Io): string {
  const { stages } = JSON.parse(body) as Matrix;
  return stages
    .map(({ stage, rows }) => {
      const drawn = table(
        ['row', 'when', 'outcome', 'statements'],
        rows.map((cell) => [
          cell.row,
          condition({ ...cell.when }),
          outcomeText(cell.outcome),
          cell.statements.join('\n') || '(inferred)',
        ]),
        io,
      );
      return `${styled(io, 'bold', `Stage ${stage}`)}\n${drawn}`;
    })
    .join('\n\n');
}

export function statementsText(body: string, io: Io): string {
  const { statements } = JSON.parse(body) as { readonly statements: readonly Statement[] };
  return table(
    ['statement', 'says'],
    statements.map(({ id, text }) => [id, text]),
    io,
  );
}

export const statementText = ({ id, stage, row, text }: Statement): string =>
  `${id}\n  stage ${stage}, row ${row}\n  ${text}`;

export interface Readings {
  readonly readings: readonly Reading[];
}

export function readingsText(body: string, io: Io): string {
  const { readings } = JSON.parse(body) as Readings;
  return table(
    ['reading', 'question', 'how it is read', 'choices'],
    readings.map((reading) => [reading.id, reading.question, reading.text, choicesOf(reading)]),
    io,
  );
}

export const readingText = (reading: Reading): string =>
  [
    `${reading.id}: ${reading.question}`,
    `  ${reading.text}`,
    ...reading.choices.map(({ choice, text }) => `  ${choice}: ${text}`),
  ].join('\n');

const choicesOf = ({ choices, default: standard }: Reading): string =>
  choices.map(({ choice }) => (choice === standard ? `${choice} (default)` : choice)).join('\n') || '-';
