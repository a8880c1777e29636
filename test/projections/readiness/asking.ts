/** Asks readiness and runbook of a history that is told in events. */
import type { Recorded } from '../../../events/envelope.js';
import type { PoolkeeperEvent } from '../../../events/registry.js';
import { agentConsole } from '../../../projections/agent-console/fold.js';
import type { Finding } from '../../../projections/readiness/finding.js';
import { readinessView, type ReadinessView } from '../../../projections/readiness/view.js';
import { runbookView, type RunbookStep, type RunbookView } from '../../../projections/runbook/view.js';
import type { FindingId } from '../../../policy/readiness/findings.js';
import type { StepId } from '../../../policy/runbook/steps.js';
import { pairId, poolA } from '../../support/story.js';
import { momentOf, recorded, type Told } from '../../support/recorded.js';

/** An event, or a piece of history in pieces. */
type Happened = Told | readonly Happened[];

const inOrder = (told: Happened): readonly Told[] => ('type' in told ? [told] : told.flatMap(inOrder));

export class After {
  private readonly log: readonly Recorded<PoolkeeperEvent>[];

  constructor(
    events: readonly Happened[],
    private readonly hoursLater = 0,
    private readonly fqdn = poolA,
  ) {
    this.log = recorded(events.flatMap(inOrder));
  }

  later(hours: number): After {
    return new After(this.log, hours, this.fqdn);
  }

  from(fqdn: string): After {
    return new After(this.log, this.hoursLater, fqdn);
  }

  get readiness(): ReadinessView {
    return existing(readinessView(...this.arguments()));
  }

  get runbook(): RunbookView {
    return existing(runbookView(...this.arguments()));
  }

  get found(): readonly FindingId[] {
    return this.readiness.findings.map(({ id }) => id);
  }

  finding(id: FindingId): Finding {
    return existing(this.readiness.findings.find((one) => one.id === id) ?? null);
  }

  step(id: StepId): RunbookStep {
    return existing(this.runbook.steps.find((one) => one.id === id) ?? null);
  }

  private arguments(): Parameters<typeof readinessView> {
    const state = this.log
      .filter(({ stream }) => stream.startsWith('pair-') || stream.startsWith('agent-'))
      .reduce(agentConsole.apply, agentConsole.initial());
    const now = new Date(Date.parse(momentOf(this.log.length)) + this.hoursLater * 3_600_000).toISOString();
    return [state.pairs.get(pairId) ?? null, this.fqdn, state.agents, { now, exportAgeTargetHours: 24 }];
  }
}

export const after = (...events: readonly Happened[]): After => new After(events);

function existing<Value>(value: Value | null): Value {
  if (value === null) throw new Error('There is no such thing.');
  return value;
}
