import { enterRoom } from "#modules/booking/index.ts";
import { ROOM_HOLD_MS } from "#modules/room/index.ts";
import { MINUTE_MS } from "#kernel/time.ts";
import { Button, ButtonRow, Form, Notice, PageHeading } from "#ui/index.ts";
import { roomTexts } from "../texts/room.ts";
import { journeyUrls, roomUrls } from "../urls.ts";
import { typedOf } from "../visit/forms.ts";
import { peopleOf, requestsOf } from "../visit/party.ts";
import { goTo, save, show, type Answer, type Route } from "../visit/visit.tsx";
import { keepTicket, missingOf, ticketOf, type InLine } from "./line.tsx";
import { groupInSentence, hourOf } from "./notice.tsx";
import { refusedPage } from "./refused.tsx";
import { NextWays, standingPage } from "./standing.tsx";

/** Minutes for which an hour that was chosen is kept. */
export const HOLD_MINUTES = ROOM_HOLD_MS / MINUTE_MS;

/** One address for the whole of it: how to enter, that one is in, how it goes, that it is one's turn, and what comes after. */
export const roomPage: Route<InLine> = {
  path: "/fila/:sala",

  get(visit) {
    const paused = typedOf(visit.request.query, ["pausa"]).pausa !== "";
    if (visit.place !== undefined) return standingPage(visit, visit.place, paused);
    return visit.room.state === "over" ? overPage(visit) : enterPage(visit);
  },

  async post(visit) {
    const { ctx, session, draft, network, today, room, language, reply, web } = visit;
    if (session?.contactId === undefined || missingOf(visit) !== undefined) return enterPage(visit);
    const applicants = requestsOf(draft, network, today);
    const outcome = await enterRoom(ctx, { roomId: room.id, contactId: session.contactId, applicants });
    if (!outcome.ok) return refusedPage(visit, outcome.refusal);
    keepTicket(web.services, reply, room, outcome.value.token, ctx.now);
    await save({ ...visit, session }, { ...draft, officeId: room.officeId });
    return goTo(visit, roomUrls.room(room.id)(language));
  },
};

function enterPage(visit: InLine): Answer {
  const { language, room, office, ctx } = visit;
  const t = roomTexts(language);
  const open = ctx.now.getTime() >= room.opensAt;
  const group = groupInSentence(room.serviceGroup, language);
  const title = t("title", { group });
  return show(visit, {
    title,
    address: roomUrls.room(room.id),
    back: journeyUrls.day,
    children: (
      <>
        <PageHeading
          lead={t(open ? "leadOpen" : "lead", {
            office: office.name[language],
            ...hourOf(room, office, language, ctx.now),
          })}
        >
          {title}
        </PageHeading>
        {ticketOf(visit, room.id) !== undefined && (
          <Notice tone={visit.session?.contactId === undefined ? "success" : "warning"}>
            <p>{t(visit.session?.contactId === undefined ? "stillIn" : "notKept")}</p>
          </Notice>
        )}
        <Enter visit={visit} />
        <h2>{t("howTitle")}</h2>
        <ul>
          <li>{t("how1")}</li>
          <li>{t(open ? "how2Open" : "how2")}</li>
          <li>{t(room.source === "operator" ? "how3Operator" : "how3")}</li>
          <li>{t("how4")}</li>
          <li>{t("how5", { minutes: HOLD_MINUTES })}</li>
          <li>{t("how6")}</li>
        </ul>
      </>
    ),
  });
}

/** The next thing to do: what is missing, or the one button that enters. */
function Enter({ visit }: { visit: InLine }) {
  const { language, room, draft } = visit;
  const t = roomTexts(language);
  const to = (text: string, button: string, href: string) => (
    <>
      <p>{text}</p>
      <ButtonRow>
        <Button href={href}>{button}</Button>
      </ButtonRow>
    </>
  );
  switch (missingOf(visit)) {
    case "people": {
      const begun = visit.session !== undefined && draft.people !== undefined;
      const href = begun ? journeyUrls.people(language) : journeyUrls.start({ office: room.officeId })(language);
      return to(t("needPeople"), t("needPeopleButton"), href);
    }
    case "group":
      return to(
        t("needGroup", { group: groupInSentence(room.serviceGroup, language) }),
        t("needGroupButton"),
        journeyUrls.personServices(1)(language),
      );
    case "contact":
      return to(t("needContact"), t("needContactButton"), roomUrls.contact(room.id)(language));
    case undefined: {
      const names = peopleOf(draft).flatMap((person) => person.details?.givenNames ?? []);
      return (
        <Form action={roomUrls.room(room.id)(language)}>
          <p>{t("ready", { names: new Intl.ListFormat(language === "es" ? "es-MX" : "en-US").format(names) })}</p>
          <ButtonRow>
            <Button>{t("enter")}</Button>
          </ButtonRow>
        </Form>
      );
    }
  }
}

function overPage(visit: InLine): Answer {
  const t = roomTexts(visit.language);
  return show(visit, {
    title: t("overTitle"),
    address: roomUrls.room(visit.room.id),
    children: (
      <>
        <PageHeading lead={t("overLead")}>{t("overTitle")}</PageHeading>
        <NextWays visit={visit} />
      </>
    ),
  });
}
