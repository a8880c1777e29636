import { logPositionOf } from '../../../events/places.js';
import type { ObjectKind } from '../../../events/vocabulary.js';
import type { AgentFacts } from '../../../facts/agent.js';
import type { PairFacts } from '../../../facts/pair.js';
import { few } from '../../../policy/texts/few.js';
import { didYouMean } from '../../../policy/texts/nearest.js';
import { agentKey } from '../../../projections/agent-console/fold.js';
import { objectAsked, type Copies, type Found } from '../../../projections/why/find.js';
import type { Since } from '../../../projections/why/past.js';
import { judgement } from '../../../projections/why/view.js';
import { toolNames, type LookingGlass } from '../../../projections/why/words.js';
import type { AnswerOf } from '../../contract/answers.js';
import { commandsLeadingTo } from '../../domain/ways-to.js';
import type { EventStore } from '../../store/port.js';
import { decode } from '../decode.js';
import type { ProjectionRunner } from '../projections/projection-runner.js';
import { Failed, failed, invalid, unknown, type Result } from '../result.js';
import { answerFrom, notYetRegistered } from './answer.js';
import type { QueryService, ViewQuery } from './query-service.js';

export interface WhyQuestion {
  /** An id, a name, or the address or number of a workflow. */
  readonly object: string;
  readonly kind?: ObjectKind;
  readonly tool: LookingGlass;
  readonly agent?: string;
  /** Whether agents of a pool are known to whoever asks; all where absent. */
  readonly knows?: (pool: string) => boolean;
}

/** Why somebody sees an object or not, now or at a moment. */
export class WhyQueries {
  constructor(
    private readonly store: EventStore,
    private readonly runner: ProjectionRunner,
    private readonly service: QueryService,
  ) {}

  async why(fqdn: string, question: WhyQuestion, query: ViewQuery): Promise<Result<AnswerOf<'why'>>> {
    return await this.service.answer(
      query,
      async (at) => {
        const found = this.service.pairOf(fqdn, at);
        if (found instanceof Failed) return found;
        // Agents are looked up only where one is named: then the answer rests on the log of all.
        const agents = question.agent === undefined ? null : this.runner.state.console;
        const console = agents === null ? null : await this.service.atMoment(at, agents, query);
        const instance = await this.service.atMoment(at, found.views.pair, query);
        const agent = console === null ? null : agentIn(console.state.agents, question);
        if (agent instanceof Failed) return agent;
        // Of one state with the agent: positions of two are not comparable where they are as it happened.
        const pair = console === null ? instance.state : (console.state.pairs.get(found.pairId) ?? null);
        const view = pair === null ? null : await this.view(pair, fqdn, question, agent);
        if (view instanceof Failed) return view;
        return answerFrom(console ?? instance, view ?? notYetRegistered(fqdn));
      },
      () => this.service.scopeOf(fqdn),
    );
  }

  private async view(pair: PairFacts, fqdn: string, question: WhyQuestion, agent: AgentFacts | null) {
    const { tool } = question;
    const copies = copiesMeant(pair, fqdn, question);
    if (copies instanceof Failed) return copies;
    const answer = judgement(pair, fqdn, copies, { tool, agent });
    if (answer === null) return null;
    const { view, since, isOtherwise, isWhole } = answer;
    const until = commandsLeadingTo(pair, { holds: isOtherwise, byFaults: isWhole });
    return { ...view, since: await this.timeOf(since), until };
  }

  /** Facts know the time of most moments; the event itself knows that of the others. */
  private async timeOf({ position, occurredAt }: Since): Promise<string | null> {
    if (occurredAt !== null || position === 0n) return occurredAt;
    const at = logPositionOf(position);
    for await (const [event] of this.store.readAll({ after: at - 1n, upTo: at, maxCount: 1 })) {
      return event === undefined ? null : decode(event).metadata.occurredAt;
    }
    return null;
  }
}

function agentIn(
  agents: ReadonlyMap<string, AgentFacts>,
  { agent: sip = '', knows = () => true }: WhyQuestion,
): AgentFacts | Failed {
  const agent = agents.get(agentKey(sip));
  if (agent !== undefined && knows(agent.homePool)) return agent;
  const known = [...agents.values()].filter(({ homePool }) => knows(homePool));
  const near = didYouMean(
    sip,
    known.map((one) => one.agent),
  );
  const detail = `No agent "${sip}" has been registered${near}.`;
  return unknown([{ pointer: '/agent', detail }]);
}

function copiesMeant(pair: PairFacts, fqdn: string, question: WhyQuestion): Copies | Failed {
  const { object, kind, tool } = question;
  const found = objectAsked(pair, object, kind);
  switch (found.outcome) {
    case 'found': {
      const [{ kind: isOf, name }] = found.copies;
      if (tool !== 'agentConsole' || isOf === 'agent-group') return found.copies;
      const detail = `The ${toolNames.agentConsole} shows agent groups only, and "${name}" is a ${isOf}: ask about one of its agent groups, or with another tool.`;
      return invalid([{ pointer: '/tool', detail }]);
    }
    case 'ambiguous':
      return failed({
        kind: 'ambiguous',
        detail: `${found.candidates.length} objects of ${fqdn} and its partner are called "${object}": ask by id, with kind where that is the same.`,
        candidates: found.candidates,
      });
    case 'unknown':
      return unknown([{ pointer: '/object', detail: missing(fqdn, object, found) }]);
  }
}

function missing(
  fqdn: string,
  object: string,
  { near, removed }: Extract<Found, { outcome: 'unknown' }>,
): string {
  if (removed !== null) {
    return `The ${removed.kind} "${object}" was removed from ${removed.parent} at ${removed.occurredAt} by ${removed.actor} (position ${removed.position}); asOf a moment before answers.`;
  }
  const like =
    near.length === 0 ? '' : ` (did you mean ${few(near, { word: (one) => one, separator: ' or ' })}?)`;
  return `Neither ${fqdn} nor its partner has an object "${object}"${like}; GET /v1/search finds objects of all pools, and …/visibility lists those of this one.`;
}
