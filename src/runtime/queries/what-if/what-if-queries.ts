import { changesBetween } from '../../../../projections/effects/copies.js';
import { foldAlternative, type Alternative } from '../../../../projections/what-if/alternative.js';
import { copiesOverTime, type CopiesOverTime } from '../../../../projections/what-if/copies-over-time.js';
import { timeText } from '../../../../projections/what-if/outcome.js';
import {
  callsNamedIn,
  idsNamedIn,
  NamedFacts,
  planOf,
  type Edit,
} from '../../../../projections/what-if/plan.js';
import {
  beginOf,
  foldRecorded,
  type Pause,
  type Recorded,
  type Span,
} from '../../../../projections/what-if/recorded.js';
import type { WhatIfAnswer } from '../../../contract/what-if.js';
import type { FieldError } from '../../../domain/decision.js';
import { ErrorList } from '../../../domain/error-list.js';
import { Turns } from '../../../store/turns.js';
import type { EventStore } from '../../../store/port.js';
import type { ProjectionRunner } from '../../projections/projection-runner.js';
import type { PairBeginnings } from '../../projections/state/pair-beginnings.js';
import type { Requester } from '../../requester.js';
import { Failed, failed, invalid, Ok, type Result } from '../../result.js';
import type { QueryService } from '../query-service.js';
import { decideAdded, type AddedCommand } from './decide-added.js';
import { NotUnderstoodFactError, readFacts } from './read-facts.js';
import { inPairOfSpan } from './pair-of-span.js';
import { spanOf, type SpanInPair, type WhatIfSpan } from './span.js';

export interface AskedAlternative {
  readonly name: string;
  readonly edits: readonly Edit[];
}

export interface WhatIfRequest extends WhatIfSpan {
  readonly alternatives: readonly AskedAlternative[];
  /** Whether calls that the record cuts off and an alternative does not go on waiting there. */
  readonly stillWaiting: boolean;
}

/** How far the work on a request is. */
export interface WhatIfProgress {
  readonly part: 'reading' | 'recorded' | 'alternative';
  /** How many alternatives are done. */
  readonly alternative: number;
  /** How many facts this part has met. */
  readonly facts: number;
}

/** The most entries of a list of an alternative. */
const listedAtMost = 1_000;

/** How a span of a recorded history would have gone otherwise. Nothing is stored. */
export class WhatIfQueries {
  private asked = 0;

  constructor(
    private readonly store: EventStore,
    private readonly runner: ProjectionRunner,
    private readonly beginnings: PairBeginnings,
    private readonly service: QueryService,
    private readonly clock: () => Date,
  ) {}

  /** @throws BusyError, StoreUnavailableError, and a RequesterGoneError */
  async whatIf(
    fqdn: string,
    request: WhatIfRequest,
    requester: Requester,
    onProgress: (progress: WhatIfProgress) => void = () => undefined,
  ): Promise<Result<WhatIfAnswer>> {
    const { position } = this.runner.state;
    const asked = await inPairOfSpan(this.service, fqdn, request, position);
    if (asked instanceof Failed) return asked;
    this.asked += 1;
    return await this.service.dearly(
      ['what-if', this.asked],
      async (signal) => {
        try {
          return await this.answered(fqdn, asked, position, request, new Turns(signal), onProgress);
        } catch (error) {
          if (!(error instanceof NotUnderstoodFactError)) throw error;
          const { stream, position: at, message } = error;
          return failed({ kind: 'not-understood', stream, position: at, detail: message });
        }
      },
      requester,
    );
  }

  private async answered(
    fqdn: string,
    asked: SpanInPair,
    position: bigint,
    request: WhatIfRequest,
    turns: Turns,
    onProgress: (progress: WhatIfProgress) => void,
  ): Promise<Result<WhatIfAnswer>> {
    const log = { store: this.store, beginnings: this.beginnings, discarded: this.discarded };
    const onRead = (events: number): void => onProgress({ part: 'reading', alternative: 0, facts: events });
    const watched = callsNamedIn(request.alternatives.flatMap(({ edits }) => edits));
    const facts = await readFacts(log, asked.pairId, position, turns, onRead, watched);
    const span = spanOf(asked, facts, this.clock());
    if (!('after' in span)) return invalid(span);
    const plans = plansOf(request.alternatives, new NamedFacts(facts, namedIn(request)), span);
    if (plans.errors.length > 0) return invalid(plans.errors);
    const pauseIn =
      (part: WhatIfProgress['part'], alternative: number): Pause =>
      (met) => {
        if (met % 64 !== 0) return;
        turns.check();
        if (!turns.isOver) return;
        onProgress({ part, alternative, facts: met });
        return turns.next();
      };
    turns.check();
    const recorded = await foldRecorded(facts, span, fqdn, pauseIn('recorded', 0));
    const alternatives: WhatIfAnswer['alternatives'][number][] = [];
    for (const [index, { name, edits }] of request.alternatives.entries()) {
      turns.check();
      const plan = plans.plans[index];
      if (plan === undefined) continue;
      const judging = {
        stillWaiting: request.stillWaiting,
        decide: (edit: number, walk: Alternative['walk'], at: number) =>
          decideAdded(commandOf(edits[edit]), edit, walk, at),
      };
      const pause = pauseIn('alternative', index);
      const folded = await foldAlternative(recorded, plan, judging, pause);
      const between = { begin: beginOf(span), end: span.upTo.at };
      const { before, walk } = recorded;
      const overTime = await copiesOverTime(before.pair, walk, folded.walk, between, pause);
      alternatives.push(told(name, folded, recorded, overTime));
    }
    return new Ok({
      pool: fqdn,
      position: String(position),
      from: timeText(span.after.at),
      to: timeText(span.upTo.at),
      recorded: recorded.outcome,
      alternatives,
    });
  }

  private get discarded(): ReadonlySet<string> {
    return this.runner.state.discards.of(this.runner.state.projections.callStatus.name);
  }
}

const namedIn = ({ alternatives }: WhatIfRequest): readonly string[] =>
  alternatives.flatMap(({ edits }) => idsNamedIn(edits));

/** The plan of each alternative, or what is wrong with the edits of any. */
function plansOf(alternatives: readonly AskedAlternative[], named: NamedFacts, span: Span) {
  const errors = new ErrorList();
  const plans = alternatives.flatMap(({ edits }, index) => {
    const plan = planOf(edits, named, span);
    if ('pair' in plan) return [plan];
    for (const { edit, detail } of plan) errors.add(`/alternatives/${index}/edits/${edit}`, detail);
    return [];
  });
  const all: readonly FieldError[] = errors.all;
  return { plans, errors: all };
}

/** The bodies of edits were checked as those of their commands. */
function commandOf(edit: Edit | undefined): AddedCommand {
  if (edit === undefined || !('add' in edit)) throw new Error('Only what is added is decided.');
  return { name: edit.add.command, body: edit.add.body } as AddedCommand;
}

function told(
  name: string,
  folded: Alternative,
  { facts, walk }: Recorded,
  overTime: CopiesOverTime,
): WhatIfAnswer['alternatives'][number] {
  const { outcome, saved, lost, refused, contradicted } = folded;
  const { visibility, editability } = changesBetween(walk.pair, folded.walk.pair);
  return {
    name,
    outcome,
    saved,
    lost,
    refused,
    contradicted: contradicted
      .slice(0, listedAtMost)
      .map((fact) => (typeof fact === 'number' ? facts.calls.idOf(fact) : fact)),
    ...moreThanListed('moreContradicted', contradicted),
    visibility,
    editability,
    visibilityOverTime: overTime.visibility.slice(0, listedAtMost),
    editabilityOverTime: overTime.editability.slice(0, listedAtMost),
    ...moreThanListed('moreVisibilityOverTime', overTime.visibility),
    ...moreThanListed('moreEditabilityOverTime', overTime.editability),
  };
}

const moreThanListed = <Name extends string>(name: Name, list: readonly unknown[]) => {
  const more = list.length - listedAtMost;
  const counted: { readonly [Key in Name]?: number } = {};
  return more > 0 ? { ...counted, [name]: more } : counted;
};
