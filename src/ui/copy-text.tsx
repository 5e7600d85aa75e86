import { Field, fieldId } from "./field.tsx";

/** A text that is made to be copied elsewhere: it can be selected whole, and changes nothing here. */
export function CopyText({
  name,
  label,
  hint,
  text,
  lang,
}: {
  name: string;
  label: string;
  hint?: string | undefined;
  text: string;
  lang?: string | undefined;
}) {
  const rows = text.split("\n").reduce((sum, line) => sum + 1 + Math.floor(line.length / LINE_CHARACTERS), 1);
  return (
    <Field name={name} label={label} hint={hint}>
      <textarea
        id={fieldId(name)}
        rows={rows}
        lang={lang}
        readOnly
        defaultValue={text}
        aria-describedby={hint && `${fieldId(name)}-hint`}
      />
    </Field>
  );
}

/** About so many fit in a line of a phone. */
const LINE_CHARACTERS = 30;
