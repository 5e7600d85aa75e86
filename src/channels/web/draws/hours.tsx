import { localDateAt, localTimeAt } from "#kernel/time.ts";
import { DRAW_ZONE } from "#modules/allocation/index.ts";
import type { Network } from "#modules/offices/index.ts";
import { DataTable, Details } from "#ui/index.ts";
import { drawTexts } from "../texts/draws.ts";
import { dateInWords, dayInWords, timeInWords } from "../texts/format.ts";
import { LOCALES, type Language } from "../texts/texts.ts";

/** `domingo, 29 de noviembre, 8:00 p. m.`, on the clock of the draws unless another is given. */
export function momentInWords(at: Date, language: Language, now: Date, zone = DRAW_ZONE): string {
  const day = dayInWords(localDateAt(at, zone), language, localDateAt(now, zone));
  return `${day}, ${timeInWords(localTimeAt(at, zone), language)}`;
}

/** The day by which a draw is called: that of its lock. */
export function drawDay({ locksAt }: { readonly locksAt: Date }, language: Language): string {
  return dateInWords(localDateAt(locksAt, DRAW_ZONE), language);
}

interface ZoneHoursProps {
  readonly language: Language;
  readonly network: Network;
  readonly locksAt: Date;
  readonly drawsAt: Date;
  readonly now: Date;
}

/** One instant for the whole network, told on every clock that its offices live by. */
export function ZoneHours({ language, network, locksAt, drawsAt, now }: ZoneHoursProps) {
  const t = drawTexts(language);
  const zones = new Map<string, string>();
  for (const { zone } of network.offices) {
    const name = zoneName(zone, locksAt, language);
    if (!zones.has(name)) zones.set(name, zone);
  }
  const rows = [...zones]
    .sort(([, a], [, b]) => localTimeAt(locksAt, a).localeCompare(localTimeAt(locksAt, b)))
    .map(([name, zone]) => [
      name,
      momentInWords(locksAt, language, now, zone),
      momentInWords(drawsAt, language, now, zone),
    ]);
  return (
    <Details summary={t("zones")}>
      <DataTable
        id="zones"
        caption={t("zones")}
        columns={[{ text: t("colZone") }, { text: t("colCloses") }, { text: t("colResult") }]}
        rows={rows}
      />
    </Details>
  );
}

/** `hora del Pacífico`, the same for all places that keep it. */
function zoneName(zone: string, at: Date, language: Language): string {
  const parts = new Intl.DateTimeFormat(LOCALES[language], { timeZone: zone, timeZoneName: "longGeneric" });
  return parts.formatToParts(at).find(({ type }) => type === "timeZoneName")?.value ?? zone;
}
