import { useState, type FormEvent } from "react";
import type { OpenedAdvert } from "../../api/adverts.ts";
import { shortDate } from "../../parts/format.ts";
import { advertTexts } from "../../texts/adverts.ts";
import { useLanguage, useTexts } from "../../texts/texts.ts";
import { advertApi } from "../../urls.ts";
import { useAdvertStep } from "./use-advert-step.ts";

const NOTHING = { boughtAt: "", price: "", folio: "" };
const CENTS = 100;

/** What was bought to see how it is sold: who, when, for how much and which folio, seen by two. */
export function Purchases({ one }: { one: OpenedAdvert }) {
  const t = useTexts(advertTexts);
  const language = useLanguage();
  const step = useAdvertStep(one.id);
  const [typed, setTyped] = useState(NOTHING);
  // The same until it was taken: pressed twice, or sent again after a lost answer, it is one.
  const [id, setId] = useState(() => crypto.randomUUID());
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const body = {
      id,
      boughtAt: new Date(typed.boughtAt).toISOString(),
      priceCents: Math.round(Number(typed.price) * CENTS),
      folio: typed.folio,
    };
    step.mutate(
      { url: advertApi.step(one.id, "purchases"), body, done: t.recorded },
      {
        onSuccess: () => {
          setTyped(NOTHING);
          setId(crypto.randomUUID());
        },
      },
    );
  };
  return (
    <section>
      <h3>{t.purchases}</h3>
      <p className="soft">{t.purchasesHelp}</p>
      {one.purchases.map((bought) => (
        <p key={bought.id}>
          {t.bought(shortDate(bought.boughtAt, timeZone, language), `$${(bought.priceCents / CENTS).toFixed(2)}`)},{" "}
          {bought.folioTail === null ? t.noFolio : t.folioTail(bought.folioTail)}.{" "}
          {bought.witnessed ? (
            <span className="tag">{t.witnessed}</span>
          ) : bought.mine ? (
            <span className="soft">{t.ownPurchase}</span>
          ) : (
            <button
              type="button"
              className="button small"
              disabled={step.isPending}
              onClick={() => step.mutate({ url: advertApi.witness(one.id, bought.id), body: {}, done: t.moved })}
            >
              {t.witness}
            </button>
          )}
        </p>
      ))}
      <form className="advert-form" onSubmit={submit}>
        <label>
          {t.boughtOn}
          <input
            type="datetime-local"
            required
            value={typed.boughtAt}
            onChange={({ target }) => setTyped({ ...typed, boughtAt: target.value })}
          />
        </label>
        <label>
          {t.price}
          <input
            type="number"
            min="0"
            max="10000"
            step="0.01"
            required
            value={typed.price}
            onChange={({ target }) => setTyped({ ...typed, price: target.value })}
          />
        </label>
        <label>
          {t.folio}
          <input
            type="text"
            maxLength={40}
            autoComplete="off"
            value={typed.folio}
            onChange={({ target }) => setTyped({ ...typed, folio: target.value })}
          />
        </label>
        <button type="submit" className="button" disabled={step.isPending}>
          {t.record}
        </button>
      </form>
    </section>
  );
}
