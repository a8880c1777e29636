/** The service itself: whether it is well, how far it is, and who is asking. It shows now, whatever the moment. */
import { HealthPart } from '../parts/service/health.js';
import { DeadLettersPart, ProjectionsPart } from '../parts/service/projections.js';
import { SealsPart } from '../parts/service/seals.js';
import { SessionPart } from '../parts/service/session.js';
import { VerificationPart } from '../parts/service/verification.js';
import { useFeed } from '../state/use-feed.js';
import { serviceTexts } from '../texts/service.js';

export function Service() {
  useFeed(null);
  return (
    <>
      <h1>{serviceTexts.title}</h1>
      <SessionPart />
      <HealthPart />
      <ProjectionsPart />
      <DeadLettersPart />
      <VerificationPart />
      <SealsPart />
    </>
  );
}
