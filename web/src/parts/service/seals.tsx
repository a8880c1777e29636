/** The seals of the log: what to keep elsewhere, so that nobody can change the log unseen. */
import { useView } from '../../state/view.js';
import { serviceTexts } from '../../texts/service.js';
import { CopyButton } from '../copy.js';
import { WhenShown } from '../states.js';
import { Time } from '../time.js';

export function SealsPart() {
  const seals = useView('seals', '/v1/seals?limit=5', { isTimeless: true });
  return (
    <section>
      <h2>{serviceTexts.seals}</h2>
      <WhenShown of={seals.value}>
        {({ seals: all, onHold, origin }) => (
          <>
            {onHold === null ? null : (
              <p class="note note-error">
                {serviceTexts.onHold} {onHold}
              </p>
            )}
            {all.length === 0 ? (
              <p>{serviceTexts.noSeals}</p>
            ) : (
              <div class="scroll" tabIndex={0} role="region" aria-label={serviceTexts.seals}>
                <table>
                  <caption>{origin}</caption>
                  <thead>
                    <tr>
                      <th scope="col">{serviceTexts.sealedAt}</th>
                      <th scope="col">{serviceTexts.size}</th>
                      <th scope="col">{serviceTexts.occasion}</th>
                      <th scope="col">{serviceTexts.root}</th>
                      <th scope="col">{serviceTexts.note}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {all.map((seal) => (
                      <tr key={seal.at}>
                        <th scope="row">
                          <Time at={seal.at} />
                        </th>
                        <td class="number">{seal.size}</td>
                        <td>{seal.occasion}</td>
                        <td>
                          <code>{seal.root}</code>
                        </td>
                        <td>
                          <CopyButton text={seal.note} label={serviceTexts.copyNote} />
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            )}
          </>
        )}
      </WhenShown>
    </section>
  );
}
