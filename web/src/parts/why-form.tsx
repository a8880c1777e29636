/** What is looked for, with which tool, and whose console: all of it stands in the URL. */
import { go, query, withQuery } from '../state/address.js';
import { glassNames, whyTexts } from '../texts/why.js';
import { TypedField } from './typed-field.js';

interface Props {
  /** Of the parameter that holds what is looked for. */
  readonly name: 'q' | 'object';
}

export function WhyForm({ name }: Props) {
  const tool = query.value.get('tool') ?? 'controlPanel';
  return (
    <form class="filters" role="search" onSubmit={(event) => event.preventDefault()}>
      <TypedField name={name} label={whyTexts.what} hint={whyTexts.whatHint} also={{ kind: null }} />
      <label>
        <span>{whyTexts.tool}</span>
        <select
          value={tool}
          onChange={(event) => {
            go(withQuery({ tool: event.currentTarget.value }), { replace: true });
          }}
        >
          {Object.entries(glassNames).map(([value, word]) => (
            <option key={value} value={value}>
              {word}
            </option>
          ))}
        </select>
      </label>
      {tool === 'agentConsole' ? (
        <TypedField name="agent" label={whyTexts.agent} hint={whyTexts.agentHint} />
      ) : null}
    </form>
  );
}
