import { SESSION_HOURS } from "#modules/people/index.ts";
import { INTERPRETATIONS_KEPT_DAYS } from "#modules/visits/index.ts";
import { DataTable, Notice, PageHeading } from "#ui/index.ts";
import { phoneTexts } from "../links.tsx";
import type { Seen } from "../public-page.ts";
import { ROOM_COOKIE_HOURS } from "../session.ts";
import type { Page } from "../shell.tsx";
import { privacyTexts } from "../texts/privacy.ts";
import { publicUrls } from "../urls.ts";
import { PrivacyInShort } from "./in-short.tsx";
import {
  AUDIT_KEPT_YEARS,
  BOOKING_KEPT_DAYS,
  CANCEL_KEPT_HOURS,
  CONTACT_KEPT_MONTHS,
  DRAFT_KEPT_DAYS,
  EMERGENCY_KEPT_DAYS,
  OBSERVED_KEPT_DAYS,
  REQUEST_KEPT_DAYS,
  REQUEST_WAITS_DAYS,
  ROOM_KEPT_DAYS,
  UNVERIFIED_KEPT_DAYS,
} from "./retention.ts";

/** The notice: short first, in full below. */
export function privacyPage({ language, network }: Seen): Page {
  const t = privacyTexts(language);
  const section = (title: Parameters<typeof t>[0], ...sentences: Parameters<typeof t>[0][]) => (
    <>
      <h3>{t(title)}</h3>
      {sentences.map((sentence) => (
        <p key={sentence}>{t(sentence)}</p>
      ))}
    </>
  );
  const lists = (title: Parameters<typeof t>[0], ...items: Parameters<typeof t>[0][]) => (
    <>
      <h3>{t(title)}</h3>
      <ul>
        {items.map((item) => (
          <li key={item}>{t(item)}</li>
        ))}
      </ul>
    </>
  );
  return {
    language,
    title: t("title"),
    address: publicUrls.privacy,
    description: t("description"),
    children: (
      <>
        <PageHeading>{t("heading")}</PageHeading>
        <Notice tone="success" title={t("shortTitle")}>
          <PrivacyInShort language={language} withLink={false} />
        </Notice>
        <h2>{t("fullTitle")}</h2>
        {section("whoTitle", "who")}
        {lists("whatTitle", "whatPeople", "whatChildren", "whatClaims", "whatContact", "whatPapers")}
        {section("neverTitle", "never", "neverPlace")}
        <h3>{t("sellersTitle")}</h3>
        <p>{t("sellers", { days: OBSERVED_KEPT_DAYS })}</p>
        <p>
          <a href={publicUrls.integrityFigures(language)}>{t("sellersLink")}</a>
        </p>
        <p>
          <a href={publicUrls.exceptions(language)}>{t("exceptionsLink")}</a>
        </p>
        {section("whyTitle", "why", "whyOne")}
        {lists("seenTitle", "seenStaff", "seenOthers", "seenNoOne", "seenLaw")}
        <DataTable
          id="kept"
          caption={t("keptTitle")}
          columns={[{ text: t("keptItem") }, { text: t("keptUntil") }]}
          rows={[
            [t("keptBooking"), t("keptBookingUntil", { days: BOOKING_KEPT_DAYS })],
            [t("keptContact"), t("keptContactUntil", { months: CONTACT_KEPT_MONTHS })],
            [t("keptUnverified"), t("keptUnverifiedUntil", { days: UNVERIFIED_KEPT_DAYS })],
            [t("keptDraft"), t("keptDraftUntil", { days: DRAFT_KEPT_DAYS })],
            [t("keptRequest"), t("keptRequestUntil", { days: REQUEST_KEPT_DAYS, waits: REQUEST_WAITS_DAYS })],
            [t("keptEmergency"), t("keptEmergencyUntil", { days: EMERGENCY_KEPT_DAYS })],
            [t("keptLanguage"), t("keptLanguageUntil", { days: INTERPRETATIONS_KEPT_DAYS })],
            [t("keptCancel"), t("keptCancelUntil", { hours: CANCEL_KEPT_HOURS })],
            [t("keptRoom"), t("keptRoomUntil", { days: ROOM_KEPT_DAYS })],
            [t("keptAudit"), t("keptAuditUntil", { years: AUDIT_KEPT_YEARS })],
          ]}
        />
        {section("howTitle", "how", "howMessages")}
        <h3>{t("cookieTitle")}</h3>
        <p>{t("cookie", { hours: SESSION_HOURS })}</p>
        <p>{t("cookieRoom", { hours: ROOM_COOKIE_HOURS })}</p>
        <h3>{t("rightsTitle")}</h3>
        <p>{t("rights")}</p>
        <p>{t.rich("rightsHow", phoneTexts(network.lines.appointments))}</p>
        <p>{t("rightsCancel")}</p>
        {section("changesTitle", "changes")}
      </>
    ),
  };
}
