/**
 * The experience matrix: one cell for every combination of stage, row and class,
 * spelled out from the columns. `normal` equals `failed-back` and is inferred.
 */
import { backEndDatabaseStates, type BackEndDatabaseState, type Tool } from '../../events/vocabulary.js';
import { stages, type DocumentedStage, type Stage } from '../stages.js';
import { statementId, type Row } from '../statements.js';
import { columns } from './columns.js';
import {
  ownerships,
  type Column,
  type ConfigurationCell,
  type ConfigurationOutcome,
  type ConnectedCell,
  type ConsoleCell,
  type ExperienceCell,
  type InProgressCell,
  type NewCallCell,
  type OnBehalfCell,
  type Ownership,
  type Visible,
} from './types.js';

/** A column in full, each group of cells in a fixed order. */
export interface StageExperience {
  readonly stage: Stage;
  readonly connected: readonly ConnectedCell[];
  readonly inProgress: readonly InProgressCell[];
  readonly newCalls: readonly NewCallCell[];
  readonly onBehalf: readonly OnBehalfCell[];
  readonly console: readonly ConsoleCell[];
  readonly configuration: readonly ConfigurationCell[];
}

type Decided = Pick<ExperienceCell, 'statements' | 'basis'>;
const silent: Decided = { statements: [], basis: 'inferred' };

function visibleWith(database: BackEndDatabaseState): Visible {
  return database === 'unknown' ? 'depends' : database === 'available';
}

function configurationOutcome(
  column: Column,
  ownership: Ownership,
  database: BackEndDatabaseState,
): ConfigurationOutcome {
  const outcomeOf = (tool: Tool): ConfigurationOutcome[Tool] => {
    if (ownership === 'imported') {
      const usable = column.configuration.imported.tools.includes(tool);
      return { view: usable, modify: usable };
    }
    const { view, modify } = column.configuration[ownership];
    return { view: view === 'with-database' ? visibleWith(database) : view, modify };
  };
  return {
    controlPanel: outcomeOf('controlPanel'),
    configurationTool: outcomeOf('configurationTool'),
    managementShell: outcomeOf('managementShell'),
  };
}

function spellOut(stage: Stage): StageExperience {
  const documented: DocumentedStage = stage === 'normal' ? 'failed-back' : stage;
  const column = columns[documented];
  const decided = (row: Row, n: number | 'silent'): Decided =>
    stage === 'normal' || n === 'silent'
      ? silent
      : { statements: [statementId(stage, row, n)], basis: 'stated' };
  const importedOrNot = [false, true] as const;
  return {
    stage,
    connected: [false, true].flatMap((anonymous) =>
      importedOrNot.map((imported): ConnectedCell => {
        const [outcome, n] =
          column.connected[anonymous ? (imported ? 'anonymousImported' : 'anonymous') : 'regular'];
        return {
          row: 'connected-calls',
          when: { anonymous, imported },
          outcome,
          ...decided('connected-calls', n),
        };
      }),
    ),
    inProgress: importedOrNot.map((imported): InProgressCell => {
      const [outcome, n] = column.inProgress[imported ? 'imported' : 'notImported'];
      return { row: 'in-progress-calls', when: { imported }, outcome, ...decided('in-progress-calls', n) };
    }),
    newCalls: importedOrNot.map((imported): NewCallCell => {
      const [outcome, n] = column.newCalls[imported ? 'imported' : 'notImported'];
      return { row: 'new-calls', when: { imported }, outcome, ...decided('new-calls', n) };
    }),
    onBehalf: importedOrNot.map((imported): OnBehalfCell => {
      const [outcome, n] = column.onBehalf[imported ? 'imported' : 'notImported'];
      return { row: 'on-behalf-calls', when: { imported }, outcome, ...decided('on-behalf-calls', n) };
    }),
    console: ownerships.map((ownership, index): ConsoleCell => ({
      row: 'agent-console',
      when: { ownership },
      outcome: column.console[ownership],
      ...decided('agent-console', index + 1),
    })),
    configuration: ownerships.flatMap((ownership, index) =>
      backEndDatabaseStates.map((backEndDatabase): ConfigurationCell => ({
        row: 'configuration',
        when: { ownership, backEndDatabase },
        outcome: configurationOutcome(column, ownership, backEndDatabase),
        ...decided('configuration', index + 1),
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

export const connectedCell = (stage: Stage, anonymous: boolean, imported: boolean): ConnectedCell =>
  cellAt(experienceOf(stage).connected, (anonymous ? 2 : 0) + (imported ? 1 : 0));
export const inProgressCell = (stage: Stage, imported: boolean): InProgressCell =>
  cellAt(experienceOf(stage).inProgress, imported ? 1 : 0);
export const newCallCell = (stage: Stage, imported: boolean): NewCallCell =>
  cellAt(experienceOf(stage).newCalls, imported ? 1 : 0);
export const onBehalfCell = (stage: Stage, imported: boolean): OnBehalfCell =>
  cellAt(experienceOf(stage).onBehalf, imported ? 1 : 0);
export const consoleCell = (stage: Stage, ownership: Ownership): ConsoleCell =>
  cellAt(experienceOf(stage).console, ownerships.indexOf(ownership));
export const configurationCell = (
  stage: Stage,
  ownership: Ownership,
  backEndDatabase: BackEndDatabaseState,
): ConfigurationCell =>
  cellAt(
    experienceOf(stage).configuration,
    ownerships.indexOf(ownership) * backEndDatabaseStates.length +
      backEndDatabaseStates.indexOf(backEndDatabase),
  );

/** All cells of a stage, row by row in the document's order. */
export function cellsOf(stage: Stage): readonly ExperienceCell[] {
  const { connected, inProgress, newCalls, onBehalf, console, configuration } = experienceOf(stage);
  return [...connected, ...inProgress, ...newCalls, ...onBehalf, ...console, ...configuration];
}

/** The whole matrix, in the shape that `GET /v1/experience` answers. */
export const experienceMatrix: {
  readonly stages: readonly { stage: Stage; rows: readonly ExperienceCell[] }[];
} = {
  stages: stages.map((stage) => ({ stage, rows: cellsOf(stage) })),
};
