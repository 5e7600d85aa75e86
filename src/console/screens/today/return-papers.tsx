import { useMutation } from "@tanstack/react-query";
import { useEffect } from "react";
import { createPortal } from "react-dom";
import { useSession } from "../../api/queries.ts";
import { post } from "../../api/request.ts";
import type { Party, ReturnPapers } from "../../api/types.ts";
import { initialsOf } from "#kernel/text.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { longDate } from "../../parts/format.ts";
import { useNotify } from "../../parts/notices.tsx";
import { dayTexts } from "../../texts/day.ts";
import { useLanguage, useTexts } from "../../texts/texts.ts";
import { api } from "../../urls.ts";

type Paper = ReturnPapers["papers"][number];

/** Papers for everybody who stands in the hall and cannot be attended to now; each on a page of its own. */
export function ReturnPapersDialog({ parties, close }: { parties: readonly Party[]; close: () => void }) {
  const t = useTexts(dayTexts);
  const notify = useNotify();
  const { mutate, data } = useMutation({
    mutationFn: () => post<ReturnPapers>(api.returnPapers, { papers: parties.map(({ bookingId }) => ({ bookingId })) }),
    onError: notify.refused,
  });
  // Once, for those who stand in the hall as it is opened.
  useEffect(() => mutate(), [mutate]);
  return (
    <Dialog title={t.papersTitle} close={close}>
      {data && (
        <>
          <p>{t.papersReady(data.papers.length)}</p>
          <Printed papers={data.papers} whose={(id) => initialsOfFirst(parties.find((one) => one.bookingId === id))} />
        </>
      )}
    </Dialog>
  );
}

/** The key that prints, and what it prints: below everything else, and seen on paper alone. */
export function Printed({
  papers,
  whose,
  bring = [],
}: {
  papers: readonly Paper[];
  whose: (bookingId: string) => string;
  /** Names of the papers that were missing. */
  bring?: readonly string[];
}) {
  const t = useTexts(dayTexts);
  return (
    <>
      <button type="button" className="button primary" onClick={() => window.print()}>
        {t.print}
      </button>
      {createPortal(
        <div className="return-papers">
          {papers.map((paper) => (
            <PaperPage key={paper.bookingId} paper={paper} whose={whose(paper.bookingId)} bring={bring} />
          ))}
        </div>,
        document.body,
      )}
    </>
  );
}

function PaperPage({ paper, whose, bring }: { paper: Paper; whose: string; bring: readonly string[] }) {
  const t = useTexts(dayTexts);
  const language = useLanguage();
  const office = useSession().office!;
  return (
    <article className="return-paper">
      <p>{office.name[language]}</p>
      <h2>{t.paperTitle}</h2>
      <p>{t.paperLead}</p>
      <dl>
        {paper.returnFrom < paper.returnUntil && (
          <>
            <dt>{t.paperFrom}</dt>
            <dd>{longDate(paper.returnFrom, language)}</dd>
          </>
        )}
        <dt>{t.paperUntil}</dt>
        <dd>{longDate(paper.returnUntil, language)}</dd>
        <dt>{t.paperFolio}</dt>
        <dd className="mono">{paper.folio}</dd>
        {whose !== "" && (
          <>
            <dt>{t.paperWhose}</dt>
            <dd>{whose}</dd>
          </>
        )}
        {bring.length > 0 && (
          <>
            <dt>{t.paperBring}</dt>
            <dd>{bring.join(", ")}</dd>
          </>
        )}
        <dt>{paper.receipt === null ? t.paperNoReceipt : t.paperReceipt}</dt>
        <dd className="mono">{paper.receipt ?? "________________"}</dd>
      </dl>
      <p>{t.paperDays}</p>
      <p>
        <strong>{t.paperFirst}</strong>
      </p>
      <p>{t.paperFree}</p>
    </article>
  );
}

/** Whose paper it is, in a hall full of them; a paper that is lost names nobody. */
export function initialsOfFirst(party: Pick<Party, "people"> | undefined): string {
  const person = party?.people[0];
  return person ? initialsOf([person.givenNames, person.firstSurname, person.secondSurname]) : "";
}
