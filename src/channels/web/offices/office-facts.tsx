import type { ReactNode } from "react";
import { addDays, localDateAt } from "#kernel/time.ts";
import { listHolidays, type Fact, type FactField, type Hours, type Office } from "#modules/offices/index.ts";
import { SummaryList, Tag, type SummaryRow } from "#ui/index.ts";
import { Call, phoneTexts } from "../links.tsx";
import type { Seen } from "../public-page.ts";
import { dateInWords, dayInWords, timeInWords, weekdaysInWords } from "../texts/format.ts";
import { groupTexts, officeTexts } from "../texts/offices.ts";
import { LOCALES, type Language } from "../texts/texts.ts";
import { mapLink } from "./map-link.ts";
import { emergencyUrls } from "../urls.ts";

/** How far ahead rest days are told: as far as people book. */
const HOLIDAYS_AHEAD_DAYS = 56;
const GROUPS_WITH_HOURS = ["documentacion", "registro_civil", "fe_publica", "visas"] as const;

interface FactsProps {
  seen: Seen;
  office: Office;
}

/** Where it is and whom to call; what is not confirmed says what to do instead. */
export function Whereabouts({ seen: { language, network }, office }: FactsProps) {
  const t = officeTexts(language);
  const { address, phone, email, duty_line: duty } = office.publicFacts;
  const rows: SummaryRow[] = [
    {
      key: t("address"),
      value: (
        <>
          {address ? (
            <Told fact={address} office={office} language={language}>
              <span translate="no">
                {address.value.street}
                <br />
                {address.value.city}, {address.value.state} {address.value.postalCode}
              </span>
            </Told>
          ) : (
            <>
              {office.city}, {office.state}
              <br />
              {t("addressUnknown")}
            </>
          )}
          <br />
          <a href={mapLink(office)} rel="noreferrer">
            {t(address ? "map" : "mapArea")}
          </a>{" "}
          <small>{t("mapNote")}</small>
        </>
      ),
    },
    ...(phone
      ? [
          {
            key: t("phone"),
            value: (
              <Told fact={phone} office={office} language={language}>
                <Call phone={phone.value} />
              </Told>
            ),
          },
        ]
      : []),
    {
      key: t("appointmentsLine"),
      value: (
        <>
          <Call phone={network.lines.appointments} /> <small>{t("nationalNote")}</small>
        </>
      ),
    },
    ...(email
      ? [
          {
            key: t("email"),
            value: (
              <Told fact={email} office={office} language={language}>
                <a href={`mailto:${email.value}`}>{email.value}</a>
              </Told>
            ),
          },
        ]
      : []),
    {
      key: t("duty"),
      value: duty ? (
        <Told fact={duty} office={office} language={language}>
          <Call phone={duty.value} />
        </Told>
      ) : (
        t.rich("dutyUnknown", phoneTexts(network.lines.ciam))
      ),
    },
    { key: t("urgent"), value: <a href={emergencyUrls.ask({ office: office.id })(language)}>{t("urgentLink")}</a> },
  ];
  return <SummaryList rows={rows} />;
}

/** When it opens for what, and when it does not. */
export function OpeningHours({ seen, office }: FactsProps) {
  const { language } = seen;
  const t = officeTexts(language);
  const lunch = office.publicFacts.lunch_closing;
  const rest = restDays(seen, office);
  const rows: SummaryRow[] = GROUPS_WITH_HOURS.flatMap((group) => {
    const fact = office.publicFacts[`hours:${group}`];
    return fact
      ? [
          {
            key: groupTexts(language)(group),
            value: (
              <Told fact={fact} office={office} language={language}>
                {hoursInWords(fact.value, language)}
              </Told>
            ),
          },
        ]
      : [];
  });
  if (lunch) {
    const { value } = lunch;
    const words =
      value === "none"
        ? t("lunchNone")
        : t("lunchSpan", { from: timeInWords(value.from, language), to: timeInWords(value.to, language) });
    rows.push({
      key: t("lunch"),
      value: (
        <Told fact={lunch} office={office} language={language}>
          {words}
        </Told>
      ),
    });
  }
  if (rest.length > 0)
    rows.push({
      key: t("holidays"),
      value: (
        <ul>
          {rest.map((day) => (
            <li key={day}>{day}</li>
          ))}
        </ul>
      ),
    });
  const told = GROUPS_WITH_HOURS.some((group) => office.publicFacts[`hours:${group}`]);
  return (
    <>
      {!told && <p>{t("hoursUnknown")}</p>}
      {rows.length > 0 && <SummaryList rows={rows} />}
      <p className="hint">{t("zone", { city: office.shortName[language] })}</p>
    </>
  );
}

/** How to pay, to get there, and what may be brought in. */
export function PayAndTravel({ seen: { language }, office }: FactsProps) {
  const t = officeTexts(language);
  const { payment_means: pay, bus, parking, bring_in: bringIn } = office.publicFacts;
  const bilingual = (key: string, fact: Fact<"bus" | "parking" | "bring_in"> | undefined): SummaryRow[] =>
    fact ? [{ key, value: fact.value[language] }] : [];
  const rows: SummaryRow[] = [
    {
      key: t("pay"),
      value: pay ? (
        <Told fact={pay} office={office} language={language}>
          {new Intl.ListFormat(LOCALES[language], { type: "disjunction" }).format(pay.value.map((one) => t(one)))}
        </Told>
      ) : (
        t("payUnknown")
      ),
    },
    ...bilingual(t("bus"), bus),
    ...bilingual(t("parking"), parking),
    ...bilingual(t("bringIn"), bringIn),
  ];
  return <SummaryList rows={rows} />;
}

/** A fact with how far it can be trusted: invented in a demonstration, or confirmed by the office and when. */
function Told({
  fact,
  office,
  language,
  children,
}: {
  fact: Fact<FactField>;
  office: Office;
  language: Language;
  children: ReactNode;
}) {
  const t = officeTexts(language);
  return (
    <>
      {children}
      {fact.level === "invented" && (
        <>
          {" "}
          <Tag tone="warning">{t("invented")}</Tag>
        </>
      )}
      {fact.level === "confirmed" && fact.confirmedAt && (
        <>
          {" "}
          <small>{t("confirmed", { date: dateInWords(localDateAt(fact.confirmedAt, office.zone), language) })}</small>
        </>
      )}
    </>
  );
}

function hoursInWords(hours: readonly Hours[], language: Language): ReactNode {
  const t = officeTexts(language);
  return hours.map(({ weekdays, opens, closes }, index) => (
    <span key={index}>
      {index > 0 && <br />}
      {t("span", {
        days: weekdaysInWords(weekdays, language),
        from: timeInWords(opens, language),
        to: timeInWords(closes, language),
      })}
    </span>
  ));
}

/** Rest days within the horizon; one that both countries keep is told once. */
function restDays({ network, language, today }: Seen, office: Office): string[] {
  const until = addDays(today, HOLIDAYS_AHEAD_DAYS);
  const years = [...new Set([today, until].map((date) => Number(date.slice(0, 4))))];
  const days = new Map<string, Set<string>>();
  for (const { date, name } of years.flatMap((year) => listHolidays(network, office, year))) {
    if (date < today || date > until) continue;
    const day = dayInWords(date, language, today);
    days.set(day, (days.get(day) ?? new Set()).add(name[language]));
  }
  const list = new Intl.ListFormat(LOCALES[language]);
  return [...days].map(([day, names]) => `${day}: ${list.format(names)}`);
}
