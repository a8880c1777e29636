/** What `because` points into: the statements of the document, the inferences and the rules, each in words. */
import { useEffect } from 'preact/hooks';
import { SearchField } from '../parts/filters.js';
import { WhenShown } from '../parts/states.js';
import { query } from '../state/address.js';
import { useFeed } from '../state/use-feed.js';
import { useView } from '../state/view.js';
import { statementTexts as words } from '../texts/statements.js';
import { texts } from '../texts.js';

export function Statements() {
  useFeed(null);
  const reasons = useView('reasons', '/v1/reasons', { isFixed: true });
  const wanted = query.value.get('id');
  const isThere = reasons.value.value !== null;
  useEffect(() => {
    if (wanted !== null && isThere) document.getElementById(wanted)?.scrollIntoView({ block: 'center' });
  }, [wanted, isThere]);
  const word = (query.value.get('q') ?? '').toLowerCase();
  return (
    <>
      <h1>{words.title}</h1>
      <p class="quiet">{words.hint}</p>
      <form class="filters" role="search" onSubmit={(event) => event.preventDefault()}>
        <SearchField name="q" label={words.search} />
      </form>
      <WhenShown of={reasons.value}>
        {({ reasons: all }) => {
          const passing = all.filter(({ id, text }) => `${id} ${text}`.toLowerCase().includes(word));
          if (passing.length === 0) return <p class="note">{texts.noneFound}</p>;
          return [...Map.groupBy(passing, ({ kind }) => kind)].map(([kind, some]) => (
            <section key={kind}>
              <h2>{words.kinds[kind]}</h2>
              <dl class="reasons">
                {some.map(({ id, text }) => (
                  <div key={id} id={id} class={id === wanted ? 'reason reason-wanted' : 'reason'}>
                    <dt>
                      <code>{id}</code>
                    </dt>
                    <dd>{text}</dd>
                  </div>
                ))}
              </dl>
            </section>
          ));
        }}
      </WhenShown>
    </>
  );
}
