/** The runbook as a checklist that follows the incident. */
import type { AnswerOf } from '../../../src/contract/answers.js';
import { PowerShell } from '../parts/powershell.js';
import { RecordStep } from '../parts/record-step.js';
import { Sentences } from '../parts/because.js';
import { WhenShown } from '../parts/states.js';
import { Time } from '../parts/time.js';
import { isPast } from '../state/address.js';
import { useView } from '../state/view.js';
import { preparationTexts as words } from '../texts/preparation.js';
import { texts } from '../texts.js';

type Runbook = Extract<AnswerOf<'runbook'>, { stage: string }>;
type Step = Runbook['steps'][number];

export function RunbookOfPool({ path }: { readonly path: string }) {
  const runbook = useView('runbook', `/v1${path}/runbook`);
  return (
    <>
      <h2>{words.runbook}</h2>
      <WhenShown of={runbook.value}>
        {(view) => (view.stage === null ? <p class="note">{texts.nothingYet}</p> : <Checklist view={view} />)}
      </WhenShown>
    </>
  );
}

function Checklist({ view: { next, steps, ended } }: { readonly view: Runbook }) {
  // What was then is not recorded now, and a pool whose place was taken takes no commands.
  const mayRecord = !isPast.value && ended === undefined;
  const phases = [...Map.groupBy(steps, ({ phase }) => phase)];
  const first = steps.find(({ id }) => id === next);
  return (
    <>
      <p role="status">
        <strong>{words.next}:</strong>{' '}
        {first === undefined ? words.nothingNext : <a href={`#${first.id}`}>{first.title}</a>}
      </p>
      {phases.map(([phase, some]) => (
        <section key={phase} aria-label={phase}>
          <h3 class="phase">{phase}</h3>
          <ol class="steps">
            {some.map((step) => (
              <li key={step.id} id={step.id} class={`step step-${step.state}`}>
                <StepOf step={step} isNext={step.id === next} mayRecord={mayRecord} />
              </li>
            ))}
          </ol>
        </section>
      ))}
    </>
  );
}

interface StepProps {
  readonly step: Step;
  readonly isNext: boolean;
  readonly mayRecord: boolean;
}

function StepOf({ step, isNext, mayRecord }: StepProps) {
  const { title, state, optional, precondition, note, why, instructions, done, because } = step;
  const last = done.at(-1);
  return (
    <details open={isNext}>
      <summary>
        <span aria-hidden="true">{words.marks[state]}</span> {title}{' '}
        <span class="quiet">
          ({words.states[state]}
          {optional ? `, ${words.optional}` : ''})
        </span>
        {state === 'done' && last !== undefined ? (
          <span class="quiet">
            {' '}
            {words.by} <bdi>{last.actor}</bdi>, <Time at={last.occurredAt} />
          </span>
        ) : null}
      </summary>
      {done.map(({ actor, occurredAt, position }) => (
        <p key={position}>
          {words.doneBy} <bdi>{actor}</bdi>, <Time at={occurredAt} />
        </p>
      ))}
      <p>{why}</p>
      {precondition === 'None.' ? null : (
        <p>
          <strong>{words.first}:</strong> {precondition}
        </p>
      )}
      {note === null ? null : (
        <p>
          <strong>{words.note}:</strong> {note}
        </p>
      )}
      {because.length === 0 ? null : <Sentences ids={because} />}
      {instructions.map((instruction, index) => (
        <div key={index} class="instruction">
          {instruction.text === null ? null : (
            <p>
              {instruction.do === 'verify' ? <strong>{words.verify}: </strong> : null}
              {instruction.text}
            </p>
          )}
          <PowerShell lines={instruction.powershell} label={`${words.powershell}: ${title}`} />
          {instruction.record === null ? null : (
            <>
              <p class="quiet">{words.recordLine}</p>
              <PowerShell
                lines={[(instruction.record.upload ?? instruction.record).powershell]}
                label={`${words.recordLine}: ${title}`}
              />
              {mayRecord && (state === 'now' || state === 'available')
                ? instruction.record.bodies.map((body, number) => (
                    <RecordStep key={number} command={instruction.record?.command ?? ''} body={body} />
                  ))
                : null}
            </>
          )}
        </div>
      ))}
    </details>
  );
}
