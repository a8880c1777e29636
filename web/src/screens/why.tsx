/** Why a tool of a pool shows an object or not. Its URL can be pasted into a ticket. */
import { Link } from '../parts/link.js';
import { ProblemNote, WhenShown } from '../parts/states.js';
import { Tabs } from '../parts/tabs.js';
import { WhyAnswer } from '../parts/why-answer.js';
import { query } from '../state/address.js';
import { useView } from '../state/view.js';
import { kindNames, texts } from '../texts.js';
import { glassNames, whyTexts } from '../texts/why.js';
import { pathOfPool } from '../parts/path-of-pool.js';
import { WhyForm } from '../parts/why-form.js';

export interface Question {
  readonly fqdn: string;
  readonly object: string;
  readonly kind: string | null;
  readonly tool: string;
  readonly agent: string | null;
}

export const defaultTool = 'controlPanel';

/** The parameters of a question, as the page and the service have them. */
export function questionText({ object, kind, tool, agent }: Question): string {
  const asked = new URLSearchParams({ object, tool });
  if (kind !== null) asked.set('kind', kind);
  if (agent !== null && tool === 'agentConsole') asked.set('agent', agent);
  return asked.toString();
}

export const pathOfWhy = (question: Question): string =>
  `${pathOfPool(question.fqdn)}/why?${questionText(question)}`;

/** The part of a pool's screen. */
export function WhyOfPool({ fqdn }: { readonly fqdn: string }) {
  const asked = query.value;
  const object = asked.get('object') ?? '';
  const question: Question = {
    fqdn,
    object,
    kind: asked.get('kind'),
    tool: asked.get('tool') ?? defaultTool,
    agent: asked.get('agent'),
  };
  return (
    <>
      <h2>{whyTexts.title}</h2>
      <WhyForm name="object" />
      {object === '' ? <p class="note">{whyTexts.start}</p> : <Answered question={question} withTools />}
    </>
  );
}

interface Props {
  readonly question: Question;
  /** Whether it leads to the same question with other tools. */
  readonly withTools?: boolean;
}

export function Answered({ question, withTools = false }: Props) {
  const answer = useView('why', `/v1${pathOfWhy(question)}`);
  const { problem } = answer.value;
  // A part of a pool's screen has a heading of its own above it.
  const Heading = withTools ? 'h3' : 'h2';
  if (problem !== null && problem.candidates.length > 0)
    return <Candidates question={question} candidates={problem.candidates} />;
  if (problem?.status === 404)
    return (
      <div class="note">
        <p>{problem.detail}</p>
        <p>{whyTexts.nothingNext}</p>
      </div>
    );
  if (problem?.status === 400) return <ProblemNote problem={problem} at={null} />;
  return (
    <WhenShown of={answer.value}>
      {(view) =>
        view.stage === null ? (
          <p class="note">{texts.nothingYet}</p>
        ) : (
          <>
            <Heading>
              <bdi>{view.object.name}</bdi>{' '}
              <span class="quiet">
                {kindNames[view.object.kind]}, {view.object.owner}
              </span>
            </Heading>
            {withTools ? <OtherTools question={question} /> : null}
            <WhyAnswer why={view} link={linkAt(question, view.position)} />
          </>
        )
      }
    </WhenShown>
  );
}

/** With the position, so that it shows the same later. */
const linkAt = (question: Question, position: string): string =>
  `${location.origin}${pathOfWhy(question)}&asOf=${position}`;

function OtherTools({ question }: { readonly question: Question }) {
  return (
    <Tabs
      label={whyTexts.tool}
      tabs={Object.entries(glassNames).map(([tool, name]) => ({
        to: pathOfWhy({ ...question, tool }),
        name,
        isCurrent: tool === question.tool,
      }))}
    />
  );
}

interface CandidatesProps {
  readonly question: Question;
  readonly candidates: readonly { readonly kind: string; readonly id: string; readonly name?: string }[];
}

function Candidates({ question, candidates }: CandidatesProps) {
  return (
    <div class="note">
      <p>{whyTexts.severalNamed}</p>
      <ul>
        {candidates.map(({ kind, id, name }) => (
          <li key={`${kind} ${id}`}>
            <Link to={pathOfWhy({ ...question, object: id, kind })}>
              <bdi>{name ?? id}</bdi>
            </Link>{' '}
            <span class="quiet">
              {(kindNames as Readonly<Record<string, string>>)[kind] ?? kind} <code>{id}</code>
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
