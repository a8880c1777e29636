/** The answer in one sentence, and what can be done in the meantime, in one sentence each. */
import { tools } from '../../events/vocabulary.js';
import { governingCell, isOfPartner, ownerOf, partnerOf, requirePool } from '../../facts/copies.js';
import type { Copy, PairFacts } from '../../facts/pair.js';
import { stoppedOn } from '../../facts/services.js';
import { getCmdlet, startServiceCmdlets } from '../../policy/cmdlets.js';
import { onFrontEnds, windowsServiceOf, wordsOf } from '../../policy/services.js';
import { isDown } from '../../policy/stages.js';
import { originOf } from '../origin.js';
import type { Copies } from './find.js';
import { isFormal, judged, type JudgedCopy, type Look } from './judge.js';
import { labelOf, toolNames, type LookingGlass } from './words.js';

export function sentenceOf(
  pair: PairFacts,
  copies: readonly [JudgedCopy, ...JudgedCopy[]],
  look: Look,
): string {
  const [best] = copies;
  const { copy, visible } = best;
  const label = `the ${labelOf(copy)}`;
  const who = subjectOf(look);
  if (best.isStranger) return `${who} does not show ${label}, as the group does not list this agent.`;
  if (visible === false) {
    const reasons = copies.map((one) => reasonOf(pair, one, look)).join(' and ');
    return `${who} does not show ${label}, as ${reasons}.`;
  }
  const reason = reasonOf(pair, best, look);
  if (visible === 'depends') {
    return `Whether ${inSentence(who)} shows ${label} on ${copy.parent} depends on the back-end database, of which nothing is known while ${reason}, and it cannot change it.`;
  }
  return `${who} shows ${label} on ${copy.parent}${useOf(best, look)}, as ${reason}.`;
}

function useOf({ modifiable, signIn, copy }: JudgedCopy, { tool, agent }: Look): string {
  if (tool !== 'agentConsole') return modifiable ? ' and can change it' : ' but cannot change it';
  if (!isFormal(copy)) return ', and its agents need not sign in to it';
  const agents = agent === null ? 'agents' : 'the agent';
  return signIn === true ? `, and ${agents} can sign in to it` : ', but nobody can sign in to it';
}

const subjectOf = ({ tool, agent }: Look): string =>
  agent === null ? `The ${toolNames[tool]}` : `The ${toolNames[tool]} of ${agent.agent}`;

const inSentence = (sentence: string): string => sentence.slice(0, 1).toLowerCase() + sentence.slice(1);

/** Why a copy is seen or not: what the statements that decide it speak of. */
function reasonOf(pair: PairFacts, { copy, visible }: JudgedCopy, { tool }: Look): string {
  const { owner, parent } = copy;
  const ownerPool = ownerOf(pair, copy);
  const host = requirePool(pair, parent);
  if (owner !== parent) {
    const imported = `the copy on ${parent} is ${originOf(pair, copy).replica === true ? 'a replica' : 'imported'}`;
    if (isDown(host.stage)) return `${imported} and ${parent} is itself in stage ${host.stage}`;
    if (!isOfPartner(pair, copy))
      return `${imported} and its owner ${owner} is in no pair with ${parent}, so that only the ${toolNames.managementShell} shows it`;
    return tool === 'agentConsole' || visible !== false
      ? `${imported} and ${owner} is in stage ${ownerPool.stage}`
      : `${imported}, which only the ${toolNames.managementShell} shows`;
  }
  if (governingCell(pair, copy).ownership === 'backup') {
    const partner = partnerOf(pair, owner);
    return `${owner}, which owns it, stands in while ${partner.fqdn} is in stage ${partner.stage}`;
  }
  const stage = `${owner}, which owns it, is in stage ${ownerPool.stage}`;
  return visible === false && tool !== 'agentConsole' ? `${stage} with its back-end database down` : stage;
}

/** What another tool can do now; for a person, what to type. */
export function insteadOf(pair: PairFacts, copies: Copies, best: JudgedCopy): readonly string[] {
  return [...withOtherTools(pair, copies, best), ...copies.flatMap((copy) => ofService(pair, copy))];
}

/** What is seen may be out of service all the same, and what is up may not answer. */
function ofService(pair: PairFacts, { parent }: Copy): readonly string[] {
  const host = requirePool(pair, parent);
  if (isDown(host.stage)) return [];
  const ofFrontEnds = (['front-end', 'response-group'] as const).flatMap((service) => {
    const stopped = stoppedOn(host, service);
    return stopped === null || (service === 'front-end' && stopped === 'some')
      ? []
      : [
          `The ${wordsOf(service)} of ${parent} is on record as stopped ${onFrontEnds(stopped)}, whatever is shown: ${startServiceCmdlets(windowsServiceOf(service) ?? '').at(-1) ?? ''}`,
        ];
  });
  return host.backEndDatabase === 'unavailable'
    ? [
        ...ofFrontEnds,
        `The ${wordsOf('back-end-database')} of ${parent} is on record as unavailable: if the tools show nothing, that is why; if they do, record that it is available (report-back-end-database).`,
      ]
    : ofFrontEnds;
}

function withOtherTools(pair: PairFacts, copies: Copies, best: JudgedCopy): readonly string[] {
  return tools.flatMap((tool) => {
    const [other] = judged(pair, copies, { tool, agent: null });
    if (other === undefined || !isMore(other, best)) return [];
    return [
      `The ${toolNames[tool]} shows it on ${other.copy.parent}${other.modifiable ? ' and can change it' : ''}${cmdletFor(tool, other.copy)}`,
    ];
  });
}

/** Whether another tool can do something that this one cannot. */
const isMore = (other: JudgedCopy, { visible, modifiable }: JudgedCopy): boolean =>
  other.visible === true && (visible !== true || (other.modifiable && !modifiable));

/** Nothing stands behind a cmdlet: it is there to be copied. */
const cmdletFor = (tool: LookingGlass, copy: Copy): string =>
  tool === 'managementShell' ? `: ${getCmdlet(copy)}` : '.';
