import { FieldGroup, fieldId, type FieldProps } from "./field.tsx";

const PARTS = ["day", "month", "year"] as const;
export type DatePart = (typeof PARTS)[number];

export interface DateFieldProps extends FieldProps {
  labels: Readonly<Record<DatePart, string>>;
  /** As typed, even when it is no date. */
  value?: Partial<Readonly<Record<DatePart, string>>> | undefined;
  /** The boxes that the error means; all three when not said. */
  wrong?: readonly DatePart[] | undefined;
  /** Lets the phone fill in the owner's own birth date; never for somebody else's. */
  birthday?: boolean | undefined;
}

/**
 * Three boxes with their names beside them: Mexico writes the day first, the United States the month.
 * They are sent as `<name>-day`, `<name>-month` and `<name>-year`; an error links to `fieldId(name, "day")`.
 */
export function DateField(props: DateFieldProps) {
  const { name, label, hint, error, heading, labels, value = {}, wrong = PARTS, birthday } = props;
  return (
    <FieldGroup name={name} label={label} hint={hint} error={error} heading={heading}>
      <div className="date">
        {PARTS.map((part) => (
          <div key={part}>
            <label htmlFor={fieldId(name, part)}>{labels[part]}</label>
            <input
              id={fieldId(name, part)}
              name={`${name}-${part}`}
              type="text"
              inputMode="numeric"
              className={part === "year" ? "w4" : "w2"}
              defaultValue={value[part]}
              autoComplete={birthday ? `bday-${part}` : undefined}
              aria-invalid={error && wrong.includes(part) ? true : undefined}
            />
          </div>
        ))}
      </div>
    </FieldGroup>
  );
}
