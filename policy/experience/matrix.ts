/** The experience matrix: one cell for every combination of stage, row and class, spelled out from the tables. */
import { backEndDatabaseStates, type BackEndDatabaseState } from '../../events/vocabulary.js';
import { isDocumented, stages, type Stage } from '../stages.js';
import { statementOn } from '../statements.js';
import { normal } from './normal.js';
import { tables } from './tables.js';
import {
  ownerships,
  type Cell,
  type ConfigurationCell,
  type ConnectedCell,
  type ConsoleCell,
  type ExperienceCell,
  type InProgressCell,
  type NewCallCell,
  type OnBehalfCell,
  type Ownership,
  type Row,
  type WithInference,
} from './types.js';
import { answered, everyCall, everyCopy, type Line } from './vocabulary.js';

type Cells<SomeCell> = readonly WithInference<SomeCell>[];

/** A column in full, each group of cells in a fixed order. */
interface StageExperience {
  readonly connected: Cells<ConnectedCell>;
  readonly inProgress: Cells<InProgressCell>;
  readonly newCalls: Cells<NewCallCell>;
  readonly onBehalf: Cells<OnBehalfCell>;
  readonly console: Cells<ConsoleCell>;
  readonly configuration: Cells<ConfigurationCell>;
}

/** A cell for each class, in this order. Throws unless exactly one line decides it. */
function cellsFor<RowName extends Row, When, Outcome>(
  row: RowName,
  lines: readonly Line<When, Outcome>[],
  classes: readonly When[],
): Cells<Cell<RowName, When, Outcome>> {
  return classes.map((when) => {
    const [line, ...others] = lines.filter(({ appliesTo }) => appliesTo.includes(when));
    if (line === undefined || others.length > 0) {
      throw new Error(
        `${others.length === 0 ? 'No line' : 'More than one line'} of ${row} decides ${JSON.stringify(when)}.`,
      );
    }
    return { row, when, outcome: line.outcome, ...decidedBy(line) };
  });
}

function decidedBy(
  line: Line<unknown, unknown>,
): WithInference<Pick<ExperienceCell, 'statements' | 'basis'>> {
  if ('inference' in line) return { statements: [], basis: 'inferred', inference: line.inference };
  const statement = statementOn(line);
  if (statement === undefined) throw new Error(`"${line.text}" is not a line of the tables.`);
  return { statements: [statement.id], basis: 'stated', inference: null };
}

function spellOut(stage: Stage): StageExperience {
  const column = isDocumented(stage) ? tables[stage] : normal;
  return {
    connected: cellsFor('connected-calls', column['connected-calls'], answered),
    inProgress: cellsFor('in-progress-calls', column['in-progress-calls'], everyCall),
    newCalls: cellsFor('new-calls', column['new-calls'], everyCall),
    onBehalf: cellsFor('on-behalf-calls', column['on-behalf-calls'], everyCall),
    console: cellsFor('agent-console', column['agent-console'], everyCopy),
    configuration: cellsFor('configuration', column.configuration, everyCopy).flatMap((cell) =>
      backEndDatabaseStates.map((backEndDatabase): WithInference<ConfigurationCell> => ({
        ...cell,
        when: { ...cell.when, backEndDatabase },
        outcome: cell.outcome(backEndDatabase),
      })),
    ),
  };
}

const experiences = new Map<Stage, StageExperience>(stages.map((stage) => [stage, spellOut(stage)]));
function experienceOf(stage: Stage): StageExperience {
  const experience = experiences.get(stage);
  if (experience === undefined) throw new Error(`There is no stage "${stage}".`);
  return experience;
}

function cellAt<Cell>(cells: readonly Cell[], index: number): Cell {
  const cell = cells[index];
  if (cell === undefined) throw new RangeError('The matrix has no such cell.');
  return cell;
}

export const connectedCell = (
  stage: Stage,
  anonymous: boolean,
  imported: boolean,
): WithInference<ConnectedCell> =>
  cellAt(experienceOf(stage).connected, (anonymous ? 2 : 0) + (imported ? 1 : 0));
export const inProgressCell = (stage: Stage, imported: boolean): WithInference<InProgressCell> =>
  cellAt(experienceOf(stage).inProgress, imported ? 1 : 0);
export const newCallCell = (stage: Stage, imported: boolean): WithInference<NewCallCell> =>
  cellAt(experienceOf(stage).newCalls, imported ? 1 : 0);
export const onBehalfCell = (stage: Stage, imported: boolean): WithInference<OnBehalfCell> =>
  cellAt(experienceOf(stage).onBehalf, imported ? 1 : 0);
export const consoleCell = (stage: Stage, ownership: Ownership): WithInference<ConsoleCell> =>
  cellAt(experienceOf(stage).console, ownerships.indexOf(ownership));
export const configurationCell = (
  stage: Stage,
  ownership: Ownership,
  backEndDatabase: BackEndDatabaseState,
): WithInference<ConfigurationCell> =>
  cellAt(
    experienceOf(stage).configuration,
    ownerships.indexOf(ownership) * backEndDatabaseStates.length +
      backEndDatabaseStates.indexOf(backEndDatabase),
  );

const withoutInference = <RowName extends Row, When, Outcome>({
  row,
  when,
  outcome,
  statements,
  basis,
}: Cell<RowName, When, Outcome>): Cell<RowName, When, Outcome> => ({ row, when, outcome, statements, basis });

/** All cells of a stage, row by row in the document's order. */
export function cellsOf(stage: Stage): readonly ExperienceCell[] {
  const { connected, inProgress, newCalls, onBehalf, console, configuration } = experienceOf(stage);
  return [
    ...connected.map(withoutInference),
    ...inProgress.map(withoutInference),
    ...newCalls.map(withoutInference),
    ...onBehalf.map(withoutInference),
    ...console.map(withoutInference),
    ...configuration.map(withoutInference),
  ];
}

/** The whole matrix, in the shape that `GET /v1/experience` answers. */
export const experienceMatrix: {
  readonly stages: readonly { readonly stage: Stage; readonly rows: readonly ExperienceCell[] }[];
} = {
  stages: stages.map((stage) => ({ stage, rows: cellsOf(stage) })),
};
