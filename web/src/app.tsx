/** The frame of every screen: where one is, at which moment, and whether what is shown is live. */
import { useEffect } from 'preact/hooks';
import { connection, listen } from './api/feed.js';
import { Link } from './parts/link.js';
import { Moment } from './parts/moment.js';
import { CallScreen } from './screens/call.js';
import { Fleet } from './screens/fleet.js';
import { IncidentScreen } from './screens/incident.js';
import { Incidents } from './screens/incidents.js';
import { Pool } from './screens/pool.js';
import { Service } from './screens/service.js';
import { asOf, path } from './state/address.js';
import { texts } from './texts.js';
import { incidentTexts } from './texts/incident.js';

export function App() {
  return (
    <>
      <a class="skip" href="#content">
        {texts.skip}
      </a>
      <header>
        <Link to="/" class="home">
          {texts.title}
        </Link>
        <nav aria-label={texts.navigation}>
          <Link to="/">{texts.fleet}</Link>
          <Link to="/incidents">{incidentTexts.title}</Link>
          <Link to="/service">{texts.service}</Link>
          <a href="/docs">{texts.documentation}</a>
        </nav>
        <Moment />
        <Connection />
      </header>
      <main id="content" tabIndex={-1}>
        <Screen />
      </main>
    </>
  );
}

function Screen() {
  const [room = '', name = '', part = ''] = path.value.split('/').slice(1).map(decodeURIComponent);
  if (room === '') return <FleetScreen />;
  if (room === 'incidents') return name === '' ? <Incidents /> : <IncidentScreen key={name} id={name} />;
  if (room === 'service') return <Service />;
  if (room === 'calls' && name !== '') return <CallScreen key={name} id={name} />;
  if (room === 'pools' && name !== '') return <Pool key={name} fqdn={name} part={part} />;
  return (
    <>
      <h1>{texts.title}</h1>
      <p class="note">{texts.notFound}</p>
    </>
  );
}

function FleetScreen() {
  useEffect(() => {
    listen(null);
  }, []);
  return <Fleet />;
}

function Connection() {
  const state = connection.value;
  const text =
    asOf.value !== null
      ? texts.past
      : state === 'live'
        ? texts.live
        : state === 'waiting'
          ? texts.waiting
          : '';
  return (
    <p class={`connection connection-${state}`} role="status">
      {text}
    </p>
  );
}
