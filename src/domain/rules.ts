/**
 * Every rule that can refuse a command, by name. A rule is a function of the facts that returns an allowance, or a refusal
 * with its reasons: the statements that it rests on, if it reads the tables.
 */
import type { Grounds } from '../../policy/grounds.js';
import { refused, type Invalid, type Refused, type Unknown, type Warning } from './decision.js';

export const rules = {
  'pairing-is-one-to-one': 'Two pools back each other up, and neither backs up a third.',
  'pair-is-registered':
    'Sites are given once, when the pair is registered; readings and the version are changed by commands of their own.',
  'pair-has-history': 'A pair is unregistered only while nothing but its registration is on record.',
  'unpaired-outside-incidents':
    'A pairing ends only while neither pool is in an incident, unless one was given up.',
  'paired-outside-incidents': 'A pool is paired while it is in no incident, and while it serves at all.',
  'left-for-another-pair': 'The record of a pool goes on in the pair that it was paired into.',
  'pool-retired': 'A pool that was retired serves no more.',
  'pool-in-use': 'A pool is retired once it is in no pair and nobody needs it.',
  'in-a-pair': 'A pool fails over and back, is replaced, and is replicated, only in a pair.',
  'stage-change': 'A pool goes from stage to stage only along the known ways.',
  'recorded-otherwise':
    'What happened is on record once: a repeat with another time, reason or switch is none.',
  'drill-from-the-first': 'An incident is a drill, or real, from its first command to its end.',
  'no-incident': 'Notes are about an incident, and steps are ticked off while one is under way.',
  'step-not-by-hand': 'Steps of the runbook that events complete are not ticked off by hand.',
  'route-is-open':
    'The way out of an outage is chosen while the pool is down, until failback or a replacement begins.',
  'replaced-once-failed-over': 'A pool is replaced once its partner stands in for it.',
  'replacement-is-a-new-pool': 'The pool that takes the place of another has a name that no pair knows yet.',
  'replacement-hosts-its-groups':
    'A replacement serves once it hosts what the pool that stands in hosts for it.',
  'route-of-the-pool':
    'Nobody fails back to a pool that is lost, and only what takes its place is completed.',
  'pool-was-replaced': 'A pool that is lost is given no commands: the pool in its place is.',
  'backup-pool-must-be-up': 'A pool fails over only to a partner that is up.',
  'configuration-closed': 'What may be changed, and with which tool, follows the tables.',
  'name-in-use': 'On one pool no two objects of a kind bear the same name, whatever its case.',
  'id-in-use': 'On one pool no two objects of a kind have the same id.',
  'primary-uri-in-use': 'The primary URI of a workflow is its own.',
  'reference-missing': 'An object refers only to objects on its own pool.',
  'properties-disagree': 'The properties of an object must agree with each other.',
  'source-not-readable': 'A pool is exported while it, or at least its back-end database, is up.',
  'file-name-in-use': 'An export never overwrites a file.',
  'export-is-of-this-pool':
    'A file is added to the pool that it was exported from, whole or with the owner that it was restricted to.',
  'newer-records-stay':
    'A file that is older than what is on record sets nothing of that back, unless its time was given or it is to count as of now.',
  'version-replicates': 'The backup service replicates response groups only in versions that have it.',
  'replication-is-on':
    'What the backup service has replicated is reported while it is recorded as switched on.',
  'replication-needs-the-update': 'Replication is in a good state only where both pools have the update.',
  'replication-needs-both-pools': 'Nothing is replicated while one of the pools is down.',
  'destination-must-be-up': 'Response groups are imported only into a pool that is up.',
  'name-clash': 'An import with a clash of names or owners is refused as a whole.',
  'edits-would-be-overwritten':
    'An import overwrites what was changed at its destination, and its file does not have, only on request.',
  'stand-in-edits-go-along':
    'What was changed on the pool that stands in is imported into the replacement; a file that lacks it only on request.',
  'rebuilt-destination-needs-overwrite-owner':
    'A pool that owns the exported objects but hosts none was rebuilt: an import must overwrite their owner.',
  'home-pool-is-constant': 'No disaster changes the home pool of an agent: only a move does.',
  'move-needs-force': 'From a pool that cannot take part an agent is moved only with -Force.',
  'move-target-must-be-up': 'Agents are moved only to a pool that is up.',
  'home-pool-serves': 'Nobody is homed in a pool that was retired, or given up, from then on.',
  'informal-groups-have-no-sign-in': 'Agents of an informal group are signed in with their client.',
  'not-a-member': 'Agents sign in to the groups that list them.',
  'console-closed': 'Where agents can sign in follows the tables.',
  'call-id-in-use': 'A call id names one call.',
  'call-is-over': 'A call that has ended is not connected again.',
  'call-is-outbound':
    'A call that an agent placed on behalf of a response group is not connected to an agent.',
  'agent-unreachable': 'Agents homed in a failed pool cannot be reached.',
  'on-behalf-disabled': 'In some stages calling on behalf of a response group is switched off.',
  'on-behalf-fails': 'A call on behalf of a response group fails where nothing can carry it.',
  'only-facts-are-corrected': 'Only what was recorded of pools, agents and calls is corrected.',
  'corrections-stay': 'A correction is not corrected itself: what it took away is recorded again.',
  'registration-stays': 'A registration is taken back with its own command, and not as a mistaken event.',
  'already-retracted': 'An event is retracted once, and then it has no time to correct.',
  'later-facts-need-it': 'An event is retracted only while no later fact needs it.',
  'recorded-once-it-happened': 'Nothing is recorded before it happens.',
  'later-facts-need-its-time': 'A time is corrected only so far as all that is on record can have happened.',
} as const;
export type RuleName = keyof typeof rules;

/** The rule permits the command, with its reasons and warnings. */
export interface Allowance {
  readonly outcome: 'allowed';
  readonly because: readonly string[];
  readonly warnings: readonly Warning[];
}

export type Refusal = Refused | Invalid | Unknown;
export type Ruling = Allowance | Refusal;

export const allowed = (more: Partial<Omit<Allowance, 'outcome'>> = {}): Allowance => ({
  outcome: 'allowed',
  because: [],
  warnings: [],
  ...more,
});

export const refusedBy = (
  rule: RuleName,
  detail: string,
  more: { readonly because?: readonly string[]; readonly allowed?: readonly string[] } = {},
): Refused => refused(rule, detail, more);

/** Evaluates rules in order: the first refusal, or else all their reasons and warnings. */
export const evaluate = (...rules: readonly (() => Ruling)[]): Ruling => evaluateAll(rules);

/** The same for any number of rules, such as one per object of a file. */
export function evaluateAll(rules: Iterable<() => Ruling>): Ruling {
  const because = new Set<string>();
  const warnings: Warning[] = [];
  for (const rule of rules) {
    const ruling = rule();
    if (ruling.outcome !== 'allowed') return ruling;
    for (const reason of ruling.because) because.add(reason);
    for (const warning of ruling.warnings) warnings.push(warning);
  }
  return allowed({ because: [...because], warnings });
}

/** The reasons of a refusal: statements, or the inference where the document is silent. */
export const reasonsOf = ({ because, inference }: Grounds): readonly string[] =>
  because.length > 0 || inference === null ? because : [inference];

export const warn = (code: string, detail: string): readonly Warning[] => [{ code, detail }];
