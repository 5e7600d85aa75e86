import type { RoomRefusal } from "#modules/room/index.ts";
import { Button, ButtonRow, PageHeading } from "#ui/index.ts";
import { roomTexts } from "../texts/room.ts";
import { roomUrls } from "../urls.ts";
import { show, type Answer } from "../visit/visit.tsx";
import type { InLine } from "./line.tsx";
import { NextWays } from "./standing.tsx";

const CHANGED_MEANWHILE = 409;
const FORBIDDEN = 403;

/** A no of the room: why, and the way on. */
export function refusedPage(visit: InLine, { code }: RoomRefusal): Answer {
  const { language, room } = visit;
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
