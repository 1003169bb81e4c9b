import { useState } from "preact/hooks";

interface TextProps {
  readonly label: string;
  readonly value: string;
  readonly pattern?: string;
  onDone(value: string): void;
}

/** A text that is kept when the field is left. */
export function Text({ label, value, pattern, onDone }: TextProps) {
  const [typed, setTyped] = useState(value);
  return (
    <label class="stacked">
      {label}
      <input
        type="text"
        value={typed}
        pattern={pattern}
        maxLength={100}
        onInput={(event) => setTyped(event.currentTarget.value)}
        onChange={(event) => event.currentTarget.validity.valid && onDone(event.currentTarget.value.trim())}
      />
    </label>
  );
}

interface ChoiceProps<Value extends string> {
  readonly name: string;
  readonly label: string;
  readonly value: Value;
  readonly choices: readonly (readonly [Value, string])[];
  onChoose(value: Value): void;
}

export function Choice<Value extends string>({ name, label, value, choices, onChoose }: ChoiceProps<Value>) {
  return (
    <div role="radiogroup" aria-label={label} class="choices">
      {choices.map(([one, words]) => (
        <label key={one}>
          <input type="radio" name={name} value={one} checked={one === value} onChange={() => onChoose(one)} /> {words}
        </label>
      ))}
    </div>
  );
}
