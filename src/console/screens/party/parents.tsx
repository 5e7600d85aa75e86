import { PERMISSION_DAYS } from "#kernel/limits.ts";
import type { ParentPart } from "../../api/types.ts";
import { daysBetween, shortDate } from "../../parts/format.ts";
import { partyTexts } from "../../texts/party.ts";
import { useLanguage, useTexts } from "../../texts/texts.ts";
import { Pictogram, type PictogramName } from "#ui/pictogram.tsx";
import { PermissionForm } from "./permission-form.tsx";
import "../../styles/parents.css";

interface Props {
  readonly bookingId: string;
  readonly ordinal: number;
  readonly parents: readonly ParentPart[];
  readonly visitDate: string;
  /** The booking stands: a permission that comes can be recorded. */
  readonly open: boolean;
}

/** Who is on a child's record and how each takes part: the commonest reason to go home without a passport. */
export function Parents({ bookingId, ordinal, parents, visitDate, open }: Props) {
  const t = useTexts(partyTexts);
  return (
    <div className="parents">
      <h4>{t.parents}</h4>
      <ul>
        {parents.map((parent, index) => (
          <li key={index} className={`parent parent-${standing(parent)}`}>
            <Pictogram name={SIGNS[standing(parent)]} />
            <div>
              <p>
                {t.parent(index + 1)}: <strong>{t.parts[parent.part]}</strong>
                <Reason parent={parent} />
              </p>
              {parent.part === "signs_elsewhere" && (
                <>
                  <Permission parent={parent} visitDate={visitDate} />
                  {open && (
                    <PermissionForm
                      bookingId={bookingId}
                      ordinal={ordinal}
                      number={index + 1}
                      parent={parent}
                      visitDate={visitDate}
                    />
                  )}
                </>
              )}
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}

type Standing = "comes" | "cannot" | "missing" | "received";

const SIGNS: Readonly<Record<Standing, PictogramName>> = {
  comes: "check",
  received: "check",
  missing: "warning",
  cannot: "warning",
};

function standing({ part, receivedOn }: ParentPart): Standing {
  if (part !== "signs_elsewhere") return part;
  return receivedOn === null ? "missing" : "received";
}

function Reason({ parent: { part, reason } }: { parent: ParentPart }) {
  const t = useTexts(partyTexts);
  if (part !== "cannot" || !reason) return null;
  return <> ({t.reasons[reason as keyof typeof t.reasons] ?? reason})</>;
}

/** What has come, or what the family said; and whether it is still good on the day of the visit. */
function Permission({ parent: { permissionOn, receivedOn }, visitDate }: { parent: ParentPart; visitDate: string }) {
  const t = useTexts(partyTexts);
  const language = useLanguage();
  const day = (date: string) => shortDate(`${date}T00:00:00Z`, "UTC", language);
  const signedOn = receivedOn ?? permissionOn;
  const days = signedOn === null ? 0 : daysBetween(signedOn, visitDate);
  return (
    <p>
      <strong className={receivedOn === null ? "permission-missing" : "permission-received"}>
        {t.permission[receivedOn === null ? "missing" : "received"]}
      </strong>
      {receivedOn !== null && <>, {t.permissionSigned(day(receivedOn))}</>}
      {receivedOn === null && permissionOn !== null && <>, {t.permissionTold(day(permissionOn))}</>}
      {days > PERMISSION_DAYS && <span className="mark-late">{t.permissionOld(days)}</span>}
    </p>
  );
}
