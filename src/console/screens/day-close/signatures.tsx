import { useMutation, useQueryClient } from "@tanstack/react-query";
import { dayCloseQuery } from "../../api/issuing-queries.ts";
import { useSession } from "../../api/queries.ts";
import { post } from "../../api/request.ts";
import type { ClosingAnswer } from "../../api/types.ts";
import { clockTime, shortDate } from "../../parts/format.ts";
import { useNotify } from "../../parts/notices.tsx";
import { dayCloseTexts } from "../../texts/day-close.ts";
import { useLanguage, useTexts } from "../../texts/texts.ts";
import { api } from "../../urls.ts";
import { Pictogram } from "#ui/pictogram.tsx";

/** Two who signed: from then on nothing on the page changes. */
const BOTH = 2;

/** Who signed these very figures, and the key that signs them. */
export function Signatures({ closing }: { closing: ClosingAnswer }) {
  const t = useTexts(dayCloseTexts);
  const language = useLanguage();
  const { office } = useSession();
  const notify = useNotify();
  const client = useQueryClient();
  const { page, digest, signatures, changedSince } = closing;
  const query = dayCloseQuery(page.localDate).queryKey;
  const sign = useMutation({
    mutationFn: () => post<ClosingAnswer>(api.signDay, { on: page.localDate, digest }),
    onSuccess: (signed) => {
      client.setQueryData(query, signed);
      notify.done(t.done);
    },
    onError: (error) => {
      notify.refused(error);
      void client.invalidateQueries({ queryKey: query });
    },
  });
  const [first] = signatures;
  return (
    <section className="report" aria-labelledby="close-signatures">
      <h2 id="close-signatures">{t.signatures}</h2>
      {changedSince && (
        <p className="door-note warning">
          <Pictogram name="warning" />
          {t.changedSince(changedSince.name)}
        </p>
      )}
      <p>{signatures.length >= BOTH ? t.signedBoth : first ? t.signSecond(first.name) : t.signFirst}</p>
      <ol className="signatures">
        {signatures.map(({ name, at }) => (
          <li key={at}>{t.signed(name, `${shortDate(at, office!.zone, language)} ${clockTime(at, office!.zone)}`)}</li>
        ))}
        {Array.from({ length: BOTH - signatures.length }, (_, i) => (
          <li key={i} className="print-only">
            {t.unsigned}
          </li>
        ))}
      </ol>
      {signatures.length < BOTH && (
        <button type="button" className="button primary large" disabled={sign.isPending} onClick={() => sign.mutate()}>
          {t.sign}
        </button>
      )}
    </section>
  );
}
