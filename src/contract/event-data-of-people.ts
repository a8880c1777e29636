/** What the events of agents and of calls hold, by type. */
import type { AgentEvent } from '../../events/agent.js';
import type { CallEvent, ContradictedCutOff } from '../../events/call.js';
import { boolean, describedAs, filledBy, list, literal, named, nullable, object, text } from './schema.js';

type OfPeople = AgentEvent | CallEvent;
type DataOf<Type extends OfPeople['type']> = Extract<OfPeople, { readonly type: Type }>['data'];

const ofPool = { pool: text } as const;
const ofAgentGroup = object({ agent: text, pool: text, agentGroup: text });
const contradictedCutOff = named(
  'ContradictedCutOff',
  filledBy<ContradictedCutOff>()(
    object({
      because: list(text),
      inference: nullable(text),
      pool: text,
      responseGroup: text,
      servedBy: nullable(text),
      anonymous: boolean,
      imported: boolean,
    }),
  ),
  'A cut-off that was derived of the call, and that this fact contradicts: it is not counted any more.',
);
const maybeContradicts = { contradicts: contradictedCutOff } as const;

export const eventDataOfPeople = {
  AgentRegistered: filledBy<DataOf<'AgentRegistered'>>()(object({ agent: text, homePool: text })),
  AgentMoved: filledBy<DataOf<'AgentMoved'>>()(
    object(
      {
        agent: text,
        from: describedAs(text, 'The home pool until then.'),
        homePool: describedAs(text, 'The home pool from then on.'),
      },
      { force: describedAs(literal(true), 'It was moved with -Force; absent where not.') },
    ),
  ),
  AgentListed: filledBy<DataOf<'AgentListed'>>()(
    object({
      agent: text,
      listed: describedAs(boolean, 'False: the list has all users, and not this one.'),
      enabled: describedAs(
        nullable(boolean),
        'Null where the list does not say: what a list before it showed holds.',
      ),
      enterpriseVoice: describedAs(nullable(boolean), 'Null where the list does not say, as above.'),
    }),
  ),
  AgentSignedIn: filledBy<DataOf<'AgentSignedIn'>>()(ofAgentGroup),
  AgentSignedOut: filledBy<DataOf<'AgentSignedOut'>>()(ofAgentGroup),
  CallArrived: filledBy<DataOf<'CallArrived'>>()(
    object({ callId: text, ...ofPool, responseGroup: text }, { caller: text }),
  ),
  CallConnected: filledBy<DataOf<'CallConnected'>>()(object({ callId: text, agent: text }, maybeContradicts)),
  CallEnded: filledBy<DataOf<'CallEnded'>>()(object({ callId: text }, maybeContradicts)),
  OnBehalfCallPlaced: filledBy<DataOf<'OnBehalfCallPlaced'>>()(
    object({ callId: text, agent: text, ...ofPool, responseGroup: text, callee: nullable(text) }),
  ),
} as const;
