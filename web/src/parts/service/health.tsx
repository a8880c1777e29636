/** How the service is: what is wrong first, then its parts. */
import type { AnswerOf } from '../../../../src/contract/answers.js';
import { serviceTexts } from '../../texts/service.js';
import { WhenShown } from '../states.js';
import { useView } from '../../state/view.js';
import { Time } from '../time.js';

type Health = AnswerOf<'health'>;
type Indicator = Health['details'][string];

const marks = { ok: '✓', degraded: '!', error: '✕', shutting_down: '…' } as const;
const classes = {
  ok: 'word-yes',
  degraded: 'word-depends',
  error: 'word-no',
  shutting_down: 'word-depends',
} as const;

export function HealthPart() {
  const health = useView('health', '/health', { isTimeless: true });
  return (
    <section>
      <h2>{serviceTexts.health}</h2>
      <WhenShown of={health.value}>
        {(view) => (
          <>
            <p role="status">
              <strong class={classes[view.status]}>
                <span aria-hidden="true">{marks[view.status]}</span> {serviceTexts.statuses[view.status]}
              </strong>
            </p>
            {(view.conditions ?? []).map(({ name, level, sentence }) => (
              <p key={name} class={`note note-${level}`}>
                <strong>{level}:</strong> {sentence}
              </p>
            ))}
            <Parts details={view.details} />
          </>
        )}
      </WhenShown>
    </section>
  );
}

function Parts({ details }: { readonly details: Health['details'] }) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={serviceTexts.health}>
      <table>
        <caption class="unseen">{serviceTexts.health}</caption>
        <thead>
          <tr>
            <th scope="col">{serviceTexts.part}</th>
            <th scope="col">{serviceTexts.state}</th>
            <th scope="col">{serviceTexts.says}</th>
          </tr>
        </thead>
        <tbody>
          {Object.entries(details).map(([name, indicator]) => (
            <tr key={name}>
              <th scope="row">{(serviceTexts.parts as Readonly<Record<string, string>>)[name] ?? name}</th>
              <td class={indicator.status === 'up' ? 'word-yes' : 'word-no'}>
                {serviceTexts[indicator.status]}
              </td>
              <td>
                <Said indicator={indicator} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Said({ indicator }: { readonly indicator: Indicator }) {
  const { position, lag, deadLetters, freeBytes, sizeBytes, sealed, last } = indicator;
  const words = [
    position === undefined ? null : serviceTexts.position(position),
    lag === undefined || lag === '0' ? null : serviceTexts.lag(lag),
    deadLetters === undefined ? null : serviceTexts.deadLetterCount(deadLetters),
    freeBytes === undefined || sizeBytes === undefined
      ? null
      : serviceTexts.free(sizeText(freeBytes), sizeText(sizeBytes)),
    sealed === undefined ? null : serviceTexts.sealed(sealed.toLocaleString()),
    last === null ? serviceTexts.notVerified : null,
    ...([
      indicator.reason,
      indicator.problem,
      indicator.onHold,
      indicator.fault,
      indicator.snapshotsFault,
    ] as const),
  ].filter((word) => word !== null && word !== undefined);
  return (
    <>
      {words.join(', ')}
      {typeof last === 'string' ? (
        <>
          {serviceTexts.lastVerified} <Time at={last} />
        </>
      ) : null}
    </>
  );
}

const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

/** In decimal units, as disks are sold. */
function sizeText(bytes: number): string {
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  return `${(bytes / 1000 ** power).toFixed(power === 0 ? 0 : 1)} ${units[power] ?? ''}`;
}
