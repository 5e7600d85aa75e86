import type { ParentPart } from "../../api/types.ts";
import { daysBetween, shortDate } from "../../parts/format.ts";
import { partyTexts } from "../../texts/party.ts";
import { useLanguage, useTexts } from "../../texts/texts.ts";
import { Pictogram, type PictogramName } from "#ui/pictogram.tsx";

/** A permission signed at another office counts for so many days until the visit (formato OP-7). */
const PERMISSION_DAYS = 90;

const SIGNS: Readonly<Record<ParentPart["part"], PictogramName>> = {
  comes: "check",
  signs_elsewhere: "document",
  cannot: "warning",
};

/** Who is on a child's record and how each takes part: the commonest reason to go home without a passport. */
export function Parents({ parents, visitDate }: { parents: readonly ParentPart[]; visitDate: string }) {
  const t = useTexts(partyTexts);
  return (
    <div className="parents">
      <h4>{t.parents}</h4>
      <ul>
        {parents.map((parent, index) => (
          <li key={index} className={`parent parent-${parent.part}`}>
            <Pictogram name={SIGNS[parent.part]} />
            <span>
              {t.parent(index + 1)}: <strong>{t.parts[parent.part]}</strong>
              <Detail parent={parent} visitDate={visitDate} />
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Detail({ parent, visitDate }: { parent: ParentPart; visitDate: string }) {
  const t = useTexts(partyTexts);
  const language = useLanguage();
  if (parent.part === "cannot")
    return <>{parent.reason && ` (${t.reasons[parent.reason as keyof typeof t.reasons] ?? parent.reason})`}</>;
  if (parent.part === "comes") return null;
  if (parent.permissionOn === null) return <>, {t.permissionPending}</>;
  const days = daysBetween(parent.permissionOn, visitDate);
  return (
    <>
      , {t.permission(shortDate(`${parent.permissionOn}T00:00:00Z`, "UTC", language))}
      {days > PERMISSION_DAYS && <span className="mark-late">{t.permissionOld(days)}</span>}
    </>
  );
}
