import type { ReactNode } from "react";
import { fieldId } from "./field.tsx";
import { Pictogram, type PictogramName } from "./pictogram.tsx";

export interface TimeGroup {
  title: ReactNode;
  pictogram?: PictogramName | undefined;
  /** `text` is the local hour; `note` a word more, such as the counter or "together". */
  times: readonly { value: string; text: string; note?: string | undefined }[];
}

/** Hours to choose from. Each is a button that sends the form around it with `name` = its value; the first has the field's id. */
export function TimeList({ name, groups }: { name: string; groups: readonly TimeGroup[] }) {
  return (
    <>
      {groups.map((group, index) => (
        <section key={index}>
          <h2 className="times-title">
            {group.pictogram && <Pictogram name={group.pictogram} />}
            {group.title}
          </h2>
          <ul className="times">
            {group.times.map((time, place) => (
              <li key={time.value}>
                <button
                  id={index === 0 && place === 0 ? fieldId(name) : undefined}
                  type="submit"
                  className="btn btn-secondary"
                  name={name}
                  value={time.value}
                >
                  {time.text}
                  {time.note && <small> {time.note}</small>}
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}
