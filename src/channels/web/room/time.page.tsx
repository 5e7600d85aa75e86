import { accept } from "#kernel/outcome.ts";
import { isLocalDate, MINUTE_MS } from "#kernel/time.ts";
import type { LocalDate } from "#kernel/ids.ts";
import { holdInRoom, viewTimes, type BookingRefusal } from "#modules/booking/index.ts";
import { ROOM_HOLD_MS, type RoomRefusal } from "#modules/room/index.ts";
import { listRoomDays } from "#modules/schedules/index.ts";
import { Button, ButtonRow, Form, LinkList, Notice, PageHeading } from "#ui/index.ts";
import { refusalPage } from "../book-appointment/refusals.tsx";
import { chosenStart, TIME_FIELD, Times } from "../choose/times.tsx";
import { chooseTexts } from "../texts/choose.ts";
import { dayInWords } from "../texts/format.ts";
import { roomTexts } from "../texts/room.ts";
import { journeyUrls, roomUrls, withQuery } from "../urls.ts";
import { typedOf } from "../visit/forms.ts";
import { findVisitProblem, needsIn, requestsOf } from "../visit/party.ts";
import { errorsOf, goTo, noErrors, save, show, type Answer, type Route } from "../visit/visit.tsx";
import { dayWords } from "../visit/words.ts";
import { ticketOf, type InLineVisit } from "./line.tsx";
import { refusedPage } from "./refused.tsx";

/** Days that are offered beside the one that is shown. */
const OTHER_DAYS = 8;

/** The hours of the room's places, for whoever's turn it is. */
export const timePage: Route<InLineVisit> = {
  path: "/fila/:sala/hora",

  get(visit) {
    const { place, language, room } = visit;
    const mayChoose = place?.standing.state === "admitted" && !place.turnTaken;
    return mayChoose ? page(visit) : goTo(visit, roomUrls.room(room.id)(language));
  },

  async post(visit) {
    const { ctx, session, draft, network, room, request, language } = visit;
    const typed = typedOf(request.body, [TIME_FIELD, "dia"]);
    const startsAt = chosenStart(typed.hora);
    if (startsAt === undefined || !isLocalDate(typed.dia)) return page(visit, "missing");
    const localDate = typed.dia;
    const applicants = requestsOf(draft, network, localDate);
    const problem = findVisitProblem(applicants, network, localDate);
    if (problem) return refusalPage(visit, problem);
    const wanted = { officeId: room.officeId, localDate, startsAt };
    const outcome = await holdInRoom(ctx, {
      roomId: room.id,
      token: ticketOf(visit, room.id) ?? "",
      contactId: session.contactId!,
      wanted,
      applicants,
    });
    if (!outcome.ok) return refused(visit, outcome.refusal);
    const hold = {
      ...wanted,
      holdId: outcome.value.holdId,
      heldUntil: outcome.value.heldUntil.toISOString(),
      startsAt: startsAt.toISOString(),
      // An hour of the room is not lengthened: somebody waits for it.
      extended: true,
    };
    await save(visit, { ...draft, officeId: room.officeId, localDate, hold });
    return goTo(visit, journeyUrls.review(language));
  },
};

function refused(visit: InLineVisit, refusal: BookingRefusal | RoomRefusal): Answer {
  switch (refusal.code) {
    case "place_taken":
      return page(visit, "taken");
    case "room_not_open":
    case "room_over":
    case "ticket_not_valid":
    case "ticket_for_others":
    case "not_your_turn":
    case "turn_taken":
    case "ring_used":
    case "unknown_room":
      return refusedPage(visit, refusal);
    default:
      return refusalPage(visit, refusal);
  }
}

/** Somebody may have been faster, or no hour was sent: then the hours are shown anew, with what is left. */
async function page(visit: InLineVisit, again?: "taken" | "missing"): Answer {
  const { language, ctx, draft, network, today, session, room, office, request } = visit;
  const t = roomTexts(language);
  const days = await listRoomDays(ctx, office.id, room.serviceGroup);
  const asked = typedOf(request.method === "POST" ? request.body : request.query, ["dia"]).dia;
  const localDate = days.find((day) => day === asked) ?? days[0];
  const applicants = requestsOf(draft, network, localDate ?? today);
  const problem = findVisitProblem(applicants, network, localDate ?? today);
  if (problem) return refusalPage(visit, problem);
  const viewed =
    localDate === undefined
      ? accept([])
      : await viewTimes(ctx, session.contactId!, {
          officeId: office.id,
          localDate,
          needs: needsIn(applicants, network),
          roomOf: room.serviceGroup,
        });
  if (!viewed.ok) return refusalPage(visit, viewed.refusal);
  const offers = viewed.value;
  const missing = errorsOf([{ field: TIME_FIELD, key: "time_missing" }], chooseTexts(language));
  return show(visit, {
    title: t("timeTitle"),
    address: roomUrls.time(room.id),
    back: roomUrls.room(room.id),
    errors: again === "missing" && offers.length > 0 ? missing : noErrors,
    ...(again === "taken" && { status: 409 }),
    children: (
      <>
        <PageHeading
          lead={
            localDate &&
            t("timeLead", {
              day: dayWords(localDate, language, today),
              office: office.name[language],
              city: office.shortName[language],
            })
          }
        >
          {t("timeTitle")}
        </PageHeading>
        {again === "taken" && (
          <Notice tone="warning">
            <p role="alert">{chooseTexts(language)("taken")}</p>
          </Notice>
        )}
        {localDate !== undefined && offers.length > 0 ? (
          <>
            <p>
              {t("turnLead", { minutes: ROOM_HOLD_MS / MINUTE_MS })} {t("turnOnce")}
            </p>
            <Form action={roomUrls.time(room.id)(language)} hidden={{ dia: localDate }}>
              <Times language={language} office={office} offers={offers} />
            </Form>
          </>
        ) : (
          <Notice tone="warning">
            <p>{t("timeNone")}</p>
          </Notice>
        )}
        <OtherDays visit={visit} days={days.filter((day) => day !== localDate)} />
        <ButtonRow>
          <Button tone="secondary" href={roomUrls.room(room.id)(language)}>
            {t("timeBack")}
          </Button>
        </ButtonRow>
      </>
    ),
  });
}

function OtherDays({ visit: { language, room, today }, days }: { visit: InLineVisit; days: readonly LocalDate[] }) {
  if (days.length === 0) return null;
  return (
    <>
      <h2>{roomTexts(language)("timeDays")}</h2>
      <LinkList
        links={days.slice(0, OTHER_DAYS).map((day) => ({
          href: withQuery(roomUrls.time(room.id)(language), { dia: day }),
          text: dayInWords(day, language, today),
        }))}
      />
    </>
  );
}
