/** The frame of every screen: where one is, at which moment, and whether what is shown is live. */
import { useEffect } from 'preact/hooks';
import { connection, hangUp, lostAt } from './api/feed.js';
import { unproved } from './api/request.js';
import { Link } from './parts/link.js';
import { later } from './parts/later.js';
import { Moment } from './parts/moment.js';
import { utcText } from './parts/time.js';
import { Who } from './parts/who.js';
import { Board } from './screens/board.js';
import { CallScreen } from './screens/call.js';
import { Fleet } from './screens/fleet.js';
import { Pool } from './screens/pool.js';
import { Search } from './screens/search.js';
import { useSession } from './state/session.js';
import { useScreen } from './state/keyboard.js';
import { titleOf } from './state/title.js';
import { useFeed } from './state/use-feed.js';
import { isPast, path } from './state/address.js';
import { texts } from './texts.js';
import { incidentTexts } from './texts/incident.js';
import { whyTexts } from './texts/why.js';

const EventScreen = later(() => import('./screens/event.js').then((screen) => screen.EventScreen));
const Incidents = later(() => import('./screens/incidents.js').then((screen) => screen.Incidents));
const IncidentScreen = later(() => import('./screens/incident.js').then((screen) => screen.IncidentScreen));
const SignIn = later(() => import('./screens/sign-in.js').then((screen) => screen.SignIn));
const ReportScreen = later(() => import('./screens/report.js').then((screen) => screen.ReportScreen));
const Statements = later(() => import('./screens/statements.js').then((screen) => screen.Statements));
const Service = later(() => import('./screens/service.js').then((screen) => screen.Service));

export function App() {
  useSession();
  useScreen(titleOf(partsOfPath()));
  const problem = unproved.value;
  useEffect(() => {
    if (problem !== null) hangUp();
  }, [problem]);
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
          <Link to="/search">{whyTexts.nav}</Link>
          <Link to="/readiness">{texts.readiness}</Link>
          <Link to="/incidents">{incidentTexts.title}</Link>
          <Link to="/service">{texts.service}</Link>
          <a href="/docs">{texts.documentation}</a>
        </nav>
        {problem === null ? <Who /> : null}
      </header>
      {problem === null ? (
        <div class={isPast.value ? 'time-bar time-bar-past' : 'time-bar'}>
          <Moment />
          <Connection />
        </div>
      ) : null}
      <main id="content" tabIndex={-1}>
        {problem === null ? <Screen /> : <SignIn problem={problem} />}
      </main>
    </>
  );
}

function Screen() {
  const [room = '', name = '', part = ''] = partsOfPath();
  if (room === '') return <FleetScreen />;
  if (room === 'readiness') return <BoardScreen />;
  if (room === 'incidents' && part === 'report') return <ReportScreen key={name} id={name} />;
  if (room === 'incidents') return name === '' ? <Incidents /> : <IncidentScreen key={name} id={name} />;
  if (room === 'search') return <Search />;
  if (room === 'events' && name !== '') return <EventScreen key={name} id={name} />;
  if (room === 'service') return <Service />;
  if (room === 'statements') return <Statements />;
  if (room === 'calls' && name !== '') return <CallScreen key={name} id={name} />;
  if (room === 'pools' && name !== '') return <Pool key={name} fqdn={name} part={part} />;
  return (
    <>
      <h1>{texts.title}</h1>
      <p class="note">{texts.notFound}</p>
    </>
  );
}

const partsOfPath = (): readonly string[] => path.value.split('/').slice(1).map(decoded);

/** What nobody can decode is shown as it is: there is no such screen. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function FleetScreen() {
  useFeed(isPast.value ? null : 'all');
  return <Fleet />;
}

function BoardScreen() {
  useFeed(isPast.value ? null : 'all');
  return <Board />;
}

function Connection() {
  const state = connection.value;
  const { value: lost } = lostAt;
  const text = isPast.value
    ? texts.past
    : state === 'live'
      ? texts.live
      : state === 'waiting'
        ? texts.waiting + (lost === null ? '' : texts.lostAt(utcText(new Date(lost).toISOString())))
        : '';
  return (
    <p class={`connection connection-${state}`} role="status">
      {text}
    </p>
  );
}
