/** The readiness of all pools, the worst first. */
import { Link } from '../parts/link.js';
import { WhenShown } from '../parts/states.js';
import { useView } from '../state/view.js';
import { texts } from '../texts.js';
import { preparationTexts as words } from '../texts/preparation.js';

export function Board() {
  const readiness = useView('fleet-readiness', '/v1/readiness');
  return (
    <>
      <h1>{words.board}</h1>
      <p class="quiet">{words.boardHint}</p>
      <WhenShown of={readiness.value}>
        {({ pools }) =>
          pools.length === 0 ? (
            <p class="note">{texts.noPools}</p>
          ) : (
            <ol class="cards">
              {pools.map(({ fqdn, question, verdict, atStake, worst }) => (
                <li key={fqdn} class={`card card-${verdict}`}>
                  <h2>
                    <Link to={`/pools/${encodeURIComponent(fqdn)}/readiness`}>{fqdn}</Link>
                  </h2>
                  <p>
                    {words.questions[question]}:{' '}
                    <strong class={`verdict-${verdict}`}>{words.verdicts[verdict]}</strong>.{' '}
                    {words.atStake(atStake.total)}.
                  </p>
                  <ul>
                    {worst.map(({ id, severity, detail, action }) => (
                      <li key={id}>
                        <span class={`severity-${severity}`}>{words.severities[severity]}</span>: {detail}{' '}
                        <span class="quiet">{action}</span>
                      </li>
                    ))}
                  </ul>
                </li>
              ))}
            </ol>
          )
        }
      </WhenShown>
    </>
  );
}
