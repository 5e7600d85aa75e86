import { ACCOUNT_FRESH_MINUTES } from "#modules/people/index.ts";
import { PageHeading } from "#ui/index.ts";
import { ContactForm, knownContact } from "../identify/contact.tsx";
import { ownDataTexts } from "../texts/own-data.ts";
import { noErrors, type Visit } from "../visit/visit.tsx";
import { OPEN_ADDRESSES } from "./open.page.tsx";

/** A telephone that was left open is not enough to erase: the code or the card once more. */
export function FreshFirst({ arrival }: { arrival: Visit }) {
  const { language } = arrival;
  const t = ownDataTexts(language);
  return (
    <>
      <PageHeading lead={t("freshLead", { minutes: ACCOUNT_FRESH_MINUTES })}>{t("freshTitle")}</PageHeading>
      <ContactForm language={language} addresses={OPEN_ADDRESSES} typed={knownContact(arrival)} errors={noErrors} />
    </>
  );
}
