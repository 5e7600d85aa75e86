import { addDays } from "#kernel/time.ts";
import { PERMISSION_DAYS } from "#kernel/limits.ts";
import { getRooms, roomFor } from "#modules/room/index.ts";
import { listDays } from "#modules/schedules/index.ts";
import { Button, ButtonRow, Form, Notice } from "#ui/index.ts";
import { Calendar, daySearch } from "../choose/calendar.tsx";
import { linkTo } from "../links.tsx";
import { beginAsking, groupsAsked, mayAskHere, nextDraw, shareOf } from "../request/asking.ts";
import { chanceAt, ChanceInWords } from "../request/chance.tsx";
import { DrawHours } from "../request/notice.tsx";
import { RoomNotice } from "../room/notice.tsx";
import { chooseTexts } from "../texts/choose.ts";
import { dateInWords, dayInWords } from "../texts/format.ts";
import { requestTexts } from "../texts/request.ts";
import { journeyUrls, withQuery } from "../urls.ts";
import { groupsOf, requestsOf } from "../visit/party.ts";
import type { Answer, Visit } from "../visit/visit.tsx";
import { answer, ask, goToNext, waysOut, type Step } from "./journey.tsx";

/** When, coarsely: exact hours are for a contact that was shown. */
export const dayPage: Step = {
  path: "/cita/dia",
  position: () => ({ step: "day" }),

  async get(visit) {
    const share = shareOf(visit);
    if (share !== "none") return sharedDayPage(visit, share);
    const { language, draft } = visit;
    const t = chooseTexts(language);
    const office = visit.network.officeById.get(draft.officeId!)!;
    return ask(visit, {
      position: { step: "day" },
      title: t("dayTitle"),
      lead: t("dayLead", { office: office.name[language] }),
      wide: true,
      children: (
        <>
          {(draft.people ?? 1) > 1 && <p>{t("dayTogether")}</p>}
          <Permissions visit={visit} />
          {await rooms(visit)}
          {await shortNotice(visit)}
          <Days visit={visit} />
        </>
      ),
    });
  },

  /** Where places can be asked for: begins the request. */
  post(visit) {
    return mayAskHere(visit) ? answer(visit, beginAsking(visit)) : goToNext(visit);
  },
};

/** A waiting room of the office for what the party wants. */
async function rooms({ language, network, draft, today, web, ctx }: Visit) {
  const groups = groupsOf(requestsOf(draft, network, today), network);
  const office = network.officeById.get(draft.officeId!)!;
  const room = roomFor(await getRooms(web.services), office.id, groups);
  return room && <RoomNotice language={language} office={office} room={room} now={ctx.now} />;
}

/** Of an office that gives hours at once: a day of its own that came too late for a race is asked for. */
async function shortNotice(visit: Visit) {
  const { language, drawn, draft, today, ctx } = visit;
  const draw = await nextDraw(visit);
  if (!mayAskHere(visit) || draw === undefined || ctx.now < draw.first.opensAt) return null;
  const t = requestTexts(language);
  const days = groupsAsked(visit).map((group) => drawn.get(draft.officeId!)!.get(group)!);
  const first = days.map(({ from }) => from).toSorted()[0]!;
  const isOnly = days.every(({ from, to }) => from === first && to === first);
  return (
    <Notice title={t("shortTitle")}>
      <p>{t(isOnly ? "shortText" : "shortFirst", { day: dayInWords(first, language, today) })}</p>
      <p>{t("shortHow")}</p>
      <Form action={journeyUrls.day(language)}>
        <ButtonRow>
          <Button tone="secondary">{t("ask")}</Button>
        </ButtonRow>
      </Form>
    </Notice>
  );
}

function Days({ visit }: { visit: Visit }) {
  const { language, network, draft, today, web, request, ctx } = visit;
  const groups = groupsOf(requestsOf(draft, network, today), network);
  return (
    <Calendar
      language={language}
      availability={web.snapshot.current()}
      office={network.officeById.get(draft.officeId!)!}
      groups={groups}
      people={draft.people ?? 1}
      search={daySearch(request.query)}
      today={today}
      action={journeyUrls.day(language)}
      hrefOf={(date) => withQuery(journeyUrls.time(language), { dia: date })}
      otherOffice={journeyUrls.place(language)}
      now={ctx.now}
      phone={network.lines.appointments}
      waysOut={waysOut(visit, groups.length)}
    />
  );
}

/** Where places are shared out there is no calendar to choose from, but for the few that no draw takes. */
async function sharedDayPage(visit: Visit, share: "all" | "some"): Answer {
  const { language, network, draft, today, web, ctx } = visit;
  const t = requestTexts(language);
  const office = network.officeById.get(draft.officeId!)!;
  const groups = groupsOf(requestsOf(draft, network, today), network);
  const draw = await nextDraw(visit);
  const chance = await chanceAt(visit, draw, { office, groups, persons: draft.people ?? 1 });
  const loose = listDays(web.snapshot.current(), office.id, groups).some((day) => day.level !== "none");
  const open = draw !== undefined && draw.first.opensAt <= ctx.now;
  return ask(visit, {
    position: { step: "day" },
    title: t("sharedTitle"),
    lead: share === "all" ? t("sharedLead") : t("sharedPart"),
    children: (
      <>
        {share === "some" ? (
          <p>{t.rich("sharedPartDo", { a: linkTo(journeyUrls.personServices(1)(language)) })}</p>
        ) : (
          <>
            <DrawHours language={language} office={office} draw={draw} now={ctx.now} />
            <ChanceInWords language={language} chance={chance} office={office} />
            {open && (
              <Form action={journeyUrls.day(language)}>
                <ButtonRow>
                  <Button>{t("ask")}</Button>
                  <Button tone="secondary" href={journeyUrls.place(language)}>
                    {chooseTexts(language)("otherOffice")}
                  </Button>
                </ButtonRow>
              </Form>
            )}
          </>
        )}
        {await rooms(visit)}
        {loose && (
          <>
            <h2>{t("loose")}</h2>
            <p>{t("looseLead")}</p>
            <Permissions visit={visit} />
            <Days visit={visit} />
          </>
        )}
      </>
    ),
  });
}

/** Until when a permission that was signed elsewhere is good: the visit must be before. */
function Permissions({ visit: { language, network, draft, today } }: { visit: Visit }) {
  const t = chooseTexts(language);
  const lines = requestsOf(draft, network, today).flatMap((person) =>
    person.parents.flatMap(({ permissionOn }) =>
      permissionOn === undefined
        ? []
        : [
            t("permissionUntil", {
              name: person.givenNames,
              date: dateInWords(addDays(permissionOn, PERMISSION_DAYS), language),
            }),
          ],
    ),
  );
  if (lines.length === 0) return null;
  return (
    <Notice>
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </Notice>
  );
}
