import type { FastifyInstance } from "fastify";
import { MINUTE_MS } from "#kernel/time.ts";
import type { Office } from "#modules/offices/index.ts";
import {
  getDoorsToday,
  LOT_WAITS_MINUTES,
  turnCode,
  type DoorToday,
  type PublishedLot,
} from "#modules/visits/index.ts";
import { Details, Notice, PageHeading, SummaryList } from "#ui/index.ts";
import { look, type Seen } from "../public-page.ts";
import { sendPage, type Page, type Web } from "../shell.tsx";
import { doorTexts } from "../texts/door-today.ts";
import { hallTexts } from "../texts/hall.ts";
import { LANGUAGES } from "../texts/texts.ts";
import { publicUrls } from "../urls.ts";
import { hourAt } from "../visit/words.ts";

/** Beyond this nothing is drawn any more: the task that draws runs each minute. */
const NO_LOT_AFTER_MS = (LOT_WAITS_MINUTES + 2) * MINUTE_MS;

/** The door of an office today: the rule in plain words, the lot, and how anybody draws it again. */
export function serveDoorToday(app: FastifyInstance, web: Web): void {
  for (const language of LANGUAGES)
    app.get(publicUrls.officeToday(":id")(language), async (request, reply) => {
      const { id } = request.params as { id: string };
      const [seen, doors] = await Promise.all([look(web, language), getDoorsToday(web.services)]);
      const office = seen.network.officeById.get(id);
      const door = doors.find((one) => one.officeId === id);
      if (!office || !door) return reply.callNotFound();
      return sendPage(web, reply, doorTodayPage(seen, office, door, web.services.clock.now()));
    });
}

function doorTodayPage({ language }: Seen, office: Office, door: DoorToday, now: Date): Page {
  const t = doorTexts(language);
  const city = office.shortName[language];
  return {
    language,
    title: t("title", { city }),
    address: publicUrls.officeToday(office.id),
    back: { href: publicUrls.office(office.id)(language), text: t("back", { city }) },
    children: (
      <>
        <PageHeading caption={office.name[language]} lead={t("lead")}>
          {t("heading")}
        </PageHeading>
        <h2>{t("order")}</h2>
        <Order language={language} office={office} door={door} now={now} />
        <h2>{t("rules")}</h2>
        <ul>
          <li>{t("rulePerson")}</li>
          <li>{t("ruleFirst")}</li>
          <li>{t("ruleFamily")}</li>
          <li>{t("ruleLater")}</li>
        </ul>
      </>
    ),
  };
}

interface PartProps extends Pick<Seen, "language"> {
  office: Office;
  door: DoorToday;
}

function Order({ language, office, door, now }: PartProps & { now: Date }) {
  const t = doorTexts(language);
  const { opensAt, lot } = door;
  if (!opensAt) return <p>{t("closed")}</p>;
  const time = hourAt(opensAt, office, language);
  if (!lot) {
    const since = now.getTime() - opensAt.getTime();
    return <p>{t(since < 0 ? "before" : since < NO_LOT_AFTER_MS ? "soon" : "none", { time })}</p>;
  }
  const pictures = hallTexts(language);
  return (
    <>
      <p>
        {t("drawn", { time, turns: lot.turns.length })}{" "}
        {lot.first === 0 ? t("firstNone") : t("firstSome", { first: lot.first })}
      </p>
      <ol>
        {lot.turns.map((number) => (
          <li key={number}>
            {pictures(`picture_${turnCode(number).picture}`)} {number}
          </li>
        ))}
      </ol>
      {lot.source === "drand" ? <p>{t("drand")}</p> : <Notice tone="warning" title={t("operator")} titleAs="p" />}
      {lot.source === "drand" && <Check language={language} office={office} door={door} lot={lot} />}
    </>
  );
}

function Check({ language, office, door, lot }: PartProps & { lot: PublishedLot }) {
  const t = doorTexts(language);
  return (
    <Details summary={t("check")}>
      <SummaryList
        rows={[
          { key: t("checkRound"), value: String(lot.round) },
          { key: t("checkNumber"), value: <code>{lot.randomness}</code> },
          { key: t("checkSeed"), value: t("checkSeedText", { office: office.id, day: door.localDate }) },
          { key: t("checkTicket"), value: t("checkTicketText") },
          { key: t("checkOrder"), value: t("checkOrderText") },
        ]}
      />
    </Details>
  );
}
