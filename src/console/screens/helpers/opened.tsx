import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { HELPERS, openedHelperQuery, type HelperEnrolment, type OpenedHelper } from "../../api/helpers.ts";
import { post } from "../../api/request.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { Failed, Loading } from "../../parts/loading.tsx";
import { useNotify } from "../../parts/notices.tsx";
import { helperTexts } from "../../texts/helpers.ts";
import { useTexts } from "../../texts/texts.ts";
import { helperApi } from "../../urls.ts";

type Reason = NonNullable<OpenedHelper["reason"]>;
/** What may be done with one in each state, and why; the server decides. */
const STEPS = {
  asked: [["refused", ["not_reached", "asks_money", "no_organisation", "known_already"]]],
  approved: [
    ["suspended", ["not_reached", "asks_money", "rules_broken"]],
    ["ended", ["not_reached", "asks_money", "rules_broken", "own_wish"]],
  ],
  suspended: [["ended", ["not_reached", "asks_money", "rules_broken", "own_wish"]]],
  refused: [],
  ended: [],
} as const satisfies Record<OpenedHelper["state"], readonly (readonly [string, readonly Reason[]])[]>;

/** One helper: who answers for it, who said yes, what it has done, and what is to be done with it. */
export function OpenedHelperDialog({ id, close }: { id: string; close: () => void }) {
  const t = useTexts(helperTexts);
  const { data, error, refetch } = useQuery(openedHelperQuery(id));
  return (
    <Dialog title={data?.name ?? t.title} close={close}>
      {error && !data ? (
        <Failed error={error} again={() => void refetch()} />
      ) : !data ? (
        <Loading />
      ) : (
        <Opened one={data} />
      )}
    </Dialog>
  );
}

function Opened({ one }: { one: OpenedHelper }) {
  const t = useTexts(helperTexts);
  const step = useStep(one.id);
  const { figures } = one;
  const approve = () => step.mutate({ act: "approve", body: { version: one.version }, done: t.approved });
  const again = () => step.mutate({ act: "move", body: { version: one.version, to: "approved" }, done: t.moved });
  return (
    <div className="advert-opened">
      <p>
        <span className="tag">{t.states[one.state]}</span> {t.kinds[one.kind]} · {t.aWeek(one.peopleAWeek)}
        {one.reason && ` · ${t.reasons[one.reason]}`}
      </p>
      <Facts
        rows={[
          [t.place, one.place],
          [t.answers, one.answers],
          [t.contact, one.contact],
          [t.endsOn, one.endsOn],
        ]}
      />
      <h3>{t.approvals}</h3>
      {one.approvals.length === 0 ? (
        <p className="soft">{t.approvalsNone}</p>
      ) : (
        <ul>
          {one.approvals.map(({ house, mine }) => (
            <li key={house}>
              {house === "network" ? t.network : house} {mine && `(${t.mine})`}
            </li>
          ))}
        </ul>
      )}
      {one.approvedAt !== null && (
        <>
          <h3>{t.figures}</h3>
          <Facts
            rows={[
              [t.persons, figures.persons],
              [t.kept, figures.kept ?? t.few],
              [t.share, figures.keptShare ?? t.few],
            ]}
          />
        </>
      )}
      {one.state === "asked" && <p className="soft">{t.callFirst}</p>}
      <div className="step-buttons">
        {one.state === "asked" && (
          <button type="button" className="button primary" disabled={step.isPending} onClick={approve}>
            {t.approve}
          </button>
        )}
        {one.state === "suspended" && (
          <button type="button" className="button primary" disabled={step.isPending} onClick={again}>
            {t.again}
          </button>
        )}
      </div>
      {one.state === "approved" && <Code one={one} />}
      {STEPS[one.state].map(([to, reasons]) => (
        <No
          key={to}
          word={{ refused: t.refuse, suspended: t.suspend, ended: t.end }[to]}
          reasons={reasons}
          busy={step.isPending}
          say={(reason) => step.mutate({ act: "move", body: { version: one.version, to, reason }, done: t.moved })}
        />
      ))}
    </div>
  );
}

function Facts({ rows }: { rows: readonly (readonly [string, string | number])[] }) {
  return (
    <dl className="facts">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <bdi>{value}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** A no has a reason, chosen and never typed. */
function No({
  word,
  reasons,
  busy,
  say,
}: {
  word: string;
  reasons: readonly Reason[];
  busy: boolean;
  say: (reason: Reason) => void;
}) {
  const t = useTexts(helperTexts);
  const [reason, setReason] = useState<Reason>();
  return (
    <div className="advert-form">
      <label>
        {`${word}: ${t.reason}`}
        <select value={reason ?? ""} onChange={({ target }) => setReason(target.value as Reason)}>
          <option value="" disabled>
            {t.chooseReason}
          </option>
          {reasons.map((one) => (
            <option key={one} value={one}>
              {t.reasons[one]}
            </option>
          ))}
        </select>
      </label>
      <button
        type="button"
        className="button"
        disabled={busy || reason === undefined}
        onClick={() => reason !== undefined && say(reason)}
      >
        {word}
      </button>
    </div>
  );
}

/** The code with which a device is registered; nobody sees it twice. */
function Code({ one }: { one: OpenedHelper }) {
  const t = useTexts(helperTexts);
  const notify = useNotify();
  const give = useMutation({
    mutationFn: () => post<HelperEnrolment>(helperApi.step(one.id, "enrolment"), { version: one.version }),
    onError: (error) => notify.refused(error),
  });
  if (!give.data)
    return (
      <button type="button" className="button primary" disabled={give.isPending} onClick={() => give.mutate()}>
        {t.code}
      </button>
    );
  return (
    <div role="status">
      <h3>{t.codeTitle}</h3>
      <p className="advert-text">
        <strong>{give.data.code}</strong>
      </p>
      <p className="soft">{t.codeHelp}</p>
    </div>
  );
}

/** A step on a helper: what it answers is how it stands now. */
function useStep(id: string) {
  const client = useQueryClient();
  const notify = useNotify();
  return useMutation({
    mutationFn: ({ act, body }: { readonly act: "approve" | "move"; readonly body: object; readonly done: string }) =>
      post<OpenedHelper>(helperApi.step(id, act), body),
    onSuccess: (opened, { done }) => {
      client.setQueryData(openedHelperQuery(id).queryKey, opened);
      notify.done(done);
      void client.invalidateQueries({ queryKey: [...HELPERS, "list"] });
    },
    onError: (error) => {
      notify.refused(error);
      void client.invalidateQueries({ queryKey: HELPERS });
    },
  });
}
