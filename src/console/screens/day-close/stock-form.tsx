import { useMutation } from "@tanstack/react-query";
import { useMemo, useState, type FormEvent } from "react";
import { useReadDesk } from "../../api/issuing-queries.ts";
import { post } from "../../api/request.ts";
import type { BlanksLeft } from "../../api/types.ts";
import { useNotify } from "../../parts/notices.tsx";
import { dayCloseTexts } from "../../texts/day-close.ts";
import { issuingTexts } from "../../texts/issuing.ts";
import { useTexts } from "../../texts/texts.ts";
import { api } from "../../urls.ts";

const BLANKS = ["booklet", "card"] as const;
const MOVEMENTS = ["received", "counted", "spoiled"] as const;

/** What came, what was counted, and a blank that was found spoiled: for whoever runs the office. */
export function StockForm() {
  const t = useTexts(dayCloseTexts);
  const words = useTexts(issuingTexts);
  const notify = useNotify();
  const readDesk = useReadDesk();
  const [blank, setBlank] = useState<(typeof BLANKS)[number]>("booklet");
  const [movement, setMovement] = useState<(typeof MOVEMENTS)[number]>("received");
  const [pieces, setPieces] = useState("");
  const [number, setNumber] = useState("");
  // Sent again as it is, it is the same report; with anything changed it is another.
  const id = useMemo(() => crypto.randomUUID(), [blank, movement, pieces, number]);
  const report = useMutation({
    mutationFn: () =>
      post<BlanksLeft>(api.blanks, {
        id,
        blank,
        movement,
        ...(movement === "spoiled" ? { number } : { quantity: Number(pieces) }),
      }),
    onSuccess: (left) => {
      setPieces("");
      setNumber("");
      notify.done(t.saved(left.pieces));
    },
    onError: notify.refused,
    onSettled: () => void readDesk(),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    report.mutate();
  };
  return (
    <section className="report stock-form" aria-labelledby="close-stock">
      <h2 id="close-stock">{t.stock}</h2>
      <form className="inline-form" onSubmit={submit}>
        <label>
          {t.blank}
          <select value={blank} onChange={(event) => setBlank(event.target.value as typeof blank)}>
            {BLANKS.map((one) => (
              <option key={one} value={one}>
                {words.blanks[one]}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t.movement}
          <select value={movement} onChange={(event) => setMovement(event.target.value as typeof movement)}>
            {MOVEMENTS.map((one) => (
              <option key={one} value={one}>
                {t.movements[one]}
              </option>
            ))}
          </select>
        </label>
        {movement === "spoiled" ? (
          <label>
            {t.number}
            <input
              value={number}
              required
              maxLength={20}
              autoComplete="off"
              onChange={(event) => setNumber(event.target.value.toUpperCase().replace(/[^A-Z0-9-]/g, ""))}
            />
          </label>
        ) : (
          <label>
            {t.pieces}
            <input
              type="number"
              required
              min={movement === "received" ? 1 : 0}
              max={20_000}
              value={pieces}
              onChange={(event) => setPieces(event.target.value)}
            />
          </label>
        )}
        <button type="submit" className="button" disabled={report.isPending}>
          {t.save}
        </button>
      </form>
    </section>
  );
}
