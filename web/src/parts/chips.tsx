/** Filters as chips: what is pressed stands in the URL. */
import type { ComponentChildren } from 'preact';
import { go, query, withList, withQuery } from '../state/address.js';
import { texts } from '../texts.js';

interface ChipProps {
  readonly isPressed: boolean;
  readonly onPress: () => void;
  readonly children: ComponentChildren;
}

/** Told apart by a mark as well as by colour. */
function Chip({ isPressed, onPress, children }: ChipProps) {
  return (
    <button type="button" class="chip" aria-pressed={isPressed} onClick={onPress}>
      <span aria-hidden="true">{isPressed ? '✓ ' : ''}</span>
      {children}
    </button>
  );
}

interface ChoicesProps {
  readonly name: string;
  readonly label: string;
  /** By value; several may be pressed. */
  readonly choices: Readonly<Record<string, string>>;
}

export function Chips({ name, label, choices }: ChoicesProps) {
  const pressed = query.value.getAll(name);
  return (
    <span class="chips" role="group" aria-label={label}>
      {Object.entries(choices).map(([value, word]) => {
        const isPressed = pressed.includes(value);
        return (
          <Chip
            key={value}
            isPressed={isPressed}
            onPress={() => {
              const others = pressed.filter((one) => one !== value);
              go(withList(name, isPressed ? others : [...others, value], { cursor: null }), {
                replace: true,
              });
            }}
          >
            {word}
          </Chip>
        );
      })}
    </span>
  );
}

interface SwitchProps {
  readonly name: string;
  readonly value: string;
  readonly children: ComponentChildren;
}

export function SwitchChip({ name, value, children }: SwitchProps) {
  const isPressed = query.value.get(name) === value;
  return (
    <Chip
      isPressed={isPressed}
      onPress={() => {
        go(withQuery({ [name]: isPressed ? null : value, cursor: null }), { replace: true });
      }}
    >
      {children}
    </Chip>
  );
}

/** A filter that a row set, such as its actor: it can be taken away. */
export function GivenChip({ name, label }: { readonly name: string; readonly label: string }) {
  const value = query.value.get(name);
  if (value === null) return null;
  return (
    <button
      type="button"
      class="chip"
      aria-label={texts.withoutFilter(label, value)}
      onClick={() => {
        go(withQuery({ [name]: null, cursor: null }), { replace: true });
      }}
    >
      {label}: <bdi>{value}</bdi> <span aria-hidden="true">✕</span>
    </button>
  );
}
