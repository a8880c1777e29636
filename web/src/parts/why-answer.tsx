/** The answer to "why can't I see it": a sentence, the statements behind it, since when, until when, and what to do instead. */
import type { AnswerOf } from '../../../src/contract/answers.js';
import { whoseText } from '../texts.js';
import { whyTexts } from '../texts/why.js';
import { Because, Sentences } from './because.js';
import { CopyButton } from './copy.js';
import { Time } from './time.js';

export type Why = Extract<AnswerOf<'why'>, { sentence: string }>;

interface Props {
  readonly why: Why;
  /** Of this answer, with the moment it was given at. */
  readonly link: string;
}

export function WhyAnswer({ why, link }: Props) {
  return (
    <article class={`why why-${String(why.visible)}`}>
      <p class="verdict-line">
        <Verdict visible={why.visible} />
      </p>
      <p class="sentence">
        <bdi>{why.sentence}</bdi>
      </p>
      <Sentences ids={why.because} source={why.source} />
      <dl>
        <dt>{whyTexts.sinceWhen}</dt>
        <dd>{why.since === null ? whyTexts.sinceUnknown : <Time at={why.since} />}</dd>
        <dt>{why.visible === true ? whyTexts.untilShown : whyTexts.untilHidden}</dt>
        <dd>
          <Commands commands={why.until} />
        </dd>
        <dt>{whyTexts.instead}</dt>
        <dd>
          <Instead sentences={why.instead} />
        </dd>
      </dl>
      {why.copies.length < 2 ? <Warnings copies={why.copies} /> : <Copies copies={why.copies} />}
      <p>
        <CopyButton text={`${why.sentence}\n${link}`} label={whyTexts.copyAnswer} />{' '}
        <span class="quiet">{whyTexts.ticketLink}</span>
      </p>
    </article>
  );
}

/** Told apart by mark and words; colour only helps. */
export function Verdict({ visible }: { readonly visible: boolean | 'depends' }) {
  if (visible === true) return <Word mark="✓" text={whyTexts.visible} class="word-yes" />;
  if (visible === false) return <Word mark="✕" text={whyTexts.hidden} class="word-no" />;
  return <Word mark="?" text={whyTexts.depends} class="word-depends" />;
}

function Word({
  mark,
  text,
  ...more
}: {
  readonly mark: string;
  readonly text: string;
  readonly class: string;
}) {
  return (
    <strong {...more}>
      <span aria-hidden="true">{mark}</span> {text}
    </strong>
  );
}

function Commands({ commands }: { readonly commands: readonly string[] }) {
  if (commands.length === 0) return <>{whyTexts.never}</>;
  return (
    <ol class="plain">
      {commands.map((command) => (
        <li key={command}>
          <code>{command}</code>
        </li>
      ))}
    </ol>
  );
}

function Instead({ sentences }: { readonly sentences: readonly string[] }) {
  if (sentences.length === 0) return <>{whyTexts.noInstead}</>;
  return (
    <ul class="plain">
      {sentences.map((sentence) => {
        const { words, cmdlet } = partsOf(sentence);
        return (
          <li key={sentence}>
            <bdi>{words}</bdi>
            {cmdlet === null ? null : (
              <>
                <pre>
                  <code>{cmdlet}</code>
                </pre>
                <CopyButton text={cmdlet} label={whyTexts.copyCommand} />
              </>
            )}
          </li>
        );
      })}
    </ul>
  );
}

/** A sentence may end with a command line to paste into a shell. */
function partsOf(sentence: string): { readonly words: string; readonly cmdlet: string | null } {
  const found = /^(.*?): (Get-Cs.*)$/su.exec(sentence);
  return found === null
    ? { words: sentence, cmdlet: null }
    : { words: `${found[1] ?? ''}:`, cmdlet: found[2] ?? '' };
}

const wordOf = (value: boolean | 'depends'): string =>
  value === 'depends' ? whyTexts.dependsShort : value ? whyTexts.yes : whyTexts.no;

function Copies({ copies }: { readonly copies: Why['copies'] }) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={whyTexts.copies}>
      <table>
        <caption>{whyTexts.copies}</caption>
        <thead>
          <tr>
            <th scope="col">{whyTexts.host}</th>
            <th scope="col">{whyTexts.whose}</th>
            <th scope="col">{whyTexts.shown}</th>
            <th scope="col">{whyTexts.changed}</th>
          </tr>
        </thead>
        <tbody>
          {copies.map((copy) => (
            <tr key={`${copy.parent} ${copy.ownership}`}>
              <th scope="row">{copy.parent}</th>
              <td>{whoseText(copy)}</td>
              <td>
                <Because ids={copy.because} source={copy.source}>
                  {wordOf(copy.visible)}
                </Because>
              </td>
              <td>
                {wordOf(copy.modifiable)}
                <Warnings copies={[copy]} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Warnings({ copies }: { readonly copies: Why['copies'] }) {
  const warnings = copies.flatMap((copy) => copy.warnings);
  return (
    <>
      {warnings.map(({ code, detail }) => (
        <p key={code} class="note">
          <strong>{whyTexts.warning}:</strong> {detail}
        </p>
      ))}
    </>
  );
}
