import { useQuery } from "@tanstack/react-query";
import { requirementsQuery } from "../../api/queries.ts";
import type { PartyFile } from "../../api/types.ts";
import { useServiceName } from "../../parts/services.tsx";
import { partyTexts } from "../../texts/party.ts";
import { useLanguage, useTexts } from "../../texts/texts.ts";
import { Pictogram } from "#ui/pictogram.tsx";

/** What the family answered before it came, the doubtful first, and what it was asked to bring. */
export function Papers({ checklist, services }: { checklist: PartyFile["checklist"]; services: readonly string[] }) {
  const t = useTexts(partyTexts);
  const language = useLanguage();
  const nameOf = useServiceName();
  const { data: requirements } = useQuery(requirementsQuery);
  const answers = [...checklist].sort((a, b) => Number(b.flagged) - Number(a.flagged));
  const asked = services.filter((slug) => requirements?.get(slug)?.length);

  return (
    <>
      {answers.length > 0 && (
        <section className="answers">
          <h3>{t.checklist}</h3>
          <ul>
            {answers.map(({ id, text, answer, flagged }) => (
              <li key={id} data-flagged={flagged || undefined}>
                <Pictogram name={flagged ? "warning" : "check"} />
                <span>{text[language]}</span>
                <strong>{answer ? t.yes : t.no}</strong>
                {flagged && <span className="hidden">{t.look}</span>}
              </li>
            ))}
          </ul>
        </section>
      )}
      {asked.length > 0 && (
        <details className="papers">
          <summary>{t.papers}</summary>
          {asked.map((slug) => (
            <div key={slug}>
              <h4>{nameOf(slug)}</h4>
              <ul>
                {requirements!.get(slug)!.map((text) => (
                  <li key={text.es}>{text[language]}</li>
                ))}
              </ul>
            </div>
          ))}
        </details>
      )}
    </>
  );
}
