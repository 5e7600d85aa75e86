import { useMutation, useQuery } from "@tanstack/react-query";
import { useChosenStation, setStation } from "../../api/station.ts";
import { hallQuery, useKeepVisit } from "../../api/queries.ts";
import { post } from "../../api/request.ts";
import type { Station, VisitAnswer } from "../../api/types.ts";
import { useNotify } from "../../parts/notices.tsx";
import type { Line } from "../../rules/today-list.ts";
import { todayTexts } from "../../texts/today.ts";
import { useTexts } from "../../texts/texts.ts";
import { api } from "../../urls.ts";

/** The stations of the office and the one at which this clerk works: the first, while she chose none. */
export function useStations(): { readonly stations: readonly Station[]; readonly own: Station } {
  const { data } = useQuery(hallQuery);
  const chosen = useChosenStation();
  const stations = data?.stations.map(({ station }) => station) ?? [];
  return { stations, own: stations.find((one) => one === chosen) ?? stations[0] ?? "window" };
}

/** Calls whoever is next at the clerk's station: the rule decides, not the clerk. */
export function useCallNext(called: (bookingId: string) => void) {
  const t = useTexts(todayTexts);
  const notify = useNotify();
  const keep = useKeepVisit();
  return useMutation({
    mutationFn: (at: { station: Station; counter: number }) => post<VisitAnswer>(api.calls, at),
    onSuccess: ({ visit }) => {
      keep(visit);
      if (visit.turn) notify.done(t.did.call_next(t.turnOf(t.pictures[visit.turn.picture], visit.turn.number)));
      called(visit.bookingId);
    },
    onError: notify.refused,
  });
}

/** How many wait at each station, which of them is mine, and the button that calls the next. */
export function StationBar({ lines, busy, callNext }: { lines: readonly Line[]; busy: boolean; callNext: () => void }) {
  const t = useTexts(todayTexts);
  const { stations, own } = useStations();
  const waiting = (station: Station) =>
    lines.filter(
      ({ party, state }) => state === "waiting" && party.visit!.station === station && !party.visit!.parkedAt,
    ).length;
  return (
    <div className="station-bar" role="group" aria-label={t.stationBar}>
      {stations.length > 1 &&
        stations.map((station) => (
          <button
            key={station}
            type="button"
            className="station"
            aria-pressed={station === own}
            aria-label={t.stationWaits(t.stations[station], waiting(station))}
            onClick={() => setStation(station)}
          >
            {t.stations[station]} <strong>{waiting(station)}</strong>
          </button>
        ))}
      <button type="button" className="button call-next" disabled={busy} onClick={() => callNext()}>
        {t.callNext} <kbd>S</kbd>
      </button>
    </div>
  );
}
