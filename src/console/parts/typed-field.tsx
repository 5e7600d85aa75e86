interface Props {
  readonly label: string;
  readonly value: string;
  /** Characters. */
  readonly longest: number;
  readonly numeric?: boolean;
  readonly change: (value: string) => void;
}

/** One line of what somebody dictates: another's, so that the browser neither corrects nor remembers it. */
export function TypedField({ label, value, longest, numeric = false, change }: Props) {
  return (
    <label>
      {label}
      <input
        value={value}
        required
        maxLength={longest}
        autoComplete="off"
        spellCheck={false}
        inputMode={numeric ? "numeric" : undefined}
        onChange={({ target }) => change(target.value)}
      />
    </label>
  );
}
