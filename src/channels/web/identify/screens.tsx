import { PageHeading } from "#ui/index.ts";
import { identifyTexts } from "../texts/identify.ts";
import { show, type Answer, type Arrival, type Errors, type Visit } from "../visit/visit.tsx";
import { CardForm, type TypedCard } from "./card.tsx";
import { CodeForm, codeLead } from "./code.tsx";
import type { ContactAddresses } from "./contact.tsx";

/** The box for the code that was sent, outside the steps of a booking. */
export function showCode(visit: Visit, addresses: ContactAddresses, typed: string, errors: Errors): Answer {
  const { language, draft } = visit;
  const t = identifyTexts(language);
  const { code, contact } = addresses;
  return show(visit, {
    title: t("codeTitle"),
    address: code,
    back: contact,
    errors,
    children: (
      <>
        <PageHeading lead={codeLead(draft, language)}>{t("codeTitle")}</PageHeading>
        <CodeForm language={language} action={code} contact={contact} typed={typed} errors={errors} />
      </>
    ),
  });
}

/** Folio and PIN of a paper card, likewise. */
export function showCard(visit: Arrival, addresses: ContactAddresses, typed: TypedCard, errors: Errors): Answer {
  const t = identifyTexts(visit.language);
  const { card, contact } = addresses;
  return show(visit, {
    title: t("cardTitle"),
    address: card,
    back: contact,
    errors,
    children: (
      <>
        <PageHeading lead={t("cardLead")}>{t("cardTitle")}</PageHeading>
        <CardForm visit={visit} action={card} contact={contact} typed={typed} errors={errors} />
      </>
    ),
  });
}
