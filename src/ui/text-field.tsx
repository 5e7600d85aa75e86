import type { HTMLAttributes, HTMLInputTypeAttribute } from "react";
import { describe, Field, fieldId, type FieldProps } from "./field.tsx";

export interface TextFieldProps extends FieldProps {
  value?: string | undefined;
  type?: Extract<HTMLInputTypeAttribute, "text" | "email" | "tel" | "search"> | undefined;
  /** As wide as the answer is long, in characters. Without it, the whole line. */
  width?: 2 | 4 | 6 | 10 | 20 | undefined;
  /** Folios, PINs and codes: evenly spaced, so that each character can be checked. */
  code?: boolean | undefined;
  autoComplete?: string | undefined;
  inputMode?: HTMLAttributes<HTMLInputElement>["inputMode"];
  autoCapitalize?: "none" | "words" | "characters" | undefined;
  maxLength?: number | undefined;
}

export function TextField(props: TextFieldProps) {
  const { name, value, type = "text", width, code, autoComplete, inputMode, autoCapitalize, maxLength } = props;
  const looks = [width && `w${width}`, code && "code"].filter(Boolean).join(" ");
  return (
    <Field {...frame(props)}>
      <input
        id={fieldId(name)}
        name={name}
        type={type}
        className={looks || undefined}
        defaultValue={value}
        autoComplete={autoComplete}
        inputMode={inputMode}
        autoCapitalize={autoCapitalize}
        maxLength={maxLength}
        spellCheck={false}
        {...describe(props)}
      />
    </Field>
  );
}

export interface TextareaProps extends FieldProps {
  value?: string | undefined;
  rows?: number | undefined;
  maxLength?: number | undefined;
}

export function Textarea(props: TextareaProps) {
  const { name, value, rows = 5, maxLength } = props;
  return (
    <Field {...frame(props)}>
      <textarea
        id={fieldId(name)}
        name={name}
        rows={rows}
        maxLength={maxLength}
        defaultValue={value}
        {...describe(props)}
      />
    </Field>
  );
}

interface FileFieldProps extends FieldProps {
  /** Types that the browser offers; what comes is judged by the server. */
  accept: string;
}

export function FileField(props: FileFieldProps) {
  const { name, accept } = props;
  return (
    <Field {...frame(props)}>
      <input id={fieldId(name)} name={name} type="file" accept={accept} {...describe(props)} />
    </Field>
  );
}

function frame({ name, label, hint, error, heading }: FieldProps): FieldProps {
  return { name, label, hint, error, heading };
}
