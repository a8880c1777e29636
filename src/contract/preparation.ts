/** What readiness and runbook have in common. */
import { emptyList, named, nothing, nullable, object, text } from './schema.js';
import { fqdn, moment, stage, staleness } from './words.js';

export const sides = {
  fqdn,
  partner: text,
  stage,
  partnerStage: stage,
  incident: nullable(text),
} as const;

export const nothingToPrepareYet = named(
  'NothingToPrepareYet',
  object(
    {
      ...moment,
      fqdn,
      stage: nothing,
      findings: emptyList,
      steps: emptyList,
      sources: emptyList,
    },
    staleness,
  ),
  'At the moment that was asked for, the pair of the pool was not registered yet.',
);
