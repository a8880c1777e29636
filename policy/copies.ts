/** Who sees a copy of an object, in the console and the tools, and who may change it: the last two rows. */
import { tools, type BackEndDatabaseState, type Tool } from '../events/vocabulary.js';
import { whereBackupFailed } from './calls.js';
import { configurationCell, consoleCell } from './experience/matrix.js';
import type { ConfigurationOutcome, ConsoleOutcome, Ownership } from './experience/types.js';
import { asInferredOf, groundsOf, inferred, onCopy, type Grounds, type StandInBy } from './grounds.js';
import type { Inference } from './readings.js';
import { isDown, type Stage } from './stages.js';

/** The cells of the matrix that govern a copy. */
export interface GoverningCell {
  readonly stage: Stage;
  readonly ownership: Ownership;
  /** Of the pool that hosts the copy. */
  readonly backEndDatabase: BackEndDatabaseState;
  /** The stage of the pool that hosts the copy. */
  readonly hostStage: Stage;
  /** It is about a pool that takes the place of another, which the tables do not know; absent where it is not. */
  readonly replaced?: true;
  /** The owner is in no pair with the host, so that no stage of either concerns the copy; absent where it is. */
  readonly inNoPair?: true;
  /** What brought a copy that stands in; absent where an import did, and of what a pool owns itself. */
  readonly by?: StandInBy;
  /** Its back-end database is on record as unavailable, though the pool is up; absent where not. */
  readonly databaseInDoubt?: true;
  /** A service that the console needs is on record as stopped on the pool that hosts the copy; absent where none is. */
  readonly consoleWithoutService?: true;
}

/** A copy that a failed pool hosts for its partner, down or not. Not documented. */
export const isHostedByFailedPool = (cell: GoverningCell): boolean =>
  cell.ownership === 'imported' && isDown(cell.hostStage);

/** Of a pair that is none, one pool says nothing of the other. */
const whereHostFailed = ({ inNoPair, stage }: GoverningCell): Inference =>
  inNoPair === true ? 'in-no-pair' : whereBackupFailed(stage);

const groundsIn = (
  { inNoPair, replaced, by = 'import' }: GoverningCell,
  own: Parameters<typeof groundsOf>[0],
): Grounds =>
  inNoPair === true ? inferred('in-no-pair') : asInferredOf(onCopy(groundsOf(own), by), replaced === true);

export function consoleOf(cell: GoverningCell): ConsoleOutcome & Grounds {
  const own = consoleCell(cell.stage, cell.ownership);
  const { displayed, signIn } = own.outcome;
  return isHostedByFailedPool(cell)
    ? { displayed, signIn: false, ...inferred(whereHostFailed(cell)) }
    : { displayed, signIn, ...(displayed && isWithoutService(cell) ? withoutService : groundsIn(cell, own)) };
}

const withoutService = inferred('console-without-service');

/** Of a pool that is down its stage says all. */
const isWithoutService = ({ consoleWithoutService, hostStage }: GoverningCell): boolean =>
  consoleWithoutService === true && !isDown(hostStage);

export function configurationOf(cell: GoverningCell): { readonly outcome: ConfigurationOutcome } & Grounds {
  const own = configurationCell(cell.stage, cell.ownership, cell.backEndDatabase);
  if (!isHostedByFailedPool(cell)) {
    const asked = cell.databaseInDoubt === true && cell.inNoPair !== true && own.basis === 'inferred';
    return {
      outcome: own.outcome,
      ...(asked ? inferred('configuration-without-database') : groundsIn(cell, own)),
    };
  }
  const host = configurationCell(cell.hostStage, 'primary', cell.backEndDatabase).outcome;
  const narrower = (tool: Tool): ConfigurationOutcome[Tool] => ({
    view: own.outcome[tool].view === false ? false : host[tool].view,
    modify: own.outcome[tool].modify && host[tool].modify,
  });
  return {
    outcome: {
      controlPanel: narrower('controlPanel'),
      configurationTool: narrower('configurationTool'),
      managementShell: narrower('managementShell'),
    },
    ...inferred(whereHostFailed(cell)),
  };
}

/** The tools that may modify the copy. */
export const modifyingTools = (outcome: ConfigurationOutcome): readonly Tool[] =>
  tools.filter((tool) => outcome[tool].modify);
