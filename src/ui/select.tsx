import { describe, Field, fieldId, type FieldProps } from "./field.tsx";

export interface SelectProps extends FieldProps {
  value?: string | undefined;
  options: readonly { value: string; text: string }[];
  autoComplete?: string | undefined;
}

export function Select(props: SelectProps) {
  const { name, label, hint, error, heading, value, options, autoComplete } = props;
  return (
    <Field name={name} label={label} hint={hint} error={error} heading={heading}>
      <select id={fieldId(name)} name={name} defaultValue={value} autoComplete={autoComplete} {...describe(props)}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.text}
          </option>
        ))}
      </select>
    </Field>
  );
}
