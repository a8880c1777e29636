import type { Reading } from '../../../policy/readings.js';
import type { Statement } from '../../../policy/statements.js';
import type {
  ExperienceAnswer,
  ReadingsAnswer,
  ReasonsAnswer,
  StatementsAnswer,
} from '../../contract/policy.js';
import { styled, type Io } from '../io.js';
import { table } from '../output/table.js';
import { condition, outcomeText } from '../output/words.js';

export function experienceText({ stages }: ExperienceAnswer, io: Io): string {
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

export function statementsText({ statements }: StatementsAnswer, io: Io): string {
  return table(
    ['statement', 'says'],
    statements.map(({ id, text }) => [id, text]),
    io,
  );
}

export function reasonsText({ reasons }: ReasonsAnswer, io: Io): string {
  return table(
    ['reason', 'is', 'says'],
    reasons.map(({ id, kind, text }) => [id, kind, text]),
    io,
  );
}

export const statementText = ({ id, stage, row, text }: Statement): string =>
  `${id}\n  stage ${stage}, row ${row}\n  ${text}`;

export function readingsText({ readings }: ReadingsAnswer, io: Io): string {
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
