import type { PairFacts } from '../../../../facts/pair.js';
import { agentConsole, type AgentConsoleState } from '../../../../projections/agent-console/fold.js';
import { callStatus } from '../../../../projections/call-status/fold.js';
import type { CallStatusState } from '../../../../projections/call-status/state.js';
import { editability } from '../../../../projections/editability/fold.js';
import { exports, type ExportsState } from '../../../../projections/exports/fold.js';
import { lifecycle } from '../../../../projections/lifecycle/fold.js';
import type { Projection } from '../../../../projections/projection.js';
import { visibility } from '../../../../projections/visibility/fold.js';
import { directory, type Directory } from './directory.js';

/** Every projection there is. */
export interface Projections {
  readonly lifecycle: Projection<PairFacts | null>;
  readonly visibility: Projection<PairFacts | null>;
  readonly editability: Projection<PairFacts | null>;
  readonly exports: Projection<ExportsState>;
  readonly callStatus: Projection<CallStatusState>;
  readonly console: Projection<AgentConsoleState>;
  readonly directory: Projection<Directory>;
}

export const allProjections: Projections = {
  lifecycle,
  visibility,
  editability,
  exports,
  callStatus,
  console: agentConsole,
  directory,
};

/** As the command line and the API name them. */
export const projectionNames: readonly string[] = Object.values(allProjections).map(({ name }) => name);
