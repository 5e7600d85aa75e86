import type { EmergencyLine } from "../../api/emergencies.ts";
import { useSession } from "../../api/queries.ts";
import { longDate } from "../../parts/format.ts";
import { emergencyTexts } from "../../texts/emergencies.ts";
import { useLanguage, useTexts } from "../../texts/texts.ts";

/** What is proposed or was answered, in one line; undefined while nothing is. */
export function useAnswerWords(one: EmergencyLine): string | undefined {
  const t = useTexts(emergencyTexts);
  const language = useLanguage();
  const { services } = useSession();
  const service = services.find(({ slug }) => slug === one.service)?.name[language] ?? one.service ?? "";
  const day = one.localDate ? longDate(one.localDate, language) : "";
  switch (one.proposal) {
    case "place":
      return t.place(service, one.people ?? 1, day, one.localTime ?? "");
    case "hour":
      return `${t.hour(day, one.localTime ?? "")} · ${t.code(one.id.slice(-4).toUpperCase())}`;
    case "no":
      return t.no(one.reason ? t.reasons[one.reason] : "");
    case null:
      return undefined;
  }
}
