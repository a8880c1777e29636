/** Who the reader is, in the frame of every screen. */
import { session, signOut } from '../state/session.js';
import { signInTexts as words } from '../texts/sign-in.js';
import { Link } from './link.js';

export function Who() {
  const known = session.value;
  if (known === null) return null;
  const { actor, role, provedBy } = known;
  return (
    <p class="who">
      <Link to="/service">
        <bdi>{actor}</bdi> <span class="quiet">{role}</span>
      </Link>
      {provedBy === 'key' || provedBy === 'session' ? (
        <button type="button" onClick={() => void signOut()}>
          {words.signOut}
        </button>
      ) : null}
    </p>
  );
}
