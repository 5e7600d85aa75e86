import { kindOf, type Address, type Bilingual, type Hours, type Lunch, type Means } from "../../rules/office-facts.ts";
import { officeFileTexts } from "../../texts/office-file.ts";
import { useLanguage, useTexts } from "../../texts/texts.ts";

/** A field's value as a sentence that somebody can say yes to. */
export function FactValue({ field, value }: { field: string; value: unknown }) {
  const t = useTexts(officeFileTexts);
  const language = useLanguage();
  if (value === null || value === undefined) return <span className="soft">{t.nothing}</span>;
  switch (kindOf(field)) {
    case "address": {
      const { street, city, state, postalCode } = value as Address;
      return <>{`${street}, ${city}, ${state} ${postalCode}`}</>;
    }
    case "phone":
    case "email":
      return <>{value as string}</>;
    case "hours": {
      const lines = value as Hours[];
      if (lines.length === 0) return <>{t.noHours}</>;
      return (
        <>
          {lines.map((hours, index) => (
            <span key={index} className="hours-text">
              {daysText(hours.weekdays, (day) => t.weekdayNames[`d${day as 1}`])} {hours.opens}–{hours.closes}
            </span>
          ))}
        </>
      );
    }
    case "means":
      return <>{(value as Means[]).map((means) => t.means[means]).join(", ")}</>;
    case "lunch": {
      const lunch = value as Lunch;
      return <>{lunch === "none" ? t.noLunch : `${lunch.from}–${lunch.to}`}</>;
    }
    case "text":
      return <>{(value as Bilingual)[language]}</>;
  }
}

/** `lunes a viernes`, or the days one by one when they do not follow each other. */
function daysText(days: readonly number[], nameOf: (day: number) => string): string {
  const follow = days.length > 2 && days.every((day, index) => index === 0 || day === days[index - 1]! + 1);
  return follow ? `${nameOf(days[0]!)} – ${nameOf(days.at(-1)!)}` : days.map(nameOf).join(", ");
}
