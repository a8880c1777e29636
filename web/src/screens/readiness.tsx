/** What would be lost or go wrong: of one pool with what to do, and of all pools, worst first. */
import type { AnswerOf } from '../../../src/contract/answers.js';
import { Because } from '../parts/because.js';
import { PowerShell } from '../parts/powershell.js';
import { WhenShown } from '../parts/states.js';
import { Age } from '../parts/time.js';
import { useView } from '../state/view.js';
import { preparationTexts as words } from '../texts/preparation.js';
import { texts } from '../texts.js';

type Readiness = Extract<AnswerOf<'readiness'>, { stage: string }>;
type Finding = Readiness['findings'][number];

export function ReadinessOfPool({ path }: { readonly path: string }) {
  const readiness = useView('readiness', `/v1${path}/readiness`);
  return (
    <>
      <h2>{words.readiness}</h2>
      <WhenShown of={readiness.value}>
        {(view) => (view.stage === null ? <p class="note">{texts.nothingYet}</p> : <Findings view={view} />)}
      </WhenShown>
    </>
  );
}

function Findings({ view }: { readonly view: Readiness }) {
  const { question, verdict, atStake, lastExport, findings } = view;
  return (
    <>
      <p>
        {words.questions[question]}: <strong class={`verdict-${verdict}`}>{words.verdicts[verdict]}</strong>.{' '}
        {words.atStake(atStake.total)}.
      </p>
      <p class="quiet">
        {texts.lastExport}:{' '}
        {lastExport === null ? (
          texts.neverExported
        ) : (
          <Age at={lastExport.writtenAt ?? lastExport.occurredAt} minutes={lastExport.ageMinutes} />
        )}
      </p>
      {findings.length === 0 ? <p class="note">{words.nothingFound}</p> : null}
      <ul class="findings">
        {findings.map((finding) => (
          <li key={`${finding.id} ${finding.detail}`} class={`finding finding-${finding.severity}`}>
            <FindingOf finding={finding} />
          </li>
        ))}
      </ul>
    </>
  );
}

function FindingOf({ finding }: { readonly finding: Finding }) {
  const { severity, detail, why, objects, action, because } = finding;
  return (
    <>
      <h3>
        <span class={`severity-${severity}`}>{words.severities[severity]}</span>: {detail}
      </h3>
      <Because ids={because}>{why}</Because>
      <p>
        <strong>{words.whatToDo}:</strong> {action.text}
      </p>
      {action.powershell.length === 0 ? null : (
        <details>
          <summary>{words.powershell}</summary>
          <PowerShell lines={action.powershell} label={`${words.powershell}: ${detail}`} />
        </details>
      )}
      {objects.length === 0 ? null : (
        <details>
          <summary>{words.affected(objects.length)}</summary>
          <ul class="plain">
            {objects.map(({ kind, name, parent, id }) => (
              <li key={`${parent} ${kind} ${id}`}>
                {kind} <bdi>{name}</bdi> <span class="quiet">({parent})</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
