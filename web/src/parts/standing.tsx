/** How a pool stands where it does so otherwise than as one of two that back each other up, and what of it is stopped. */
import type { AnswerOf } from '../../../src/contract/answers.js';
import { standingTexts as words, stoppedText } from '../texts/standing.js';
import { Link } from './link.js';
import { pathOfPool } from './path-of-pool.js';
import { Stage } from './stage.js';
import { Time } from './time.js';

type Pool = Extract<AnswerOf<'pool'>, { stage: string }>;
type Standing = Pick<Pool, 'unpaired' | 'givenUp' | 'retired' | 'ended' | 'services' | 'partner'>;

/** The stage of a pool that serves; of one that was retired, that it was. */
export function StageOrEnd({ pool: { stage, retired } }: { readonly pool: Pick<Pool, 'stage' | 'retired'> }) {
  if (retired === undefined) return <Stage stage={stage} />;
  return (
    <span class="stage">
      <span aria-hidden="true">■</span> {words.retired}
    </span>
  );
}

/** Nothing where there is nothing to say. */
export function Standing({ pool }: { readonly pool: Standing }) {
  const { unpaired, givenUp, retired, ended, partner } = pool;
  const stopped = (pool.services ?? []).filter(({ state }) => state === 'stopped');
  return (
    <>
      {ended === undefined ? null : (
        <p class="standing">
          {words.replacedBy} <Link to={pathOfPool(ended.replacedBy)}>{ended.replacedBy}</Link>{' '}
          {words.replacedAt} <Time at={ended.at} />. {words.lastOfIt}
        </p>
      )}
      {retired === undefined ? null : (
        <p class="standing">
          {words.servesNoMore} <Reason of={retired.reason} />
        </p>
      )}
      {givenUp === undefined ? null : (
        <p class="standing">
          {words.givenUp} <Time at={givenUp.at} />. <Reason of={givenUp.reason} />
        </p>
      )}
      {unpaired === undefined ? null : (
        <p class="standing">
          {words.noPairSince} <Time at={unpaired.at} />
          {retired === undefined ? `: ${words.nobodyStandsIn} ` : '. '}
          {words.pairedBefore} <Link to={pathOfPool(partner)}>{partner}</Link>.{' '}
          <Reason of={unpaired.reason} />
        </p>
      )}
      {stopped.map((entry) => (
        <p key={entry.service} class="standing standing-stopped">
          <span aria-hidden="true">✕</span> {stoppedText(entry)} {words.serviceSince}{' '}
          <Time at={entry.since} />. <Reason of={entry.reason} />
        </p>
      ))}
    </>
  );
}

function Reason({ of }: { readonly of: string | null }) {
  if (of === null) return null;
  return (
    <span class="quiet">
      {words.reason} <bdi>{of}</bdi>
    </span>
  );
}
