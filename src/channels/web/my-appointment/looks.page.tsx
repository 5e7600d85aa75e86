import { listLooks, type Look, type Looks } from "#modules/booking/index.ts";
import { Button, ButtonRow, DataTable, PageHeading } from "#ui/index.ts";
import { phoneTexts } from "../links.tsx";
import { ownDataTexts } from "../texts/own-data.ts";
import { appointmentUrls } from "../urls.ts";
import { show, type Arrival, type Route } from "../visit/visit.tsx";
import { dayWords } from "../visit/words.ts";
import type { Opened } from "./opened.tsx";

/** Who read or changed the file: the position and the office of whoever it was, never the name. */
export const looksPage: Route<Opened> = {
  path: "/mi-cita/:id/expediente",

  async get(opened) {
    const { ctx, view, language } = opened;
    const t = ownDataTexts(language);
    const { looks, more } = await listLooks(ctx, view);
    return show(opened, {
      title: t("looksTitle"),
      address: appointmentUrls.looks(view.id),
      back: appointmentUrls.booking(view.id),
      children: (
        <>
          <PageHeading lead={t("looksLead")}>{t("looksTitle")}</PageHeading>
          <LooksTable looks={looks} more={more} arrival={opened} />
          <ButtonRow>
            <Button tone="secondary" href={appointmentUrls.booking(view.id)(language)}>
              {t("back")}
            </Button>
          </ButtonRow>
        </>
      ),
    });
  },
};

/** The lines, and what they do not tell. */
export function LooksTable({ looks, more, arrival }: Looks & { arrival: Arrival }) {
  const { language, network } = arrival;
  const t = ownDataTexts(language);
  return (
    <>
      {looks.length === 0 ? (
        <p>{t("looksNone")}</p>
      ) : (
        <DataTable
          id="looks"
          caption={t("looksCaption")}
          columns={[{ text: t("when") }, { text: t("who") }, { text: t("what") }]}
          rows={looks.map((look) => lookRow(look, arrival))}
        />
      )}
      {more && <p>{t("looksMore")}</p>}
      <p>{t("looksNoName")}</p>
      <p>{t("looksDayList")}</p>
      <p>{t("looksPhone")}</p>
      <p>{t.rich("looksWrong", phoneTexts(network.lines.appointments))}</p>
    </>
  );
}

function lookRow({ on, part, by, officeId, what, times }: Look, { network, language, today }: Arrival): string[] {
  const t = ownDataTexts(language);
  const who = t(`by_${by}`);
  const office = by === "you" || by === "system" || officeId === null ? undefined : network.officeById.get(officeId);
  return [
    t(`part_${part}`, { day: dayWords(on, language, today) }),
    office ? t("whoAt", { who, office: office.shortName[language] }) : who,
    times === 1 ? t(`what_${what}`) : t("times", { what: t(`what_${what}`), n: times }),
  ];
}
