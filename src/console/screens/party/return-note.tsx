import { useMutation } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { post } from "../../api/request.ts";
import type { MissingDocument, PartyFile, ReturnPapers } from "../../api/types.ts";
import { longDate } from "../../parts/format.ts";
import { useNotify } from "../../parts/notices.tsx";
import { dayTexts } from "../../texts/day.ts";
import { partyTexts } from "../../texts/party.ts";
import { useLanguage, useTexts } from "../../texts/texts.ts";
import { api } from "../../urls.ts";
import { Pictogram } from "#ui/pictogram.tsx";
import { initialsOfFirst, Printed } from "../today/return-papers.tsx";

interface Props {
  readonly file: PartyFile;
  readonly today: string;
  readonly busy: boolean;
  /** Given where the party is of another day and may be received. */
  readonly receive: (() => void) | undefined;
}

/** A party that may come back: until when, its paper, and on another day the key that receives it. */
export function ReturnNote({ file, today, busy, receive }: Props) {
  const t = useTexts(dayTexts);
  const words = useTexts(partyTexts);
  const language = useLanguage();
  const notify = useNotify();
  const [receipt, setReceipt] = useState("");
  const print = useMutation({
    mutationFn: () =>
      post<ReturnPapers>(api.returnPapers, {
        papers: [{ bookingId: file.bookingId, ...(receipt === "" ? {} : { receipt }) }],
      }),
    onError: notify.refused,
  });
  const until = file.returnUntil;
  if (until === null || file.state !== "active") return null;
  const isOver = until < today;
  const missing = file.appointments.flatMap(({ outcomes }) =>
    outcomes.flatMap(({ code, reason }) =>
      code === "missing_document" && reason !== null ? [words.missing[reason as MissingDocument]] : [],
    ),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    print.mutate();
  };
  return (
    <section className="return-note">
      <p>
        <Pictogram name="calendar" />
        <span>{isOver ? t.rightOver(longDate(until, language)) : t.right(longDate(until, language))}</span>
      </p>
      {!isOver && receive && (
        <button type="button" className="button primary" disabled={busy} onClick={receive}>
          {t.receive}
        </button>
      )}
      {!isOver && (
        <form className="inline-form" onSubmit={submit}>
          <label>
            {t.receipt}
            <input
              value={receipt}
              maxLength={20}
              pattern="[A-Z0-9\-]+"
              title={t.receiptHelp}
              autoComplete="off"
              onChange={(event) => setReceipt(event.target.value.toUpperCase())}
            />
          </label>
          <button type="submit" className="button" disabled={print.isPending}>
            {t.printPaper}
          </button>
        </form>
      )}
      {print.data && <Printed papers={print.data.papers} whose={() => initialsOfFirst(file)} bring={missing} />}
    </section>
  );
}
