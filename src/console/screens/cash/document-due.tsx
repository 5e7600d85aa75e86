import type { CashParty } from "../../api/types.ts";
import { pictureOf, useServiceName } from "../../parts/services.tsx";
import { centsFor, isFree, money, offersWith, type CashChoice } from "../../rules/cash.ts";
import { cashTexts } from "../../texts/cash.ts";
import { issuingTexts } from "../../texts/issuing.ts";
import { useLanguage, useTexts } from "../../texts/texts.ts";
import { Pictogram } from "#ui/pictogram.tsx";

interface Props {
  readonly document: CashParty["documents"][number];
  readonly whose: string;
  readonly choice: CashChoice;
  readonly choose: (choice: CashChoice) => void;
}

/** More are a slip of the finger; the server refuses them. */
const MOST_COPIES = 20;

/** One document of one person: what it costs and, while that is open, what can be chosen. */
export function DocumentDue({ document, whose, choice, choose }: Props) {
  const t = useTexts(cashTexts);
  const words = useTexts(issuingTexts);
  const language = useLanguage();
  const nameOf = useServiceName();
  const isOpen = document.state === "to_pay";
  const wantsCopies = isOpen || isFree(document);
  const offers = offersWith(document, choice.proofs);
  const discount = offers.find((one) => one.variant === choice.variant)?.discount ?? null;
  const toggle = (id: string) =>
    choose({
      ...choice,
      proofs: choice.proofs.includes(id) ? choice.proofs.filter((one) => one !== id) : [...choice.proofs, id],
    });
  return (
    <fieldset className="due">
      <legend>
        <Pictogram name={pictureOf(document.service)} />
        {nameOf(document.service)} <span className="soft">· {whose}</span>
      </legend>
      <p className="due-state">
        <span className={`doc-state doc-${document.state}`}>{words.states[document.state]}</span>
        <strong>{money(wantsCopies ? centsFor(document, choice) : document.dueCents)}</strong>
      </p>
      {isOpen && offers.length > 1 && (
        <div className="segments" role="radiogroup" aria-label={`${t.validity}: ${whose}`}>
          {offers.map((one) => (
            <label key={one.variant} className="segment">
              <input
                type="radio"
                name={`variant ${document.id}`}
                checked={one.variant === choice.variant}
                onChange={() => choose({ ...choice, variant: one.variant })}
              />
              <span>
                {one.label[language]} · <span className="amount">{money(one.cents)}</span>
              </span>
            </label>
          ))}
        </div>
      )}
      {isOpen && discount !== null && (
        <p className="soft">
          {t.halved}: {words.proofs[discount as keyof typeof words.proofs]}
        </p>
      )}
      {isOpen && document.proofs.length > 0 && (
        <details className="proofs">
          <summary>{t.proofs}</summary>
          {document.proofs.map(({ id, percent }) => (
            <label key={id} className="check">
              <input type="checkbox" checked={choice.proofs.includes(id)} onChange={() => toggle(id)} />
              <span>
                {words.proofs[id]} ({percent > 0 ? `+${percent}` : `−${-percent}`} %)
              </span>
            </label>
          ))}
        </details>
      )}
      {wantsCopies && document.copyCents !== null && (
        <label className="copies">
          {t.copies} ({t.copyPrice(money(document.copyCents))})
          <input
            type="number"
            min={0}
            max={MOST_COPIES}
            value={choice.copies}
            onChange={({ target }) =>
              choose({ ...choice, copies: Math.max(0, Math.min(MOST_COPIES, Math.trunc(Number(target.value)))) })
            }
          />
        </label>
      )}
    </fieldset>
  );
}
