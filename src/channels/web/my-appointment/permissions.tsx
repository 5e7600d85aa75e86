import { firstSigningDay, isPermissionMissing, type BookingView, type Parent } from "#modules/booking/index.ts";
import { absentParentOf, type AbsentParent, type Network } from "#modules/offices/index.ts";
import { Notice } from "#ui/index.ts";
import { dateInWords } from "../texts/format.ts";
import { permissionTexts } from "../texts/permission.ts";
import type { Language } from "../texts/texts.ts";
import { appointmentUrls } from "../urls.ts";
import { membersOfBooking } from "../visit/party.ts";

/** How one of the booking's people is permitted by a parent who signs elsewhere; undefined when nobody does, or no sheet says how. */
export function permissionOf(
  view: BookingView,
  ordinal: number,
  network: Network,
): AbsentParent["permission"] | undefined {
  const member = membersOfBooking(view, network)[ordinal - 1];
  if (!member?.details.parents.some((one) => one.part === "signs_elsewhere")) return undefined;
  return absentParentOf(member.services)?.permission;
}

/** Whether each child's permission has come, before the family travels; nothing when nobody signs elsewhere. */
export function Permissions({ view, network, language }: { view: BookingView; network: Network; language: Language }) {
  const t = permissionTexts(language);
  const children = view.applicants.flatMap((person, i) => {
    const absent = person.parents.filter((one) => one.part === "signs_elsewhere");
    return absent.length === 0 ? [] : [{ ordinal: i + 1, name: person.givenNames, absent }];
  });
  if (children.length === 0) return null;
  const missing = children.some((one) => one.absent.some(isPermissionMissing));
  const from = dateInWords(firstSigningDay(view.localDate), language);
  return (
    <Notice tone={missing ? "warning" : "success"} title={t("title")}>
      {children.map(({ ordinal, name, absent }) => (
        <div key={ordinal}>
          {linesOf(name, absent, language).map((line) => (
            <p key={line}>{line}</p>
          ))}
          {permissionOf(view, ordinal, network) && absent.some(isPermissionMissing) && (
            <p className="no-print">
              <a href={appointmentUrls.permission(view.id, ordinal)(language)}>{t("open", { name })}</a>
            </p>
          )}
        </div>
      ))}
      {missing && <p>{t("missingHint", { date: from })}</p>}
    </Notice>
  );
}

function linesOf(name: string, absent: readonly Parent[], language: Language): string[] {
  const t = permissionTexts(language);
  const missing = absent.filter(isPermissionMissing);
  return [
    ...absent.flatMap(({ received }) =>
      received ? [t("receivedOn", { name, date: dateInWords(received.signedOn, language) })] : [],
    ),
    ...(missing.length === 0 ? [] : [t(missing.length === 1 ? "missing" : "missingMany", { name })]),
    ...missing.flatMap(({ sheetTo }) => (sheetTo ? [t(sheetTo.kind === "email" ? "sentEmail" : "sentSms")] : [])),
  ];
}
