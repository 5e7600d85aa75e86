import { useMutation, useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { hallPlanQuery } from "../../api/queries.ts";
import { post } from "../../api/request.ts";
import type { HeldAnswer, Station, Today } from "../../api/types.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { useNotify } from "../../parts/notices.tsx";
import { pictureOf, useServiceName } from "../../parts/services.tsx";
import { servicesOfDay, suspendedFor } from "../../rules/suspended.ts";
import { dayTexts } from "../../texts/day.ts";
import { useTexts } from "../../texts/texts.ts";
import { todayTexts } from "../../texts/today.ts";
import { api } from "../../urls.ts";
import { Pictogram } from "#ui/pictogram.tsx";

const REASONS = ["issuing_system", "printer", "cash_desk", "power", "other"] as const;

/** Stops services for a part of today: which, why, and when people hear more. */
export function SuspendDialog({ today, close }: { today: Today; close: () => void }) {
  const t = useTexts(dayTexts);
  const notify = useNotify();
  const nameOf = useServiceName();
  const standing = suspendedFor(today.suspensions, null);
  const offered = servicesOfDay(today).filter(({ service }) => !standing.has(service));
  const { stations: names } = useTexts(todayTexts);
  const { data: plan } = useQuery(hallPlanQuery);
  // An office with one window for everything has no station to stop.
  const stations = (plan?.stations ?? []).map((one) => one.station).filter((one) => one !== "window");
  const [station, setStation] = useState<Station>();
  const [services, setServices] = useState<readonly string[]>([]);
  const [reason, setReason] = useState<(typeof REASONS)[number]>("issuing_system");
  const [newsAt, setNewsAt] = useState("");
  const suspend = useMutation({
    mutationFn: () => post<HeldAnswer>(api.suspensions, { ...(station ? { station } : { services }), reason, newsAt }),
    onSuccess: ({ told, inside }) => {
      notify.done(t.suspendDone(told, inside));
      close();
    },
    onError: notify.refused,
  });
  const toggle = (service: string) => {
    setStation(undefined);
    setServices(services.includes(service) ? services.filter((one) => one !== service) : [...services, service]);
  };
  const stop = (one: Station) => {
    setServices([]);
    setStation(one === station ? undefined : one);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    suspend.mutate();
  };

  return (
    <Dialog title={t.suspend} close={close}>
      <form className="day-form" onSubmit={submit}>
        <fieldset>
          <legend>{t.which}</legend>
          {offered.map(({ service, parties }) => (
            <label key={service} className="check">
              <input type="checkbox" checked={services.includes(service)} onChange={() => toggle(service)} />
              <Pictogram name={pictureOf(service)} />
              <span>
                {nameOf(service)}
                <small>{t.parties(parties)}</small>
              </span>
            </label>
          ))}
        </fieldset>
        {stations.length > 0 && (
          <fieldset>
            <legend>{t.orStation}</legend>
            <p className="soft">{t.orStationHelp}</p>
            {stations.map((one) => (
              <label key={one} className="check">
                <input type="checkbox" checked={one === station} onChange={() => stop(one)} />
                <span>{names[one]}</span>
              </label>
            ))}
          </fieldset>
        )}
        <label>
          {t.why}
          <select value={reason} onChange={(event) => setReason(event.target.value as typeof reason)}>
            {REASONS.map((one) => (
              <option key={one} value={one}>
                {t.reasons[one]}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t.news}
          <input type="time" value={newsAt} required onChange={(event) => setNewsAt(event.target.value)} />
          <small className="soft">{t.newsHelp}</small>
        </label>
        <ul className="day-effect">
          {t.effect.split("\n").map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
        <div className="step-buttons">
          <button
            type="submit"
            className="button danger"
            disabled={(services.length === 0 && !station) || suspend.isPending}
          >
            {t.suspendNow}
          </button>
          <button type="button" className="button" onClick={close}>
            {t.cancel}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
