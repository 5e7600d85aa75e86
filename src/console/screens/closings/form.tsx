import { useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { officesQuery } from "../../api/queries.ts";
import type { ClosingPreview } from "../../api/types.ts";
import { Cross } from "../../parts/dialog.tsx";
import { OfficeSelect } from "../../parts/office-select.tsx";
import { usePreview } from "../../parts/use-preview.ts";
import { closingTexts } from "../../texts/closings.ts";
import { cutTexts } from "../../texts/cuts.ts";
import { useLanguage, useTexts } from "../../texts/texts.ts";
import { api } from "../../urls.ts";
import { Losses } from "./losses.tsx";

const REASONS = ["storm", "no_system", "other"] as const;
const NOTHING = { officeIds: [] as readonly string[], from: "", to: "" };

/** Which offices and days, and before they are closed, what that takes. */
export function ClosingForm({ changed }: { changed: () => Promise<unknown> }) {
  const t = useTexts(closingTexts);
  const { reasons } = useTexts(cutTexts);
  const language = useLanguage();
  const { data: offices } = useQuery(officesQuery);
  const [asked, setAsked] = useState(NOTHING);
  const [reason, setReason] = useState<(typeof REASONS)[number]>("storm");
  const { shown, title, look, save, forget, isLooking, isSaving } = usePreview<ClosingPreview>({
    preview: api.closingPreview,
    save: api.closings,
    done: t.saved,
    saved: async () => {
      setAsked(NOTHING);
      await changed();
    },
  });
  const change = (some: Partial<typeof NOTHING>) => {
    setAsked({ ...asked, ...some });
    forget();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    look(asked);
  };
  const nameOf = (officeId: string) => offices?.find((one) => one.id === officeId)?.name[language] ?? officeId;
  const without = (officeId: string) => asked.officeIds.filter((one) => one !== officeId);

  return (
    <section className="cut-box" aria-labelledby="closing-form-title">
      <h2 id="closing-form-title">{t.form}</h2>
      <form onSubmit={submit}>
        <div className="cut-fields">
          <label>
            {t.offices}
            <OfficeSelect value="" change={(one) => one !== "" && change({ officeIds: [...without(one), one] })} />
            <small className="soft">{t.officesHelp}</small>
          </label>
          <label>
            {t.from}
            <input
              type="date"
              value={asked.from}
              required
              onChange={({ target }) =>
                change({ from: target.value, to: asked.to < target.value ? target.value : asked.to })
              }
            />
          </label>
          <label>
            {t.to}
            <input
              type="date"
              value={asked.to}
              min={asked.from}
              required
              onChange={({ target }) => change({ to: target.value })}
            />
          </label>
          <label>
            {t.reason}
            <select value={reason} onChange={(event) => setReason(event.target.value as typeof reason)}>
              {REASONS.map((one) => (
                <option key={one} value={one}>
                  {reasons[one]}
                </option>
              ))}
            </select>
          </label>
        </div>
        {asked.officeIds.length === 0 ? (
          <p className="soft">{t.noOffices}</p>
        ) : (
          <ul className="closing-offices">
            {asked.officeIds.map((officeId) => (
              <li key={officeId}>
                {nameOf(officeId)}
                <button
                  type="button"
                  className="button quiet square"
                  aria-label={t.remove(nameOf(officeId))}
                  onClick={() => change({ officeIds: without(officeId) })}
                >
                  <Cross />
                </button>
              </li>
            ))}
          </ul>
        )}
        <button type="submit" className="button primary" disabled={isLooking || asked.officeIds.length === 0}>
          {t.preview}
        </button>
      </form>
      {shown && (
        <div className="cut-preview">
          <h3 ref={title} tabIndex={-1}>
            {t.previewTitle}
          </h3>
          <Losses offices={shown.offices} nameOf={nameOf} />
          <p>{t.nothingCancelled}</p>
          <div className="step-buttons">
            <button
              type="button"
              className="button danger"
              disabled={isSaving}
              onClick={() => save({ ...asked, reason })}
            >
              {t.save(asked.officeIds.length)}
            </button>
            <button type="button" className="button" onClick={forget}>
              {t.cancel}
            </button>
          </div>
        </div>
      )}
    </section>
  );
}
