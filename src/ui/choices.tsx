import type { ReactNode } from "react";
import { FieldGroup, fieldId, type FieldProps } from "./field.tsx";
import { Pictogram, type PictogramName } from "./pictogram.tsx";

export interface Choice {
  value: string;
  text: ReactNode;
  hint?: ReactNode;
  pictogram?: PictogramName | undefined;
  disabled?: boolean | undefined;
  /** A question that only matters once this is chosen; hidden until then by style alone. */
  more?: ReactNode;
}

interface ChoicesProps extends FieldProps {
  options: readonly Choice[];
  /** Short answers such as yes and no may stand side by side. */
  inline?: boolean | undefined;
}

export function Radios(props: ChoicesProps & { value?: string | undefined }) {
  return <Choices {...props} type="radio" chosen={props.value === undefined ? [] : [props.value]} />;
}

export function Checkboxes(props: ChoicesProps & { values?: readonly string[] | undefined }) {
  return <Choices {...props} type="checkbox" chosen={props.values ?? []} />;
}

function Choices(props: ChoicesProps & { type: "radio" | "checkbox"; chosen: readonly string[] }) {
  const { name, label, hint, error, heading, options, inline, type, chosen } = props;
  return (
    <FieldGroup name={name} label={label} hint={hint} error={error} heading={heading}>
      <div className={inline ? "opts opts-row" : "opts"}>
        {options.map((option, index) => {
          // The first box carries the field's own id, so that the error summary lands on it.
          const id = index === 0 ? fieldId(name) : fieldId(name, option.value);
          return (
            <div className="opt" key={option.value}>
              <input
                id={id}
                name={name}
                type={type}
                value={option.value}
                defaultChecked={chosen.includes(option.value)}
                disabled={option.disabled}
                aria-invalid={error && type === "checkbox" ? true : undefined}
              />
              <label htmlFor={id}>
                {option.pictogram && <Pictogram name={option.pictogram} />}
                <span>
                  {option.text}
                  {option.hint && <span className="hint">{option.hint}</span>}
                </span>
              </label>
              {option.more && <div className="more">{option.more}</div>}
            </div>
          );
        })}
      </div>
    </FieldGroup>
  );
}
