import { SERVED_IN_HUNDRED } from "#kernel/draws.ts";
import type { Wait } from "#modules/allocation/index.ts";
import type { Office } from "#modules/offices/index.ts";
import { requestTexts } from "../texts/request.ts";
import type { Language } from "../texts/texts.ts";

/** Until when at most: the weeks that past draws tell, or that they cannot tell it yet (people.md 10). */
export function waitInWords(wait: Wait | null, office: Office, language: Language): string {
  const t = requestTexts(language);
  const city = office.shortName[language];
  if (wait === null) return t("waitNone", { city });
  const weeks = t("waitWeeks", { n: wait.weeks });
  if (wait.more) return t("waitMore", { city, weeks, left: 100 - SERVED_IN_HUNDRED });
  return t("waitWithin", { city, weeks, served: SERVED_IN_HUNDRED });
}
