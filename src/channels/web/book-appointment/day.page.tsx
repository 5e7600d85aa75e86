import { addDays } from "#kernel/time.ts";
import { PERMISSION_DAYS } from "#kernel/limits.ts";
import { getRooms, roomFor } from "#modules/room/index.ts";
import { Notice } from "#ui/index.ts";
import { Calendar, daySearch } from "../choose/calendar.tsx";
import { RoomNotice } from "../room/notice.tsx";
import { chooseTexts } from "../texts/choose.ts";
import { dateInWords } from "../texts/format.ts";
import { journeyUrls, withQuery } from "../urls.ts";
import { groupsOf, requestsOf } from "../visit/party.ts";
import type { Visit } from "../visit/visit.tsx";
import { ask, waysOut, type Step } from "./journey.tsx";

/** When, coarsely: exact hours are for a contact that was shown. */
export const dayPage: Step = {
  path: "/cita/dia",
  position: () => ({ step: "day" }),

  async get(visit) {
    const { language, network, draft, today, web, request, ctx } = visit;
    const t = chooseTexts(language);
    const groups = groupsOf(requestsOf(draft, network, today), network);
    const office = network.officeById.get(draft.officeId!)!;
    const action = journeyUrls.day(language);
    const room = roomFor(await getRooms(web.services), office.id, groups);
    return ask(visit, {
      position: { step: "day" },
      title: t("dayTitle"),
      lead: t("dayLead", { office: office.name[language] }),
      wide: true,
      children: (
        <>
          {(draft.people ?? 1) > 1 && <p>{t("dayTogether")}</p>}
          <Permissions visit={visit} />
          {room && <RoomNotice language={language} office={office} room={room} now={ctx.now} />}
          <Calendar
            language={language}
            availability={web.snapshot.current()}
            office={office}
            groups={groups}
            people={draft.people ?? 1}
            search={daySearch(request.query)}
            today={today}
            action={action}
            hrefOf={(date) => withQuery(journeyUrls.time(language), { dia: date })}
            otherOffice={journeyUrls.place(language)}
            now={ctx.now}
            phone={network.lines.appointments}
            waysOut={waysOut(visit, groups.length)}
          />
        </>
      ),
    });
  },
};

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
