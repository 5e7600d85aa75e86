import type { ApplicantRequest, Parent } from "#modules/booking/index.ts";
import { partyDue, type Office } from "#modules/offices/index.ts";
import type { PublicVenue } from "#modules/schedules/index.ts";
import { SummaryList, type SummaryRow } from "#ui/index.ts";
import { VenueAddress } from "../special-days/venue.tsx";
import { STATE_NAMES } from "../texts/birth-states.ts";
import { dateInWords } from "../texts/format.ts";
import { reviewTexts } from "../texts/review.ts";
import type { Language } from "../texts/texts.ts";
import { visitTexts } from "../texts/visit.ts";
import { journeyUrls, type Address } from "../urls.ts";
import type { DraftHold } from "../visit/draft.ts";
import { fullName, membersOf, requestsOf } from "../visit/party.ts";
import type { Visit } from "../visit/visit.tsx";
import { amountWithYear, dayWords, timeAt } from "../visit/words.ts";

/** All that was answered, each with the way to change it. */
export function Summary({
  visit,
  hold,
  office,
  venue,
}: {
  visit: Visit;
  hold: DraftHold;
  office: Office;
  /** Where they go in place of the office. */
  venue?: PublicVenue | undefined;
}) {
  const { language, network, draft, today, session } = visit;
  const t = reviewTexts(language);
  const change = changer(language);
  const visitRows: SummaryRow[] = [
    {
      key: t("day"),
      value: dayWords(hold.localDate, language, today),
      strong: true,
      change: change(journeyUrls.day, t("aboutDay")),
    },
    {
      key: t("time"),
      value: timeAt(new Date(hold.startsAt), office, language),
      strong: true,
      change: change(journeyUrls.time, t("aboutTime")),
    },
    {
      key: venue ? t("venue") : t("office"),
      value: venue ? <VenueAddress venue={venue} language={language} /> : office.name[language],
      strong: venue !== undefined,
      change: change(journeyUrls.place, t("aboutOffice")),
    },
    { key: t("contact"), value: session.contactKind === "card" ? t("contactCard") : (draft.contact?.masked ?? "") },
    {
      key: t("total"),
      value: amountWithYear(partyDue(membersOf(draft, network, hold.localDate), hold.localDate), language),
    },
  ];
  return (
    <>
      <h2>{t("visit")}</h2>
      <SummaryList rows={visitRows} />
      <PeopleSummary visit={visit} people={requestsOf(draft, network, hold.localDate)} />
    </>
  );
}

/** Every person with what she comes for, each with the way to change it. */
export function PeopleSummary({ visit, people }: { visit: Visit; people: readonly ApplicantRequest[] }) {
  const { language, network } = visit;
  const t = reviewTexts(language);
  const change = changer(language);
  return (
    <>
      {people.map((person, i) => {
        const n = i + 1;
        const name = person.givenNames;
        const place =
          person.bornIn === "NE"
            ? t("bornAbroad")
            : t("bornInMexico", { state: STATE_NAMES[person.bornIn as keyof typeof STATE_NAMES] });
        const rows: SummaryRow[] = [
          {
            key: t("details"),
            value: (
              <>
                {t("born", { date: dateInWords(person.bornOn, language), place })}
                {person.curp !== "" && (
                  <>
                    <br />
                    CURP {person.curp}
                  </>
                )}
                {person.otherName !== "" && (
                  <>
                    <br />
                    {t("otherName", { name: person.otherName })}
                  </>
                )}
              </>
            ),
            change: change(journeyUrls.person(n), t("aboutPerson", { name })),
          },
          {
            key: t("services"),
            value: person.services.map((slug) => network.serviceBySlug.get(slug)?.name[language] ?? slug).join(", "),
            change: change(journeyUrls.personServices(n), t("aboutServices", { name })),
          },
          ...(person.parents.length === 0
            ? []
            : [
                {
                  key: t("parents"),
                  value: person.parents.map((parent) => parentWord(parent, visit)).join(", "),
                  change: change(journeyUrls.personParents(n), t("aboutParents", { name })),
                },
              ]),
        ];
        return (
          <section key={n} aria-label={fullName(person)}>
            <h2>{fullName(person)}</h2>
            <SummaryList rows={rows} />
          </section>
        );
      })}
    </>
  );
}

/** The link beside an answer; `about` is for whoever hears it. */
export function changer(language: Language): (to: Address, about: string) => SummaryRow["change"] {
  return (to, about) => ({ href: to(language), text: visitTexts(language)("change"), about });
}

function parentWord({ part, permissionOn, sheetTo }: Parent, { language }: Visit): string {
  const t = reviewTexts(language);
  const word = t(`parent_${part}`);
  const more = [
    ...(permissionOn === undefined ? [] : [dateInWords(permissionOn, language)]),
    ...(sheetTo === undefined ? [] : [t(`sheet_${sheetTo.kind}`, { address: sheetTo.address })]),
  ];
  return more.length === 0 ? word : `${word} (${more.join("; ")})`;
}
