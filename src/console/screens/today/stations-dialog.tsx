import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { hallPlanQuery, hallQuery } from "../../api/queries.ts";
import { put } from "../../api/request.ts";
import type { HallPlan, Station } from "../../api/types.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { Failed, Loading } from "../../parts/loading.tsx";
import { useNotify } from "../../parts/notices.tsx";
import { dayTexts } from "../../texts/day.ts";
import { todayTexts } from "../../texts/today.ts";
import { useTexts } from "../../texts/texts.ts";
import { api } from "../../urls.ts";

const STATIONS: readonly Station[] = ["filter", "cashier", "capture", "window"];
const MOST_COUNTERS = 60;

/** Which stations the office has, and how many counters each. */
export function StationsDialog({ close }: { close: () => void }) {
  const t = useTexts(dayTexts);
  const { data, error, refetch } = useQuery(hallPlanQuery);
  return (
    <Dialog title={t.stationsTitle} close={close}>
      {data ? (
        <StationsForm plan={data} close={close} />
      ) : error ? (
        <Failed error={error} again={() => void refetch()} />
      ) : (
        <Loading />
      )}
    </Dialog>
  );
}

function StationsForm({ plan, close }: { plan: HallPlan; close: () => void }) {
  const t = useTexts(dayTexts);
  const { stations: names } = useTexts(todayTexts);
  const notify = useNotify();
  const client = useQueryClient();
  const [counters, setCounters] = useState<Readonly<Partial<Record<Station, number>>>>(
    Object.fromEntries(plan.stations.map(({ station, counters: count }) => [station, count])),
  );
  const [hours, setHours] = useState(plan.walkIns ?? { opens: "", closes: "" });
  const isHalf = (hours.opens === "") !== (hours.closes === "");
  const chosen = STATIONS.filter((station) => (counters[station] ?? 0) > 0);
  const save = useMutation({
    mutationFn: () =>
      put<HallPlan>(api.hallPlan, {
        stations: chosen.map((station) => ({ station, counters: counters[station] })),
        walkIns: hours.opens === "" && hours.closes === "" ? null : hours,
        routes: plan.routes.filter(({ stations }) => stations.every((one) => chosen.includes(one))),
      }),
    onSuccess: async () => {
      await Promise.all([hallPlanQuery, hallQuery].map(({ queryKey }) => client.invalidateQueries({ queryKey })));
      notify.done(t.stationsSaved);
      close();
    },
    onError: notify.refused,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form className="stations-form day-form" onSubmit={submit}>
      <p className="soft">{t.stationsHelp}</p>
      {STATIONS.map((station) => (
        <label key={station}>
          {t.stationCounters(names[station])}
          <input
            type="number"
            inputMode="numeric"
            min={0}
            max={MOST_COUNTERS}
            value={counters[station] ?? 0}
            onChange={(event) => setCounters({ ...counters, [station]: Number(event.target.value) })}
          />
        </label>
      ))}
      <fieldset className="walk-in-hours">
        <legend>{t.walkInHours}</legend>
        <p className="soft">{t.walkInHoursHelp}</p>
        {(["opens", "closes"] as const).map((end) => (
          <label key={end}>
            {t.walkInHoursOf[end]}
            <input
              type="time"
              value={hours[end]}
              required={isHalf}
              onChange={({ target }) => setHours({ ...hours, [end]: target.value })}
            />
          </label>
        ))}
      </fieldset>
      <button type="submit" className="button primary" disabled={save.isPending}>
        {t.stationsSave}
      </button>
    </form>
  );
}
