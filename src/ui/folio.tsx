import { Fragment } from "react";

/** A folio in the groups in which it is read out (`7K3M-9QXA-2B4CD`); it may break between them, never inside. */
export function Folio({ label, value }: { label: string; value: string }) {
  const groups = value.split("-");
  return (
    <p className="folio">
      <span>{label}</span>{" "}
      <strong translate="no">
        {groups.map((group, index) => (
          <Fragment key={index}>
            {index > 0 && (
              <>
                -<wbr />
              </>
            )}
            {group}
          </Fragment>
        ))}
      </strong>
    </p>
  );
}
