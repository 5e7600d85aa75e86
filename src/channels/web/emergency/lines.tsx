import type { Network, Office } from "#modules/offices/index.ts";
import { QuickExit, SummaryList } from "#ui/index.ts";
import { Call } from "../links.tsx";
import { emergencyTexts } from "../texts/emergency.ts";
import { emergencyAskTexts } from "../texts/emergency-ask.ts";
import type { Language } from "../texts/texts.ts";

/** Police, fire and ambulance in the United States and Canada. */
export const EMERGENCY_NUMBER = "911";
/** Nobody who sees it on a screen suspects anything. */
const HARMLESS_PAGE = "https://www.google.com/";

export function SafeExit({ language }: { language: Language }) {
  return <QuickExit href={HARMLESS_PAGE} text={emergencyTexts(language)("exit")} />;
}

/** Who answers at any hour: the line on duty of that office, if it is confirmed, and that of the whole country. */
export function LinesOnDuty({
  office,
  network,
  language,
}: {
  office: Office;
  network: Pick<Network, "lines">;
  language: Language;
}) {
  const t = emergencyAskTexts(language);
  const fact = office.publicFacts.duty_line;
  const duty = fact && fact.level !== "invented" ? fact.value : undefined;
  return (
    <SummaryList
      rows={[
        ...(duty
          ? [{ key: t("duty", { city: office.shortName[language] }), value: <Call phone={duty} />, strong: true }]
          : []),
        { key: t("ciam"), value: <Call phone={network.lines.ciam} />, strong: true },
      ]}
    />
  );
}
