import type { PublishedDraw } from "#modules/allocation/index.ts";
import { DataTable, Details, SummaryList } from "#ui/index.ts";
import type { Seen } from "../public-page.ts";
import { drawTexts } from "../texts/draws.ts";
import { LOCALES } from "../texts/texts.ts";

/** Rows of one table; the rest stands in the file, which a page of this size would only repeat. */
const MOST_ROWS = 120;
const HUNDRED = 100;

interface NumbersProps {
  readonly seen: Seen;
  readonly published: PublishedDraw;
}

/** What may be told of a draw in numbers: first at the lock, then with the result, never while requests come in. */
export function DrawNumbers({ seen, published }: NumbersProps) {
  const { language } = seen;
  const t = drawTexts(language);
  const { manifest, result, places } = published;
  if (!manifest) return <p>{t("numbersLater")}</p>;
  const number = (count: number): string => count.toLocaleString(LOCALES[language]);
  const all = places.reduce((sum, one) => sum + one.places, 0);
  return (
    <>
      <SummaryList
        rows={[
          { key: t("requests"), value: number(manifest.count) },
          { key: t("people"), value: number(manifest.persons) },
          ...(result
            ? [
                { key: t("served"), value: number(result.served), strong: true },
                { key: t("waiting"), value: number(result.waiting) },
                {
                  key: t("places"),
                  value: t("placesOf", { given: number(published.given), places: number(all) }),
                },
              ]
            : []),
        ]}
      />
      {result && <p>{t("placeNote")}</p>}
      {places.length > 0 && <ByOffice seen={seen} published={published} />}
      {manifest.counts.length > 0 && <Counts seen={seen} published={published} />}
    </>
  );
}

function ByOffice({ seen: { language, network }, published: { places, households } }: NumbersProps) {
  const t = drawTexts(language);
  const name = (id: string): string => network.officeById.get(id)?.shortName[language] ?? id;
  const resultOf = new Map(households.map((one) => [one.office, one]));
  const share = (office: string): string => {
    const found = resultOf.get(office);
    if (!found) return t("small");
    const all = found.served + found.waiting;
    return t("share", { served: found.served, all, percent: Math.round((HUNDRED * found.served) / all) });
  };
  const offices = places.filter((one) => one.places > 0 || resultOf.has(one.office));
  return (
    <>
      <DataTable
        id="offices"
        caption={t("officeTitle")}
        columns={[{ text: t("colOffice") }, { text: t("colPlaces") }, { text: t("colShare"), numeric: true }]}
        rows={offices
          .slice(0, MOST_ROWS)
          .map((one) => [
            name(one.office),
            t("placesOf", { given: one.given ?? t("small"), places: one.places }),
            share(one.office),
          ])}
      />
      <p>
        {t("shareNote")} {t("smallNote")}
      </p>
    </>
  );
}

/** As the signed manifest has them: small numbers were left out before anybody signed. */
function Counts({ seen: { language, network }, published }: NumbersProps) {
  const t = drawTexts(language);
  const counts = published.manifest!.counts;
  return (
    <Details summary={t("countsTitle")}>
      <DataTable
        id="counts"
        caption={t("countsTitle")}
        columns={[
          { text: t("colOffice") },
          { text: t("colTier") },
          { text: t("colChannel") },
          { text: t("colRequests"), numeric: true },
        ]}
        rows={counts
          .slice(0, MOST_ROWS)
          .map(({ office, tier, channel, entries }) => [
            network.officeById.get(office)?.shortName[language] ?? office,
            t(`tier_${tier}`),
            isChannel(channel) ? t(`channel_${channel}`) : channel,
            entries,
          ])}
      />
      <p>
        {t("smallNote")} {counts.length > MOST_ROWS && t("countsMore")}
      </p>
    </Details>
  );
}

const CHANNELS = ["web", "api", "whatsapp", "phone", "counter", "console", "system"] as const;

function isChannel(name: string): name is (typeof CHANNELS)[number] {
  return (CHANNELS as readonly string[]).includes(name);
}
