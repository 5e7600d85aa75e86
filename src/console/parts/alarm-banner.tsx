import { useMutation } from "@tanstack/react-query";
import { useCare, useCareAgain } from "../api/care.ts";
import { useSession } from "../api/queries.ts";
import { post } from "../api/request.ts";
import { careTexts } from "../texts/care.ts";
import { useTexts } from "../texts/texts.ts";
import { api } from "../urls.ts";
import { Pictogram } from "#ui/pictogram.tsx";
import { clockTime } from "./format.ts";
import { useNotify } from "./notices.tsx";

/** Where a colleague needs help, on every screen of the office but her own. It covers nothing and takes no focus. */
export function AlarmBanner() {
  const t = useTexts(careTexts);
  const notify = useNotify();
  const readAgain = useCareAgain();
  const { office } = useSession();
  const { data } = useCare();
  const act = useMutation({
    mutationFn: ({ id, what }: { id: string; what: "see" | "end" }) => post(api.alarm(id, what)),
    onError: notify.refused,
    onSettled: readAgain,
  });
  const others = data?.alarms.filter((one) => !one.own) ?? [];
  if (others.length === 0) return null;
  return (
    <div role="alert">
      {others.map(({ id, counter, name, raisedAt, seenBy }) => (
        <p key={id} className="alarm-banner">
          <Pictogram name="warning" />
          <span>
            <strong>{counter === null ? t.alarmNowhere : t.alarmAt(counter)}</strong>{" "}
            {t.alarmWho(name, clockTime(raisedAt, office!.zone))} {seenBy !== null && t.goes(seenBy)}
          </span>
          {seenBy === null && (
            <button
              type="button"
              className="button"
              disabled={act.isPending}
              onClick={() => act.mutate({ id, what: "see" })}
            >
              {t.go}
            </button>
          )}
          <button
            type="button"
            className="button"
            disabled={act.isPending}
            onClick={() => act.mutate({ id, what: "end" })}
          >
            {t.over}
          </button>
        </p>
      ))}
    </div>
  );
}
