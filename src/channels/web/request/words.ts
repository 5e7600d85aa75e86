import type { LocalDate, OfficeId } from "#kernel/ids.ts";
import { localDateAt } from "#kernel/time.ts";
import type { Wish } from "#modules/allocation/index.ts";
import type { Declaration, RequestView } from "#modules/booking/index.ts";
import type { Network } from "#modules/offices/index.ts";
import { BANDS } from "#modules/schedules/index.ts";
import { dateInWords, weekdaysInWords } from "../texts/format.ts";
import { requestTexts } from "../texts/request.ts";
import { LOCALES, type Language } from "../texts/texts.ts";

type Kind = "conjunction" | "disjunction";

export function officesInWords(
  ids: readonly OfficeId[],
  network: Network,
  language: Language,
  type: Kind = "conjunction",
): string {
  const names = ids.flatMap((id) => network.officeById.get(id)?.shortName[language] ?? []);
  return new Intl.ListFormat(LOCALES[language], { type }).format(names);
}

/** `lunes a viernes; temprano y mediodía`. */
export function daysInWords({ weekdays, bands }: Pick<Wish, "weekdays" | "bands">, language: Language): string {
  const t = requestTexts(language);
  const parts = BANDS.filter((band) => bands.includes(band)).map((band) => t(`band_${band}`).toLowerCase());
  return t("whenWords", {
    weekdays: weekdaysInWords(weekdays, language),
    bands: parts.length === BANDS.length ? t("allBands") : new Intl.ListFormat(LOCALES[language]).format(parts),
  });
}

/** `Del 16 de diciembre de 2026 al 8 de enero de 2027`; an open end is said as such. */
export function datesInWords(
  { from, to }: { readonly from: Wish["from"] | null; readonly to: Wish["to"] },
  language: Language,
): string {
  const t = requestTexts(language);
  const say = (date: Wish["from"]): string => dateInWords(date, language);
  if (from !== null && to !== null) return t("untilBoth", { from: say(from), to: say(to) });
  if (from !== null) return t("untilFrom", { from: say(from) });
  return to === null ? t("untilAny") : t("untilTo", { to: say(to) });
}

/** The day from which a request was made for; null when it said as soon as possible on the day it was written. */
export function firstDayWished(
  { wish, changedAt }: Pick<RequestView, "wish" | "changedAt">,
  network: Network,
): LocalDate | null {
  const zone = network.officeById.get(wish.offices[0]!)?.zone ?? "UTC";
  return wish.from <= localDateAt(changedAt, zone) ? null : wish.from;
}

/** The options that were made of the answers, read back as sentences: nobody writes options (people.md 10). */
export function readBack(wish: Wish, network: Network, language: Language): string[] {
  const t = requestTexts(language);
  const names = (ids: readonly OfficeId[], type?: Kind): string => officesInWords(ids, network, language, type);
  const [preferred, ...others] = wish.offices;
  const looks =
    others.length === 0
      ? t("readOnlyOffice", { office: names([preferred!]) })
      : wish.first === "day"
        ? t("readDay", { offices: names(wish.offices, "disjunction") })
        : t("readOffice", { office: names([preferred!]), others: names(others, "disjunction") });
  return wish.orElse.length === 0 ? [looks] : [looks, t("readElse", { offices: names(wish.orElse, "disjunction") })];
}

/** One line for each person who declared something. */
export function claimsInWords(
  declared: readonly Declaration[],
  called: (ordinal: number) => string,
  language: Language,
): string[] {
  const t = requestTexts(language);
  const word = (one: Declaration): string => {
    switch (one.kind) {
      case "pregnancy":
        return t("claimPregnancy");
      case "disability":
        return t("claimDisability");
      case "deadline":
        return t("claimDeadline", { date: dateInWords(one.on, language) });
    }
  };
  const ordinals = [...new Set(declared.map((one) => one.ordinal))].sort();
  return ordinals.map((ordinal) =>
    t("claimWords", {
      name: called(ordinal),
      claims: declared
        .filter((one) => one.ordinal === ordinal)
        .map(word)
        .join(", "),
    }),
  );
}
