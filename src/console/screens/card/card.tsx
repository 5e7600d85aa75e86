import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useSession } from "../../api/queries.ts";
import { post } from "../../api/request.ts";
import type { Card } from "../../api/types.ts";
import { useNotify } from "../../parts/notices.tsx";
import { cardTexts } from "../../texts/card.ts";
import { shellTexts } from "../../texts/shell.ts";
import { useLanguage, useTexts } from "../../texts/texts.ts";
import { api } from "../../urls.ts";
import { Mark } from "#ui/mark.tsx";
import { Pictogram } from "#ui/pictogram.tsx";
import "../../styles/card.css";

/** Gives a family without telephone its paper card. The PIN is on this screen once and kept nowhere in the browser. */
export function CardScreen() {
  const t = useTexts(cardTexts);
  const notify = useNotify();
  const [card, setCard] = useState<Card>();
  const issue = useMutation({
    mutationFn: () => post<Card>(api.cards),
    gcTime: 0,
    onSuccess: setCard,
    onError: notify.refused,
  });
  const handOver = () => {
    setCard(undefined);
    issue.reset();
    notify.done(t.given);
  };

  return (
    <div className="page narrow">
      <h1>{t.title}</h1>
      <p className="lead">{t.lead}</p>
      {card ? (
        <>
          <p className="door-note warning" role="status">
            <Pictogram name="warning" />
            {t.once}
          </p>
          <PaperCard card={card} />
          <div className="step-buttons">
            <button type="button" className="button primary large" onClick={() => print()} autoFocus>
              <Pictogram name="print" />
              {t.print}
            </button>
            <button type="button" className="button large" onClick={handOver}>
              {t.done}
            </button>
          </div>
        </>
      ) : (
        <>
          <h2>{t.before}</h2>
          <ul className="plain-list">
            <li>{t.ownCard}</li>
            <li>{t.shownOnce}</li>
            <li>{t.thenClose}</li>
          </ul>
          <button
            type="button"
            className="button primary large"
            disabled={issue.isPending}
            onClick={() => issue.mutate()}
          >
            <Pictogram name="paper-card" />
            {issue.isPending ? t.issuing : t.issue}
          </button>
        </>
      )}
    </div>
  );
}

function PaperCard({ card }: { card: Card }) {
  const t = useTexts(cardTexts);
  const shell = useTexts(shellTexts);
  const language = useLanguage();
  const { office } = useSession();
  return (
    <section className="paper-card" aria-label={t.paperTitle}>
      <header>
        <Mark />
        <div>
          <strong>{t.paperTitle}</strong>
          <span>
            {shell.product}
            {office && ` · ${office.name[language]}`}
          </span>
        </div>
      </header>
      <dl>
        <div>
          <dt>{t.folio}</dt>
          <dd>{card.folio}</dd>
        </div>
        <div>
          <dt>{t.pin}</dt>
          <dd>{card.pin}</dd>
        </div>
      </dl>
      <p>{t.paperWhat}</p>
      <p>{t.paperWhere(location.host)}</p>
      <p>{t.paperKeep}</p>
    </section>
  );
}
