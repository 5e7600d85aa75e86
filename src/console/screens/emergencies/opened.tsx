import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNow } from "../../api/clock.ts";
import { EMERGENCIES, openedQuery, type OpenedEmergency } from "../../api/emergencies.ts";
import { useSession } from "../../api/queries.ts";
import { post } from "../../api/request.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { clockTime } from "../../parts/format.ts";
import { Failed, Loading } from "../../parts/loading.tsx";
import { useNotify } from "../../parts/notices.tsx";
import { mayDo } from "../../rules/emergencies.ts";
import { emergencyTexts } from "../../texts/emergencies.ts";
import { useTexts } from "../../texts/texts.ts";
import { emergencyApi } from "../../urls.ts";
import { AnswerForm } from "./answer-form.tsx";
import { PartyForm } from "./party-form.tsx";
import { TimeLeft } from "./time-left.tsx";
import { useAnswerWords } from "./words.ts";

const TICK_MS = 20_000;

/** One request, opened: whom to call, and the one thing that is to be done with it now. */
export function OpenedDialog({ id, close }: { id: string; close: () => void }) {
  const t = useTexts(emergencyTexts);
  const { data, error, refetch } = useQuery(openedQuery(id));
  return (
    <Dialog title={data?.kind ? t.kinds[data.kind] : t.title} close={close}>
      {error && !data ? (
        <Failed error={error} again={() => void refetch()} />
      ) : !data ? (
        <Loading />
      ) : (
        <Opened one={data} close={close} />
      )}
    </Dialog>
  );
}

function Opened({ one, close }: { one: OpenedEmergency; close: () => void }) {
  const t = useTexts(emergencyTexts);
  const { office, may } = useSession();
  const client = useQueryClient();
  const notify = useNotify();
  const answer = useAnswerWords(one);
  const can = mayDo(one, may.includes("sign_alone"), useNow(TICK_MS));
  const [card, setCard] = useState<string>();
  const changed = () => client.invalidateQueries({ queryKey: EMERGENCIES });
  const step = useMutation({
    mutationFn: (what: "sign" | "send-back") => post(emergencyApi.step(one.id, what), { version: one.version }),
    onSuccess: (_, what) => {
      notify.done(what === "sign" ? t.signed : t.sentBack);
      if (what === "sign") close();
    },
    onError: notify.refused,
    onSettled: changed,
  });
  const waits = one.state === "asked" || one.state === "proposed";
  return (
    <div className="emergency-opened">
      <p>
        {one.neededBy && t.neededBy[one.neededBy]} · {t.states[one.state]}
        {one.reviewed && ` · ${t.reviewed}`}
      </p>
      {waits && <TimeLeft dueAt={one.dueAt} />}
      {one.phone ? (
        <p>
          <a className="button" href={`tel:${one.phone}`}>
            {t.call(one.phone)}
          </a>
        </p>
      ) : (
        <p className="soft">{t.byNotice}</p>
      )}
      {one.proposal && one.state !== "asked" && (
        <div className="emergency-answer">
          <p>
            <strong>{answer}</strong>
          </p>
          {one.words !== "" && <p>{one.words}</p>}
          {one.state === "proposed" && <p className="soft">{one.mine ? t.mine : t.theirs}</p>}
          {one.state === "proposed" && one.mine && one.aloneFrom && (
            <p className="soft">{t.aloneFrom(clockTime(one.aloneFrom, office!.zone))}</p>
          )}
        </div>
      )}
      {(can.sign || can.signAlone || can.sendBack) && (
        <div className="step-buttons">
          {(can.sign || can.signAlone) && (
            <button
              type="button"
              className="button primary"
              disabled={step.isPending}
              onClick={() => step.mutate("sign")}
            >
              {can.sign ? t.sign : t.signAlone}
            </button>
          )}
          <button type="button" className="button" disabled={step.isPending} onClick={() => step.mutate("send-back")}>
            {t.sendBack}
          </button>
        </div>
      )}
      {can.propose && <AnswerForm key={one.version} one={one} changed={changed} />}
      {one.state === "granted" && one.proposal === "place" && (
        <PartyForm
          one={one}
          done={(told) => {
            setCard(told);
            notify.done(t.booked);
            void changed();
          }}
        />
      )}
      {card && (
        <p className="emergency-answer" role="status">
          {card}
        </p>
      )}
    </div>
  );
}
