import type { AbsentParent, Service } from "#modules/offices/index.ts";
import { Details } from "#ui/index.ts";
import { bold } from "../links.tsx";
import { money } from "../texts/format.ts";
import { serviceTexts } from "../texts/services.ts";
import type { Language } from "../texts/texts.ts";

/** Who must come with a child, and what to do when somebody cannot. */
export function Children({ service, language }: { service: Service; language: Language }) {
  if (!service.parentsTakePart) return undefined;
  const t = serviceTexts(language);
  return (
    <>
      <h2>{t("children")}</h2>
      <p>
        {t("childrenBoth")} {t("childrenNoTrip")}
      </p>
      {service.absentParent && <Absent absent={service.absentParent} language={language} />}
    </>
  );
}

function Absent({ absent: { permission, cases }, language }: { absent: AbsentParent; language: Language }) {
  const t = serviceTexts(language);
  const known = serviceTexts.catalogues[language];
  const cost =
    permission.fee === 0 && !permission.appointmentRequired
      ? t("absentFree")
      : t("absentPaid", { amount: money(permission.fee, language) });
  return (
    <>
      <h3>{t("absent")}</h3>
      <ul>
        <li>{t("absentForm", { form: permission.form, cost })}</li>
        <li>{permission.where[language]}</li>
        <li>{permission.mustName[language]}</li>
        <li>{permission.names[language]}</li>
        <li>{t.rich("absentDays", { days: permission.validDays, b: bold })}</li>
      </ul>
      <h3>{t("absentCases")}</h3>
      {cases.map((one) => (
        <Details key={one.id} summary={known[`case_${one.id}`] ?? one.id}>
          <p>{one.next[language]}</p>
        </Details>
      ))}
    </>
  );
}
