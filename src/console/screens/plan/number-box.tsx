interface Props {
  readonly label: string;
  readonly value: string;
  readonly change: (value: string) => void;
  readonly min: number;
  readonly max: number;
  readonly required?: boolean;
  readonly help?: string;
}

/** A whole number between two others, as typed. */
export function NumberBox({ label, value, change, min, max, required = false, help }: Props) {
  return (
    <label>
      {label}
      <input
        type="number"
        inputMode="numeric"
        step={1}
        min={min}
        max={max}
        required={required}
        value={value}
        onChange={(event) => change(event.target.value)}
      />
      {help !== undefined && <small className="soft">{help}</small>}
    </label>
  );
}
