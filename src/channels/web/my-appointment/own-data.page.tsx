import { formatFolio } from "#kernel/folio.ts";
import { localDateAt } from "#kernel/time.ts";
import {
  listLooks,
  readHeldBeside,
  type ApplicantDetails,
  type BookingView,
  type HeldBeside,
  type Looks,
} from "#modules/booking/index.ts";
import { Button, ButtonRow, PageHeading, SummaryList, type SummaryRow } from "#ui/index.ts";
import { STATE_NAMES } from "../texts/birth-states.ts";
import { dateInWords } from "../texts/format.ts";
import { ownDataTexts } from "../texts/own-data.ts";
import { visitTexts } from "../texts/visit.ts";
import { appointmentUrls } from "../urls.ts";
import { fullName } from "../visit/party.ts";
import { show, type Route } from "../visit/visit.tsx";
import { dayWords, timeAt } from "../visit/words.ts";
import type { Opened } from "./opened.tsx";

/** Everything that is held of the party that this folio opens, to read and to print. */
export const ownDataPage: Route<Opened> = {
  path: "/mi-cita/:id/mis-datos",

  async get(opened) {
    const { ctx, view, language } = opened;
    const t = ownDataTexts(language);
    const beside = await readHeldBeside(ctx, view);
    const day = dateInWords(beside.eraseAfter, language);
    return show(opened, {
      title: t("dataTitle"),
      address: appointmentUrls.ownData(view.id),
      back: appointmentUrls.booking(view.id),
      children: (
        <>
          <PageHeading lead={t("dataLead")}>{t("dataTitle")}</PageHeading>
          <ButtonRow>
            <Button tone="secondary" href={appointmentUrls.ownDataFile(view.id)(language)}>
              {t("dataFile")}
            </Button>
          </ButtonRow>
          <p className="hint no-print">{t("dataCare")}</p>
          {view.applicants.map((person, i) => (
            <section key={i}>
              <h2>{t("person", { n: i + 1, name: fullName(person) })}</h2>
              <SummaryList rows={personRows(person, i + 1, opened)} />
            </section>
          ))}
          <h2>{t("visitTitle")}</h2>
          <SummaryList rows={visitRows(opened)} />
          <Answers opened={opened} />
          <h2>{t("contactTitle")}</h2>
          <SummaryList
            rows={[
              { key: t("contact"), value: contactWords(beside, t) },
              { key: t("messagesCount"), value: `${beside.messages.length}. ${t("messagesNote")}` },
            ]}
          />
          {beside.visit && (
            <>
              <h2>{t("dayTitle")}</h2>
              <SummaryList rows={dayRows(opened, beside.visit, beside.outcomes.length)} />
            </>
          )}
          <h2>{t("otherTitle")}</h2>
          <ul>
            <li>{t("otherClaims")}</li>
            <li>
              {t("otherLooks")} <a href={appointmentUrls.looks(view.id)(language)}>{t("toLooks")}</a>
            </li>
            <li>{t("otherMoney")}</li>
          </ul>
          <p>
            {beside.contact
              ? t("until", { day, contact: dateInWords(beside.contact.eraseAfter, language) })
              : t("untilBooking", { day })}
          </p>
          <p className="no-print">
            <a href={appointmentUrls.erase(view.id)(language)}>{t("toErase")}</a>
          </p>
        </>
      ),
    });
  },
};

/** The same as a file. */
export const ownDataFile: Route<Opened> = {
  path: "/mi-cita/:id/mis-datos.json",

  async get({ ctx, view, reply }) {
    const beside = await readHeldBeside(ctx, view);
    const document = ownDataDocument(view, beside, await listLooks(ctx, view), ctx.now);
    return reply
      .type("application/json; charset=utf-8")
      .header("cache-control", "no-store")
      .header("content-disposition", 'attachment; filename="mis-datos.json"')
      .send(`${JSON.stringify(document, undefined, 2)}\n`);
  },
};

/** Without ids of ours: they say nothing to her, and would to whoever finds the file. */
function ownDataDocument(view: BookingView, beside: HeldBeside, { looks, more }: Looks, now: Date): object {
  const { id: _, contactId: __, folio, appointments, ...booking } = view;
  return {
    format: "ventanilla-own-data/1",
    madeAt: now,
    booking: {
      ...booking,
      folio: formatFolio(folio),
      appointments: appointments.map(({ id: _id, sessionId: _session, ...appointment }) => appointment),
    },
    ...beside,
    looks,
    looksAreAll: !more,
    alsoHeld: [
      "keyed digests of folio, contact and people",
      "audit log under a pseudonym",
      "till records, at the counter",
    ],
  };
}

function personRows(details: ApplicantDetails, ordinal: number, { view, network, language }: Opened): SummaryRow[] {
  const t = ownDataTexts(language);
  const place = details.bornIn === "NE" ? t("abroad") : STATE_NAMES[details.bornIn as keyof typeof STATE_NAMES];
  const services = view.appointments
    .filter((one) => one.ordinal === ordinal)
    .flatMap((one) => one.services.map((slug) => network.serviceBySlug.get(slug)?.name[language] ?? slug));
  const optional: [string, string][] = [
    [t("curp"), details.curp],
    [t("otherName"), details.otherName],
    [
      t("parents"),
      details.parents.map((one) => [t(`parent_${one.part}`), one.sheetTo?.address ?? ""].join(" ")).join(", "),
    ],
    [t("declared"), (details.declared ?? []).map((one) => t(`declared_${one.kind}`)).join(", ")],
  ];
  return [
    { key: t("born"), value: t("bornAt", { date: dateInWords(details.bornOn, language), place }) },
    { key: t("sex"), value: t(`sex_${details.sex}`) },
    { key: t("services"), value: services.join(", ") },
    ...optional.flatMap(([key, value]) => (value === "" ? [] : [{ key, value }])),
  ];
}

function visitRows({ view, network, language }: Opened): SummaryRow[] {
  const t = ownDataTexts(language);
  const office = network.officeById.get(view.officeId)!;
  return [
    { key: t("folio"), value: formatFolio(view.folio) },
    { key: t("day"), value: dayWords(view.localDate, language) },
    { key: t("time"), value: timeAt(view.startsAt, office, language) },
    { key: t("place"), value: office.name[language] },
    { key: t("state"), value: t(`state_${view.state}`) },
    { key: t("made"), value: timeAndDay(view.createdAt, { view, network, language }) },
  ];
}

function Answers({ opened: { view, network, language } }: { opened: Opened }) {
  const t = ownDataTexts(language);
  const words = visitTexts(language);
  const answered = network.checklist.filter((one) => view.checklist[one.id] !== undefined);
  if (answered.length === 0) return null;
  return (
    <>
      <h2>{t("answersTitle")}</h2>
      <SummaryList
        rows={answered.map((one) => ({
          key: one.text[language],
          value: words(view.checklist[one.id] ? "yes" : "no"),
        }))}
      />
    </>
  );
}

function contactWords({ contact }: HeldBeside, t: ReturnType<typeof ownDataTexts>): string {
  return contact?.address ?? t(contact?.kind === "card" ? "contact_card" : "contact_gone");
}

function dayRows(opened: Opened, visit: NonNullable<HeldBeside["visit"]>, outcomes: number): SummaryRow[] {
  const t = ownDataTexts(opened.language);
  return [
    ...(visit.arrivedAt ? [{ key: t("arrived"), value: timeAndDay(visit.arrivedAt, opened) }] : []),
    { key: t("outcomes"), value: String(outcomes) },
  ];
}

function timeAndDay(instant: Date, { view, network, language }: Pick<Opened, "view" | "network" | "language">): string {
  const office = network.officeById.get(view.officeId)!;
  return `${dayWords(localDateAt(instant, office.zone), language)}, ${timeAt(instant, office, language)}`;
}
