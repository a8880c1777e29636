/** Why a tool, or an agent's console, shows an object or not: the help desk's question. */
import { partnerOf, poolOf } from '../../facts/copies.js';
import type { PairFacts } from '../../facts/pair.js';
import type { Basis, Ownership, Visible } from '../../policy/experience/types.js';
import type { Grounds } from '../../policy/grounds.js';
import type { Stage } from '../../policy/stages.js';
import { ownershipSeenFrom } from '../../facts/copies.js';
import { warningsOf, type CopyWarning } from '../copy-entries.js';
import { citedBy, groundsIn, weakest, type CitedGrounds } from '../grounds.js';
import { originOf, type Origin } from '../origin.js';
import type { Candidate, Copies } from './find.js';
import { isSignedInTo, isWhole, judged, type JudgedCopy, type Look } from './judge.js';
import { sinceWhen, type Since } from './past.js';
import { insteadOf, sentenceOf } from './sentence.js';
import type { LookingGlass } from './words.js';

interface Outcome {
  readonly visible: Visible;
  readonly modifiable: boolean;
  readonly signIn: boolean | null;
}

export interface WhyCopy extends Outcome, Grounds, Origin {
  readonly parent: string;
  readonly ownership: Ownership;
  readonly warnings: readonly CopyWarning[];
}

export interface WhyView extends Outcome, Pick<CitedGrounds, 'source'> {
  readonly fqdn: string;
  readonly stage: Stage;
  readonly partner: string;
  readonly partnerStage: Stage;
  readonly tool: LookingGlass;
  readonly agent: string | null;
  readonly object: Candidate;
  /** Null where there is nothing to sign in to, or nobody was named. */
  readonly signedIn: boolean | null;
  readonly sentence: string;
  /** Statements, or the rule that excludes the agent. */
  readonly because: readonly string[];
  readonly basis: Basis;
  readonly inference: Grounds['inference'];
  /** When it became so, as reported; null where that is not known. */
  readonly since: string | null;
  /** The shortest series of commands that gives more; where nothing is missing, the one that takes it away. */
  readonly until: readonly string[];
  readonly instead: readonly string[];
  readonly copies: readonly WhyCopy[];
}

/** What can be said from the state alone. */
export interface Judgement {
  readonly view: Omit<WhyView, 'since' | 'until'>;
  readonly since: Since;
  /** Whether somebody would call another state an answer to "until when?". */
  readonly isOtherwise: (pair: PairFacts) => boolean;
  readonly isWhole: boolean;
}

/** Null where the pair has no such pool. */
export function judgement(pair: PairFacts, fqdn: string, copies: Copies, look: Look): Judgement | null {
  const pool = poolOf(pair, fqdn);
  const [best, ...others] = judged(pair, copies, look);
  if (pool === undefined || best === undefined) return null;
  const partner = partnerOf(pair, fqdn);
  const { id, kind, name, owner } = best.copy;
  const { visible, modifiable, signIn } = best;
  const view = {
    fqdn,
    stage: pool.stage,
    partner: partner.fqdn,
    partnerStage: partner.stage,
    tool: look.tool,
    agent: look.agent?.agent ?? null,
    object: { id, kind, name, owner },
    visible,
    modifiable,
    signIn,
    signedIn: look.agent === null ? null : isSignedInTo(pair, best.copy, look.agent),
    sentence: sentenceOf(pair, [best, ...others], look),
    ...groundsOfAnswer(best, others),
    instead: insteadOf(pair, copies, best),
    copies: [best, ...others].map((one) => entryOf(pair, fqdn, one)),
  };
  const whole = isWhole(best, look);
  const isOtherwise = (other: PairFacts): boolean => {
    const [then] = judged(other, copies, look);
    return then !== undefined && (whole ? !isWhole(then, look) : gives(then, best));
  };
  return { view, since: sinceWhen(pair, copies, look), isOtherwise, isWhole: whole };
}

/** What is not seen is to be seen; what is seen is to be used. */
const gives = (then: JudgedCopy, now: JudgedCopy): boolean =>
  then.visible === true && (now.visible !== true || then.modifiable || then.signIn === true);

/** Where nothing shows it, every copy has its reason. */
function groundsOfAnswer(
  best: JudgedCopy,
  others: readonly JudgedCopy[],
): Pick<WhyView, 'because' | 'basis' | 'inference' | 'source'> {
  if (best.isStranger) return { because: ['not-a-member'], basis: 'stated', inference: null };
  const deciding: readonly [JudgedCopy, ...JudgedCopy[]] =
    best.visible === false ? [best, ...others] : [best];
  const { basis, inference } = weakest(deciding);
  return {
    because: [...new Set(deciding.flatMap(({ because }) => because))],
    basis,
    inference,
    ...citedBy({ inference }),
  };
}

const entryOf = (pair: PairFacts, fqdn: string, one: JudgedCopy): WhyCopy => ({
  parent: one.copy.parent,
  ownership: ownershipSeenFrom(fqdn, one.copy),
  visible: one.visible,
  modifiable: one.modifiable,
  signIn: one.signIn,
  ...groundsIn(one),
  ...originOf(pair, one.copy),
  warnings: warningsOf(pair, one.copy),
});
