import { useMutation } from "@tanstack/react-query";
import { post } from "../../api/request.ts";
import type { OfflineView } from "../../api/types.ts";
import { useNotify } from "../../parts/notices.tsx";
import { useServiceName } from "../../parts/services.tsx";
import { offlineTexts } from "../../texts/offline.ts";
import { partyTexts } from "../../texts/party.ts";
import { useTexts } from "../../texts/texts.ts";
import { api } from "../../urls.ts";

type Conflict = OfflineView["conflicts"][number];

/** What the office and a tablet say differently, side by side; one tap decides. */
export function Conflicts({ conflicts, again }: { conflicts: readonly Conflict[]; again: () => void }) {
  const t = useTexts(offlineTexts);
  const notify = useNotify();
  const decide = useMutation({
    mutationFn: ({ id, keep }: { id: string; keep: "office" | "tablet" }) => post(api.conflict(id), { keep }),
    onSuccess: () => notify.done(t.decided),
    onError: notify.refused,
    onSettled: again,
  });
  return (
    <section>
      <h2>{t.decide}</h2>
      {conflicts.length === 0 && <p>{t.nothingToDecide}</p>}
      <ul className="conflicts">
        {conflicts.map((one) => (
          <li key={one.id}>
            <h3>
              {one.name} ···{one.folioTail}
            </h3>
            <p>{one.code in t.differs ? t.differs[one.code as keyof typeof t.differs] : t.differs.other}</p>
            <div className="sides">
              <Side
                title={t.office}
                outcomes={one.recorded}
                label={one.mayTake ? t.keepOffice : t.seen}
                busy={decide.isPending}
                choose={() => decide.mutate({ id: one.id, keep: "office" })}
              />
              <Side
                title={t.tablet(one.tablet)}
                outcomes={one.outcomes}
                label={one.mayTake ? t.keepTablet : undefined}
                busy={decide.isPending}
                choose={() => decide.mutate({ id: one.id, keep: "tablet" })}
              />
            </div>
            {!one.mayTake && one.code === "recorded_otherwise" && <p>{t.final}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}

interface SideProps {
  readonly title: string;
  readonly outcomes: Conflict["outcomes"];
  readonly label: string | undefined;
  readonly busy: boolean;
  readonly choose: () => void;
}

function Side({ title, outcomes, label, busy, choose }: SideProps) {
  const t = useTexts(offlineTexts);
  const party = useTexts(partyTexts);
  const nameOf = useServiceName();
  const words: Readonly<Record<string, string>> = { ...party.missing, ...party.refused };
  return (
    <div className="side">
      <h4>{title}</h4>
      {outcomes.length === 0 && <p>{t.none}</p>}
      <ul>
        {outcomes.map(({ service, code, reason }) => (
          <li key={service}>
            {nameOf(service)}: <strong>{party.codes[code]}</strong>
            {reason !== undefined && ` (${words[reason] ?? reason})`}
          </li>
        ))}
      </ul>
      {label !== undefined && (
        <button type="button" className="button" disabled={busy} onClick={choose}>
          {label}
        </button>
      )}
    </div>
  );
}
