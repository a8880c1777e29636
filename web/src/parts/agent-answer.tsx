/** What the console of an agent shows: for whoever asks why an agent does not see a group. */
import type { AnswerOf } from '../../../src/contract/answers.js';
import { useView } from '../state/view.js';
import { agentTexts as words } from '../texts/agent.js';
import { Because } from './because.js';
import { Link } from './link.js';
import { pathOfPool } from './path-of-pool.js';
import { WhenShown } from './states.js';
import { Table } from './table.js';
import { Time } from './time.js';

type Console = AnswerOf<'agent-console'>;

export function AgentAnswer({ agent }: { readonly agent: string }) {
  const console = useView('agent-console', `/v1/agents/${encodeURIComponent(agent)}/console`);
  return (
    <section aria-label={agent}>
      <h2>
        <bdi>{agent}</bdi>
      </h2>
      <WhenShown of={console.value}>{(view) => <Shown view={view} />}</WhenShown>
    </section>
  );
}

function Shown({
  view: { homePool, homeReplacedBy, homeEnded, reachable, onList, canSignInAt, objects },
}: {
  readonly view: Console;
}) {
  return (
    <>
      <dl>
        <dt>{words.homePool}</dt>
        <dd>
          <Link to={pathOfPool(homePool)}>{homePool}</Link>
          {homeEnded !== undefined && ` ${words[homeEnded]}`}
          {homeReplacedBy !== undefined && (
            <>
              {` ${words.lostTo} `}
              <Link to={pathOfPool(homeReplacedBy)}>{homeReplacedBy}</Link>
            </>
          )}
        </dd>
        <dt>{words.reachable}</dt>
        <dd>
          {reachable === null ? (
            words.unknown
          ) : (
            <Because ids={reachable.because}>
              {reachable.reachability === 'reachable' ? words.yes : words.no}
            </Because>
          )}
        </dd>
        {onList !== undefined && <OnLists {...onList} />}
        <dt>{words.canSignInAt}</dt>
        <dd>{canSignInAt.length === 0 ? words.nowhere : canSignInAt.join(', ')}</dd>
      </dl>
      {objects.length === 0 ? (
        <p class="note">{words.inNoGroup}</p>
      ) : (
        <Table
          caption={words.caption}
          columns={[words.group, words.host, words.shown, words.signedIn]}
          rows={objects.map((object) => ({
            key: `${object.parent} ${object.id}`,
            cells: [
              <bdi key="name">{object.name}</bdi>,
              object.replica === true ? words.replicaOn(object.parent) : object.parent,
              <Because key="shown" ids={object.because} source={object.source}>
                {shownText(object)}
              </Because>,
              object.signInApplies ? (object.signedIn ? words.yes : words.no) : words.signsInByItself,
            ],
          }))}
        />
      )}
    </>
  );
}

/** What keeps the agent from taking calls, whatever holds of the pools; nothing where lists show nothing of that. */
function OnLists({ listed, enabled, enterpriseVoice, asOf }: NonNullable<Console['onList']>) {
  const found = [
    ...(enabled === false ? [{ text: words.disabled, at: asOf.enabled ?? asOf.listed }] : []),
    ...(enterpriseVoice === false ? [{ text: words.noVoice, at: asOf.enterpriseVoice ?? asOf.listed }] : []),
    ...(listed ? [] : [{ text: words.onNoList, at: asOf.listed }]),
  ];
  if (found.length === 0) return null;
  return (
    <>
      <dt>{words.onLists}</dt>
      {found.map(({ text, at }) => (
        <dd key={text}>
          {text}, {words.asOf} <Time at={at} />
        </dd>
      ))}
    </>
  );
}

function shownText({ displayed, signIn, signInApplies }: Console['objects'][number]): string {
  if (!displayed) return words.notShown;
  if (!signInApplies) return words.isShown;
  return signIn ? words.mayEnter : words.mayNotEnter;
}
