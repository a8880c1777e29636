/** The objects of a pool and its partner: who sees them, and who may change them. */
import type { AnswerOf } from '../../../src/contract/answers.js';
import { Because } from '../parts/because.js';
import { ChoiceField, SearchField } from '../parts/filters.js';
import { Link } from '../parts/link.js';
import { LongTable } from '../parts/long-table.js';
import { toolsText } from '../parts/tools-text.js';
import { WhenShown } from '../parts/states.js';
import { passesTool, toolFilters } from '../objects/tool-filter.js';
import { query } from '../state/address.js';
import { useView } from '../state/view.js';
import { defaultTool, pathOfWhy, type Question } from './why.js';
import { kindNames, ownershipNames, texts, whoseText } from '../texts.js';

type Seen = Extract<AnswerOf<'visibility'>, { stage: string }>['objects'][number];
type Changed = Extract<AnswerOf<'editability'>, { stage: string }>['objects'][number];

const keyOf = ({ parent, kind, id }: Pick<Seen, 'parent' | 'kind' | 'id'>): string =>
  `${parent} ${kind} ${id}`;

export function Objects({ path }: { readonly path: string }) {
  const visibility = useView('visibility', `/v1${path}/visibility`);
  const editability = useView('editability', `/v1${path}/editability`);
  return (
    <>
      <h2>{texts.objects}</h2>
      <form class="filters" role="search" onSubmit={(event) => event.preventDefault()}>
        <SearchField name="q" label={texts.search} />
        <ChoiceField name="kind" label={texts.kind} choices={kindNames} all={texts.all} />
        <ChoiceField name="whose" label={texts.ownership} choices={ownershipNames} all={texts.all} />
        <ChoiceField name="tool" label={texts.tool} choices={toolFilters} all={texts.all} />
      </form>
      <WhenShown of={visibility.value}>
        {(view) => <Found objects={view.objects} changes={editability.value.value?.objects ?? []} />}
      </WhenShown>
    </>
  );
}

function Found({
  objects,
  changes,
}: {
  readonly objects: readonly Seen[];
  readonly changes: readonly Changed[];
}) {
  const changed = new Map(changes.map((each) => [keyOf(each), each]));
  const passing = objects.filter((object) => passes(object, changed.get(keyOf(object))));
  if (passing.length === 0) return <p class="note">{texts.noneFound}</p>;
  return (
    <LongTable
      caption={texts.found(passing.length, objects.length)}
      columns={[texts.name, texts.kind, texts.hostedBy, texts.visible, texts.editable, texts.console]}
      rows={passing}
      keyOf={keyOf}
      cells={(object) => {
        const edit = changed.get(keyOf(object));
        return [
          <Link key="name" to={pathOfWhy(questionOf(object))}>
            <bdi>{object.name}</bdi>
          </Link>,
          kindNames[object.kind],
          `${object.parent}, ${whoseText(object)}`,
          <Because key="seen" ids={object.because} source={object.source}>
            {toolsText(object.tools)}
          </Because>,
          edit === undefined ? (
            ''
          ) : (
            <Because key="edit" ids={edit.because} source={edit.source}>
              {toolsText(edit.tools)}
            </Because>
          ),
          object.agentConsole === undefined ? (
            ''
          ) : (
            <Because key="console" ids={object.agentConsole.because} source={object.agentConsole.source}>
              {object.agentConsole.displayed ? 'yes' : 'no'}
              {object.agentConsole.signIn ? ', sign-in' : ', no sign-in'}
            </Because>
          ),
        ];
      }}
    />
  );
}

/** Why it is shown or not, with the tool that is asked about. */
function questionOf({ parent, id, kind }: Seen): Question {
  const [, tool = defaultTool] = (query.value.get('tool') ?? '').split(':');
  return { fqdn: parent, object: id, kind, tool, agent: null };
}

function passes(
  { name, id, kind, ownership, tools, agentConsole }: Seen,
  edit: Changed | undefined,
): boolean {
  const asked = query.value;
  const word = (asked.get('q') ?? '').toLowerCase();
  return (
    (name.toLowerCase().includes(word) || id.toLowerCase().includes(word)) &&
    [null, kind].includes(asked.get('kind') as typeof kind | null) &&
    [null, ownership].includes(asked.get('whose') as typeof ownership | null) &&
    passesTool(asked.get('tool'), {
      shown: { ...tools, ...(agentConsole === undefined ? {} : { agentConsole: agentConsole.displayed }) },
      editable: edit?.tools,
    })
  );
}
