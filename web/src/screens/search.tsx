/** One search for the help desk: what somebody cannot see, with which tool; the answer is in the first hits. */
import type { AnswerOf } from '../../../src/contract/answers.js';
import { AgentAnswer } from '../parts/agent-answer.js';
import { pathOfReason } from '../parts/because.js';
import { Link } from '../parts/link.js';
import { WhenShown } from '../parts/states.js';
import { WhyForm } from '../parts/why-form.js';
import { isPast, query } from '../state/address.js';
import { useFeed } from '../state/use-feed.js';
import { useView } from '../state/view.js';
import { kindNames } from '../texts.js';
import { hitNames, whyTexts } from '../texts/why.js';
import { OneCall } from './call.js';
import { pathOfPool } from '../parts/path-of-pool.js';
import { Answered, defaultTool, pathOfWhy, type Question } from './why.js';

type Hit = AnswerOf<'search'>['hits'][number];

/** Objects that are answered at once; others are a link away. */
const answeredAtOnce = 2;

export function Search() {
  useFeed(null);
  const q = query.value.get('q') ?? '';
  const found = useView('search', q === '' ? null : `/v1/search?q=${encodeURIComponent(q)}&limit=50`, {
    isTimeless: true,
  });
  return (
    <>
      <h1>{whyTexts.title}</h1>
      <WhyForm name="q" />
      {q === '' ? (
        <p class="note">{whyTexts.start}</p>
      ) : (
        <>
          {isPast.value ? <p class="note">{whyTexts.foundNow}</p> : null}
          <WhenShown of={found.value}>
            {({ hits, more }) => <Found q={q} hits={hits} isMore={more} />}
          </WhenShown>
        </>
      )}
    </>
  );
}

function Found({
  q,
  hits,
  isMore,
}: {
  readonly q: string;
  readonly hits: readonly Hit[];
  readonly isMore: boolean;
}) {
  if (hits.length === 0)
    return (
      <div class="note" role="status">
        <p>
          <bdi>{whyTexts.nothing(q)}</bdi>
        </p>
        <p>{whyTexts.nothingNext}</p>
      </div>
    );
  const [first] = hits;
  const objects = answerable(hits.filter(({ kind }) => kind === 'object'));
  const answered = objects.slice(0, answeredAtOnce);
  const call = first?.kind === 'call' ? first : null;
  const agent = first?.kind === 'agent' ? first : null;
  const others = hits.filter((hit) => hit !== call && hit !== agent && !answered.includes(hit));
  const isAnswered = others.length < hits.length;
  return (
    <>
      <p role="status" class="quiet">
        {whyTexts.hits(hits.length)}
      </p>
      {call === null ? null : <OneCall id={call.id} />}
      {agent === null ? null : <AgentAnswer agent={agent.id} />}
      {answered.map((hit) => (
        <section key={keyOf(hit)} aria-label={hit.name}>
          <Answered question={questionOf(hit)} />
        </section>
      ))}
      {others.length === 0 ? null : (
        <>
          <h2>{isAnswered ? whyTexts.others : whyTexts.found}</h2>
          <ul class="hits">
            {others.map((hit) => (
              <li key={keyOf(hit)}>
                <OtherHit hit={hit} />
              </li>
            ))}
          </ul>
        </>
      )}
      {isMore ? <p class="note">{whyTexts.more}</p> : null}
    </>
  );
}

const toolAsked = (): string => query.value.get('tool') ?? defaultTool;

/** The agent console shows agent groups only: where one is among what was found, nothing else is asked about. */
function answerable(objects: readonly Hit[]): readonly Hit[] {
  const groups = objects.filter(({ objectKind }) => objectKind === 'agent-group');
  return toolAsked() === 'agentConsole' && groups.length > 0 ? groups : objects;
}

const keyOf = ({ kind, objectKind, id, pool }: Hit): string =>
  `${kind} ${objectKind ?? ''} ${id} ${pool ?? ''}`;

const questionOf = ({ id, pool, objectKind }: Hit): Question => ({
  fqdn: pool ?? '',
  object: id,
  kind: objectKind ?? null,
  tool: toolAsked(),
  agent: query.value.get('agent'),
});

function OtherHit({ hit }: { readonly hit: Hit }) {
  const { kind, objectKind, id, name, pool } = hit;
  const to = pathOf(hit);
  return (
    <>
      <span class="quiet">{objectKind === undefined ? hitNames[kind] : kindNames[objectKind]}</span>{' '}
      {to === null ? (
        <>
          <bdi>{name}</bdi> <code>{id}</code>
        </>
      ) : (
        <Link to={to}>
          <bdi>{name}</bdi>
        </Link>
      )}
      {pool === null || kind === 'pool' ? null : <span class="quiet"> {pool}</span>}
    </>
  );
}

/** Null where a hit is its own answer. */
function pathOf(hit: Hit): string | null {
  const pool = hit.pool === null ? null : pathOfPool(hit.pool);
  switch (hit.kind) {
    case 'object':
      return pathOfWhy(questionOf(hit));
    case 'pool':
      return pool;
    case 'agent':
      return pool === null ? null : `${pool}/agents?q=${encodeURIComponent(hit.id)}`;
    case 'call':
      return `/calls/${encodeURIComponent(hit.id)}`;
    case 'event':
      return `/events/${encodeURIComponent(hit.id)}`;
    case 'statement':
      return pathOfReason(hit.id);
  }
}
