import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { doorDayQuery, doorQuery } from "../../api/guard.ts";
import { post, put } from "../../api/request.ts";
import { useNotify } from "../../parts/notices.tsx";
import { guardTexts } from "../../texts/guard.ts";
import { useTexts } from "../../texts/texts.ts";
import { api } from "../../urls.ts";

/** For whoever runs the office: how many fit in, and what the door did today. Guards have numbers here, not names. */
export function Running({ limit }: { limit: number | null }) {
  const t = useTexts(guardTexts);
  const notify = useNotify();
  const client = useQueryClient();
  const { data: day } = useQuery(doorDayQuery);
  const [people, setPeople] = useState(limit === null ? "" : String(limit));
  const save = useMutation({
    mutationFn: () => put(api.hallLimit, { people: people === "" ? null : Number(people) }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: doorQuery.queryKey });
      notify.done(t.saved);
    },
    onError: notify.refused,
  });
  const second = useMutation({
    mutationFn: (of: { staffId: string; reason: string }) => post(api.doorSecond, of),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: doorDayQuery.queryKey });
      notify.done(t.signedNow);
    },
    onError: notify.refused,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  const guards = [...new Set(day?.overrides.map(({ staffId }) => staffId))];
  return (
    <details className="running">
      <summary>{t.running}</summary>
      <form className="inline-form" onSubmit={submit}>
        <label>
          {t.limit}
          <input
            inputMode="numeric"
            pattern="[1-9][0-9]{0,2}"
            value={people}
            title={t.limitHelp}
            onChange={(event) => setPeople(event.target.value.replace(/\D/g, "").slice(0, 3))}
          />
        </label>
        <button type="submit" className="button" disabled={save.isPending}>
          {t.save}
        </button>
      </form>
      {day && (
        <ul className="plain-list">
          {day.arrivals.map(({ by, count }) => (
            <li key={by}>
              {t.arrivals[by]}: {count}
            </li>
          ))}
        </ul>
      )}
      <h2>{t.overrides}</h2>
      {day && day.overrides.length === 0 && <p>{t.none}</p>}
      <ul className="plain-list">
        {day?.overrides.map(({ staffId, reason, count, signed }) => (
          <li key={staffId + reason}>
            {t.guard(guards.indexOf(staffId) + 1)} · {t.reasons[reason]}: {count}
            {signed < count ? (
              <button
                type="button"
                className="button"
                disabled={second.isPending}
                onClick={() => second.mutate({ staffId, reason })}
              >
                {t.sign(count - signed)}
              </button>
            ) : (
              ` · ${t.signed}`
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}
