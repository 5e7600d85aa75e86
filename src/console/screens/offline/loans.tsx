import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { serverNow } from "../../api/clock.ts";
import { useSession } from "../../api/queries.ts";
import { post } from "../../api/request.ts";
import type { OfflineView } from "../../api/types.ts";
import { ConfirmDialog } from "../../parts/confirm-dialog.tsx";
import { clockTime, longDate, shortDate } from "../../parts/format.ts";
import { useNotify } from "../../parts/notices.tsx";
import { offlineTexts } from "../../texts/offline.ts";
import { useLanguage, useTexts } from "../../texts/texts.ts";
import { api } from "../../urls.ts";

/** Which lists are out and since when; one that will not come back is declared lost. */
export function Loans({ loans, again }: { loans: OfflineView["loans"]; again: () => void }) {
  const t = useTexts(offlineTexts);
  const language = useLanguage();
  const notify = useNotify();
  const { may, office } = useSession();
  const [losing, setLosing] = useState<string>();
  const lose = useMutation({
    mutationFn: (id: string) => post(api.loseList(id)),
    onSuccess: () => notify.done(t.lost),
    onError: notify.refused,
    onSettled: () => (setLosing(undefined), again()),
  });
  const timeOf = (at: string) => `${shortDate(at, office!.zone, language)}, ${clockTime(at, office!.zone)}`;
  return (
    <section>
      <h2>{t.out}</h2>
      {loans.length === 0 && <p>{t.noneOut}</p>}
      <ul className="loans">
        {loans.map((one) => (
          <li key={one.id}>
            <p>
              <strong>{one.tablet}</strong> · {longDate(one.localDate, language)} · {t.parties(one.parties)}
            </p>
            {one.mergedAt !== null ? (
              <p>{t.merged(timeOf(one.mergedAt))}</p>
            ) : one.lostAt !== null ? (
              <p>{t.wasLost(timeOf(one.lostAt))}</p>
            ) : (
              <>
                <p>{t.since(one.takenBy, timeOf(one.takenAt))}</p>
                {Date.parse(one.expiresAt) < serverNow() && <p>{t.late}</p>}
                {may.includes("account_for_day") && (
                  <button type="button" className="button" onClick={() => setLosing(one.id)}>
                    {t.lose}
                  </button>
                )}
              </>
            )}
          </li>
        ))}
      </ul>
      {losing !== undefined && (
        <ConfirmDialog
          title={t.lose}
          question={t.loseQuestion}
          cancel={t.cancel}
          isBusy={lose.isPending}
          confirm={() => lose.mutate(losing)}
          close={() => setLosing(undefined)}
        />
      )}
    </section>
  );
}
