import type { LocalDate } from "#kernel/ids.ts";
import { localDateAt } from "#kernel/time.ts";
import type { Office } from "#modules/offices/index.ts";
import type { LiveRoom } from "#modules/room/index.ts";
import { Button, ButtonRow, Notice } from "#ui/index.ts";
import { dayInWords } from "../texts/format.ts";
import { groupTexts } from "../texts/offices.ts";
import { roomTexts } from "../texts/room.ts";
import type { Language } from "../texts/texts.ts";
import { roomUrls } from "../urls.ts";
import { timeAt } from "../visit/words.ts";

interface RoomNoticeProps {
  readonly language: Language;
  readonly office: Office;
  readonly room: LiveRoom;
  readonly now: Date;
}

/** That places return here at a known hour, and that coming first is no advantage. */
export function RoomNotice({ language, office, room, now }: RoomNoticeProps) {
  const t = roomTexts(language);
  const open = now.getTime() >= room.opensAt;
  const group = groupInSentence(room.serviceGroup, language);
  return (
    <Notice tone="success" title={t(open ? "noticeOpenTitle" : "noticeTitle", hourOf(room, office, language, now))}>
      <p>{t(open ? "noticeOpenText" : "noticeText", { group })}</p>
      <ButtonRow>
        <Button href={roomUrls.room(room.id)(language)}>{t("noticeLink")}</Button>
      </ButtonRow>
    </Notice>
  );
}

/** The same in one line, on an office's card in a list. */
export function RoomLink({
  language,
  office,
  room,
  today,
}: Omit<RoomNoticeProps, "now"> & { readonly today: LocalDate }) {
  const t = roomTexts(language);
  return (
    <p>
      <a href={roomUrls.room(room.id)(language)}>
        {t(room.state === "open" ? "cardOpen" : "card", hourOn(room, office, language, today))}
      </a>
    </p>
  );
}

/** When it opens, on the office's own clock. */
export function hourOf(
  { opensAt }: Pick<LiveRoom, "opensAt">,
  office: Office,
  language: Language,
  now: Date,
): { readonly day: string; readonly time: string } {
  return hourOn({ opensAt }, office, language, localDateAt(now, office.zone));
}

function hourOn({ opensAt }: Pick<LiveRoom, "opensAt">, office: Office, language: Language, today: LocalDate) {
  const at = new Date(opensAt);
  return { day: dayInWords(localDateAt(at, office.zone), language, today), time: timeAt(at, office, language) };
}

/** A group's name inside a sentence. */
export function groupInSentence(group: LiveRoom["serviceGroup"], language: Language): string {
  const name = groupTexts(language)(group);
  return name.charAt(0).toLowerCase() + name.slice(1);
}
