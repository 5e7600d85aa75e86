import type { WalkInDated, WalkInTurn } from "../../api/walk-ins.ts";
import { useSession } from "../../api/queries.ts";
import { longDate } from "../../parts/format.ts";
import { todayTexts } from "../../texts/today.ts";
import { useLanguage, useTexts } from "../../texts/texts.ts";
import { walkInTexts } from "../../texts/walk-ins.ts";
import { Pictogram } from "#ui/pictogram.tsx";
import { TurnPicture } from "#ui/turn-pictures.tsx";
import "../../styles/card.css";
import "../../styles/walk-ins.css";

export type Given = { readonly turn: WalkInTurn; readonly opensAt: string | null } | { readonly date: WalkInDated };

/** What a family leaves the desk with, as a paper: it prints alone on its page. */
export function Slip({ given, next }: { given: Given; next: () => void }) {
  const t = useTexts(walkInTexts);
  const pictures = useTexts(todayTexts).pictures;
  const language = useLanguage();
  const { office } = useSession();
  const { card } = "turn" in given ? given.turn : given.date;
  return (
    <>
      <section className="paper-card" role="status" aria-label={"turn" in given ? t.turnTitle : t.dateTitle}>
        <strong>
          {"turn" in given ? t.turnTitle : t.dateTitle}
          {office && ` · ${office.name[language]}`}
        </strong>
        {"turn" in given ? (
          <>
            <p className="slip-turn">
              <TurnPicture name={given.turn.picture} />
              <span>
                {pictures[given.turn.picture]} {given.turn.number}
              </span>
            </p>
            <p>{t.people(given.turn.people)}</p>
            <p>{given.turn.byLot && given.opensAt ? t.byLot(given.opensAt) : t.byArrival}</p>
            <p>{t.bound}</p>
          </>
        ) : (
          <p className="slip-turn">{t.come(longDate(given.date.localDate, language), given.date.localTime)}</p>
        )}
        {card && <p>{t.card(card.folio, card.pin)}</p>}
      </section>
      <div className="step-buttons">
        <button type="button" className="button primary" onClick={() => print()} autoFocus>
          <Pictogram name="print" />
          {t.print}
        </button>
        <button type="button" className="button" onClick={next}>
          {t.next}
        </button>
      </div>
    </>
  );
}
