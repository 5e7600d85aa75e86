import type { ReactNode } from "react";
import { Pictogram } from "./pictogram.tsx";

/** What every question has. `value` always comes back to the page, so that nobody types twice. */
export interface FieldProps {
  name: string;
  label: ReactNode;
  hint?: ReactNode;
  error?: string | undefined;
  /** The label is the page's only question and therefore its h1. */
  heading?: boolean | undefined;
}

/** The id of a field's (first) box: links of the error summary point to it. */
export function fieldId(name: string, value?: string): string {
  const text = value === undefined ? name : `${name}-${value}`;
  return text.replace(/[^A-Za-z0-9]+/g, "-").replace(/^(?=[^A-Za-z])/, "f");
}

/** What the box must name as its description and state, from the same facts as the hint and the error below. */
export function describe({ name, hint, error }: FieldProps) {
  const id = fieldId(name);
  const ids = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return { "aria-describedby": ids || undefined, "aria-invalid": error ? true : undefined };
}

/** One box with its label. */
export function Field({ children, ...field }: FieldProps & { children: ReactNode }) {
  const label = <label htmlFor={fieldId(field.name)}>{field.label}</label>;
  return (
    <div className={field.error ? "field bad" : "field"}>
      {field.heading ? <h1>{label}</h1> : label}
      <HintAndError {...field} />
      {children}
    </div>
  );
}

/** Several boxes that answer one question. */
export function FieldGroup({ children, ...field }: FieldProps & { children: ReactNode }) {
  return (
    <div className={field.error ? "field bad" : "field"}>
      <fieldset aria-describedby={describe(field)["aria-describedby"]}>
        <legend>{field.heading ? <h1>{field.label}</h1> : field.label}</legend>
        <HintAndError {...field} />
        {children}
      </fieldset>
    </div>
  );
}

function HintAndError({ name, hint, error }: FieldProps) {
  const id = fieldId(name);
  return (
    <>
      {hint && (
        <div className="hint" id={`${id}-hint`}>
          {hint}
        </div>
      )}
      {error && (
        <p className="error" id={`${id}-error`}>
          <Pictogram name="warning" />
          {error}
        </p>
      )}
    </>
  );
}
