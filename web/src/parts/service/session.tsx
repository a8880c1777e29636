/** Who the reader is to the service, and what they may do. */
import type { AnswerOf } from '../../../../src/contract/answers.js';
import { signOut } from '../../state/session.js';
import { useView } from '../../state/view.js';
import { serviceTexts } from '../../texts/service.js';
import { signInTexts } from '../../texts/sign-in.js';
import { WhenShown } from '../states.js';

type Session = AnswerOf<'session'>;

export function SessionPart() {
  const session = useView('session', '/v1/session', { isTimeless: true });
  return (
    <section>
      <h2>{serviceTexts.session}</h2>
      <WhenShown of={session.value}>
        {(view) => (
          <>
            <dl>
              <dt>{serviceTexts.actor}</dt>
              <dd>
                <bdi>{view.actor}</bdi>
              </dd>
              {view.onBehalfOf === undefined ? null : (
                <>
                  <dt>{serviceTexts.onBehalfOf}</dt>
                  <dd>
                    <bdi>{view.onBehalfOf}</bdi>
                  </dd>
                </>
              )}
              <dt>{serviceTexts.role}</dt>
              <dd>{view.role}</dd>
              <dt>{serviceTexts.pools}</dt>
              <dd>{view.pools === null ? serviceTexts.allPools : view.pools.join(', ')}</dd>
              <dt>{serviceTexts.provedBy}</dt>
              <dd>{serviceTexts.proofs[view.provedBy]}</dd>
            </dl>
            <MayDo session={view} />
            {view.provedBy === 'session' || view.provedBy === 'key' ? <SignOut /> : null}
          </>
        )}
      </WhenShown>
    </section>
  );
}

function MayDo({ session: { mayDo } }: { readonly session: Session }) {
  return (
    <details>
      <summary>{serviceTexts.mayDo(mayDo.length)}</summary>
      <ul class="columns">
        {mayDo.map((operation) => (
          <li key={operation}>
            <code>{operation}</code>
          </li>
        ))}
      </ul>
    </details>
  );
}

function SignOut() {
  return (
    <p>
      <button type="button" onClick={() => void signOut()}>
        {signInTexts.signOut}
      </button>
    </p>
  );
}
