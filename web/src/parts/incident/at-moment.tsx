/** How both pools stand at the moment of the slider, and the screens that follow it. */
import { pathOfPool } from '../path-of-pool.js';
import { useView } from '../../state/view.js';
import { callStatusNames, texts } from '../../texts.js';
import { incidentTexts } from '../../texts/incident.js';
import { Link } from '../link.js';
import { Stage } from '../stage.js';
import { WhenShown } from '../states.js';

export function AtMoment({ pools }: { readonly pools: readonly string[] }) {
  return (
    <section>
      <h3>{incidentTexts.atMoment}</h3>
      <ul class="cards">
        {pools.map((fqdn) => (
          <PoolThen key={fqdn} fqdn={fqdn} />
        ))}
      </ul>
    </section>
  );
}

function PoolThen({ fqdn }: { readonly fqdn: string }) {
  const path = pathOfPool(fqdn);
  const status = useView('call-status', `/v1${path}/call-status`);
  return (
    <li class={`card card-${status.value.value?.stage ?? 'unknown'}`}>
      <h4>
        <Link to={path}>{fqdn}</Link>
      </h4>
      <WhenShown of={status.value}>
        {(view) =>
          view.stage === null ? (
            <p>{texts.nothingYet}</p>
          ) : (
            <p>
              <Stage stage={view.stage} />: {view.totals.inProgress + view.totals.connected}{' '}
              {incidentTexts.openCalls}, {view.totals.disconnected.toLocaleString()}{' '}
              {callStatusNames.disconnected}
            </p>
          )
        }
      </WhenShown>
      <p>
        {incidentTexts.follows} <Link to={`${path}/objects`}>{texts.objects}</Link>,{' '}
        <Link to={`${path}/agents`}>{texts.agents}</Link>, <Link to={`${path}/calls`}>{texts.callsTab}</Link>
      </p>
    </li>
  );
}
