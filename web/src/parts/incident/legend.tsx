/** What patterns and marks mean. */
import { causes } from '../../incident/cut-offs.js';
import { markKinds } from '../../incident/marks.js';
import { causeNames, incidentTexts, markNames } from '../../texts/incident.js';
import { signs } from './marks.js';

export function Legend() {
  return (
    <ul class="legend">
      <li>
        <svg class="lanes" width="16" height="16" aria-hidden="true">
          <rect class="arrived" x="1" y="1" width="14" height="14" />
        </svg>{' '}
        {incidentTexts.outlined}
      </li>
      {causes
        .filter((cause) => cause !== 'other')
        .map((cause) => (
          <li key={cause}>
            <svg class="lanes" width="16" height="16" aria-hidden="true">
              <rect class={`cause-${cause}`} width="16" height="16" />
            </svg>{' '}
            {causeNames[cause]}
          </li>
        ))}
      {markKinds.map((kind) => (
        <li key={kind}>
          <span class={`sign sign-${kind}`} aria-hidden="true">
            {signs[kind]}
          </span>{' '}
          {markNames[kind]}
        </li>
      ))}
    </ul>
  );
}
