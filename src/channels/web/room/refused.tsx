import type { ContactSuspended, WaitAfterCancel } from "#modules/booking/index.ts";
import type { RoomRefusal } from "#modules/room/index.ts";
import { Button, ButtonRow, PageHeading } from "#ui/index.ts";
import { roomTexts } from "../texts/room.ts";
import { refusalTexts } from "../texts/refusals.ts";
import { publicUrls, roomUrls } from "../urls.ts";
import { refusalWords } from "../visit/refusal.tsx";
import { Refused } from "../visit/refused.tsx";
import { show, type Answer } from "../visit/visit.tsx";
import type { InLine } from "./line.tsx";
import { NextWays } from "./standing.tsx";

const CHANGED_MEANWHILE = 409;
const FORBIDDEN = 403;

/** A no of the room: why, and the way on. */
export function refusedPage(visit: InLine, refusal: RoomRefusal | WaitAfterCancel | ContactSuspended): Answer {
  if (refusal.code === "wait_after_cancel" || refusal.code === "contact_suspended") return waitPage(visit, refusal);
  const { language, room } = visit;
  const { code } = refusal;
  const t = roomTexts(language);
  // A page's form names no call, and its room was found: for these there are no words of their own.
  const known = code === "ring_used" || code === "unknown_room" ? "room_over" : code;
  const ended = known === "room_over" || known === "turn_taken";
  return show(visit, {
    title: t(`refused_${known}_title`),
    address: roomUrls.room(room.id),
    status: known === "ticket_not_valid" || known === "ticket_for_others" ? FORBIDDEN : CHANGED_MEANWHILE,
    children: (
      <>
        <PageHeading lead={t(`refused_${known}`)}>{t(`refused_${known}_title`)}</PageHeading>
        {ended ? (
          <NextWays visit={visit} />
        ) : (
          <ButtonRow>
            <Button href={roomUrls.room(room.id)(language)}>{t("backToRoom")}</Button>
          </ButtonRow>
        )}
      </>
    ),
  });
}

/** The contact cancelled a short time ago: told at the door, so that nobody waits for a turn that ends in a no. */
function waitPage(visit: InLine, refusal: WaitAfterCancel | ContactSuspended): Answer {
  const { language, room, office, network } = visit;
  const facts = { phone: network.lines.appointments, called: () => "", office };
  const { title, lines, status } = refusalWords(refusal, language, facts);
  return show(visit, {
    title,
    address: roomUrls.room(room.id),
    status,
    children: (
      <Refused
        title={title}
        lines={lines}
        ways={[{ href: publicUrls.draws(language), text: refusalTexts(language)("seeDraws") }]}
      />
    ),
  });
}
