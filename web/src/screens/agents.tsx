/** The agents of a pool and its partner, with their groups. */
import { Link } from '../parts/link.js';
import { LongTable } from '../parts/long-table.js';
import { SearchField } from '../parts/filters.js';
import { WhenShown } from '../parts/states.js';
import { query } from '../state/address.js';
import { useView } from '../state/view.js';
import { texts } from '../texts.js';

export function Agents({ path }: { readonly path: string }) {
  const configuration = useView('configuration', `/v1${path}/configuration`);
  return (
    <>
      <h2>{texts.agents}</h2>
      <form class="filters" role="search" onSubmit={(event) => event.preventDefault()}>
        <SearchField name="q" label={texts.searchAgents} />
      </form>
      <WhenShown of={configuration.value}>
        {(view) => {
          if (view.stage === null) return <p class="note">{texts.nothingYet}</p>;
          const word = (query.value.get('q') ?? '').toLowerCase();
          const passing = view.agents.filter(({ agent }) => agent.toLowerCase().includes(word));
          if (passing.length === 0) return <p class="note">{texts.noneFound}</p>;
          return (
            <LongTable
              caption={texts.agentsFound(passing.length)}
              columns={[texts.agent, texts.homePool, texts.groups]}
              rows={passing}
              keyOf={({ agent }) => agent}
              cells={({ agent, homePool, groups }) => [
                <Link key="agent" to={`/search?q=${encodeURIComponent(agent)}`}>
                  <bdi>{agent}</bdi>
                </Link>,
                homePool ?? texts.notRegistered,
                groups.map(({ name, id, parent }) => `${name ?? id} (${parent})`).join(', '),
              ]}
            />
          );
        }}
      </WhenShown>
    </>
  );
}
