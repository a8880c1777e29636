/** What steps need of services that are on record as stopped: the steps say so before they are taken. */
import {
  editNeeds,
  exportNeeds,
  failbackNeeds,
  importNeeds,
  troubleWith,
  whatFailbackLoses,
  type ServiceNeeds,
} from '../../facts/service-needs.js';
import type { StepId } from '../../policy/runbook/steps.js';
import type { ReadinessContext } from '../readiness/readiness-context.js';

type NeedsOf = (context: ReadinessContext) => ServiceNeeds;

const publishing: ServiceNeeds = { does: 'the topology', centralManagement: true };

const ofPool: NeedsOf = ({ pool }) => exportNeeds(pool.fqdn);
const ofPartner: NeedsOf = ({ partner }) => exportNeeds(partner.fqdn);
const intoPartner: NeedsOf = ({ partner }) => importNeeds(partner.fqdn, true);
const topology: NeedsOf = () => publishing;
const failback: NeedsOf = () => failbackNeeds;

const needs: Partial<Readonly<Record<StepId, NeedsOf>>> = {
  'export-pool': ofPool,
  'rescue-export': ofPool,
  'remove-strange-copies': ofPool,
  'export-partner': ofPartner,
  'export-homeward': ofPartner,
  'remove-copies': ofPartner,
  'pre-stage': intoPartner,
  'import-to-backup': intoPartner,
  'import-homeward': ({ pool }) => importNeeds(pool.fqdn, true),
  'restore-settings': ({ partner }) => editNeeds(partner.fqdn, true),
  'publish-replacement': topology,
  'remove-lost-pool': topology,
  'pair-again': topology,
  'fail-back': failback,
  'complete-failback': failback,
};

/** One sentence for each; empty where nothing on record stands against the step. */
export function serviceNotes(id: StepId, context: ReadinessContext): readonly string[] {
  const needed = needs[id]?.(context);
  return [
    ...(needed === undefined ? [] : troubleWith(context.pair, needed).map(({ detail }) => detail)),
    ...(id === 'fail-back' ? ofHandingOver(context) : []),
  ];
}

function ofHandingOver({ partner }: ReadinessContext): readonly string[] {
  const loss = whatFailbackLoses(partner);
  return loss === null ? [] : [loss];
}
