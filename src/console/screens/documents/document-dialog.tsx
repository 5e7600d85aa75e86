import { useState, type FormEvent } from "react";
import { useSession } from "../../api/queries.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { addDays } from "../../parts/format.ts";
import type { ListedDocument } from "../../rules/documents.ts";
import { documentTexts } from "../../texts/documents.ts";
import { useTexts } from "../../texts/texts.ts";

/** A step that wants to know something more. */
export interface Asked {
  readonly action: "spoil" | "return";
  readonly documents: readonly ListedDocument[];
}

interface Props {
  readonly asked: Asked;
  readonly isBusy: boolean;
  readonly save: (change: { number?: string; returnOn?: string }) => void;
  readonly close: () => void;
}

/** Three weeks: fifteen working days, as the right to return lasts. */
const RETURN_DAYS = 21;

export function DocumentDialog({ asked, isBusy, save, close }: Props) {
  const t = useTexts(documentTexts);
  const today = useSession().office!.localDate;
  const [number, setNumber] = useState("");
  const [day, setDay] = useState(addDays(today, RETURN_DAYS));
  const spoils = asked.action === "spoil";
  const isCounted = asked.documents.some(({ blank }) => blank !== null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save(spoils ? (number === "" ? {} : { number }) : { returnOn: day });
  };
  return (
    <Dialog title={spoils ? t.spoilTitle : t.returnTitle} close={close}>
      <form className="stack" onSubmit={submit}>
        <p>{spoils ? t.spoilLead : t.returnLead}</p>
        {spoils ? (
          <label>
            {t.number}
            <input
              value={number}
              required={isCounted}
              maxLength={20}
              autoComplete="off"
              onChange={(event) => setNumber(event.target.value.toUpperCase().replace(/[^A-Z0-9-]/g, ""))}
            />
          </label>
        ) : (
          <label>
            {t.day}
            <input
              type="date"
              required
              min={today}
              value={day}
              onChange={({ target }) => target.value !== "" && setDay(target.value)}
            />
          </label>
        )}
        <button type="submit" className="button primary" disabled={isBusy}>
          {t.save}
        </button>
      </form>
    </Dialog>
  );
}
