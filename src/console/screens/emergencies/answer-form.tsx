import { useMutation, useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { timesQuery, type OpenedEmergency } from "../../api/emergencies.ts";
import { useSession } from "../../api/queries.ts";
import { post } from "../../api/request.ts";
import { longDate } from "../../parts/format.ts";
import { useNotify } from "../../parts/notices.tsx";
import { emergencyTexts } from "../../texts/emergencies.ts";
import { useLanguage, useTexts } from "../../texts/texts.ts";
import { emergencyApi } from "../../urls.ts";

const MEANS = ["place", "hour", "no"] as const;
const REASONS = ["ordinary_in_time", "other_office", "not_consular", "not_reached", "solved"] as const;
const MOST_PEOPLE = 5;
const MOST_WORDS = 500;
/** A service that most emergencies are about stands first. */
const FIRST_SERVICE = "pasaporte-emergencia";

/** The first signature: a place of the next two weeks, an hour of today, or a no with its reason. */
export function AnswerForm({ one, changed }: { one: OpenedEmergency; changed: () => Promise<unknown> }) {
  const t = useTexts(emergencyTexts);
  const language = useLanguage();
  const notify = useNotify();
  const { services } = useSession();
  const first = services.find(({ slug }) => slug === FIRST_SERVICE) ?? services[0];
  const [means, setMeans] = useState<(typeof MEANS)[number]>("place");
  const [service, setService] = useState(first?.slug ?? "");
  const [people, setPeople] = useState(1);
  const [day, setDay] = useState("");
  const [startsAt, setStartsAt] = useState("");
  const [hour, setHour] = useState("");
  const [reason, setReason] = useState<(typeof REASONS)[number]>("ordinary_in_time");
  const [words, setWords] = useState("");
  const { data } = useQuery({ ...timesQuery(service, people), enabled: means === "place" && service !== "" });

  const times = data?.times ?? [];
  const days = [...new Set(times.map((time) => time.localDate))];
  const chosenDay = days.includes(day) ? day : (days[0] ?? "");
  const hours = times.filter((time) => time.localDate === chosenDay);
  const chosen = hours.find((time) => time.startsAt === startsAt) ?? hours[0];

  const propose = useMutation({
    mutationFn: () => post(emergencyApi.step(one.id, "propose"), { version: one.version, answer: answer() }),
    onSuccess: () => notify.done(t.proposed),
    onError: notify.refused,
    onSettled: changed,
  });
  const answer = (): object => {
    switch (means) {
      case "place":
        return { kind: means, service, people, localDate: chosen?.localDate, startsAt: chosen?.startsAt, words };
      case "hour":
        return { kind: means, time: hour, words };
      case "no":
        return { kind: means, reason, words };
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    propose.mutate();
  };
  const lacks = means === "place" ? chosen === undefined : means === "hour" && hour === "";

  return (
    <form className="emergency-form" onSubmit={submit} aria-label={t.answerTitle}>
      <fieldset>
        <legend>{t.answerTitle}</legend>
        {MEANS.map((each) => (
          <label key={each} className="emergency-choice">
            <input type="radio" name="means" checked={means === each} onChange={() => setMeans(each)} />
            {t.means[each]}
          </label>
        ))}
      </fieldset>
      {means === "place" && (
        <div className="emergency-fields">
          <label>
            {t.service}
            <select value={service} onChange={({ target }) => setService(target.value)}>
              {services.map(({ slug, name }) => (
                <option key={slug} value={slug}>
                  {name[language]}
                </option>
              ))}
            </select>
          </label>
          <label>
            {t.people}
            <input
              type="number"
              min={1}
              max={MOST_PEOPLE}
              value={people}
              onChange={({ target }) => setPeople(Math.min(MOST_PEOPLE, Math.max(1, Number(target.value))))}
            />
          </label>
          {days.length > 0 && (
            <>
              <label>
                {t.day}
                <select value={chosenDay} onChange={({ target }) => setDay(target.value)}>
                  {days.map((each) => (
                    <option key={each} value={each}>
                      {longDate(each, language)}
                    </option>
                  ))}
                </select>
              </label>
              <label>
                {t.time}
                <select value={chosen?.startsAt} onChange={({ target }) => setStartsAt(target.value)}>
                  {hours.map((each) => (
                    <option key={each.startsAt} value={each.startsAt}>
                      {each.localTime}
                    </option>
                  ))}
                </select>
              </label>
            </>
          )}
          {data ? days.length === 0 && <p>{t.noTimes}</p> : <p className="soft">{t.loadTimes}</p>}
        </div>
      )}
      {means === "hour" && (
        <label>
          {t.time}
          <input type="time" value={hour} required onChange={({ target }) => setHour(target.value)} />
        </label>
      )}
      {means === "no" && (
        <label>
          {t.reason}
          <select value={reason} onChange={({ target }) => setReason(target.value as typeof reason)}>
            {REASONS.map((each) => (
              <option key={each} value={each}>
                {t.reasons[each]}
              </option>
            ))}
          </select>
        </label>
      )}
      <label>
        {t.words}
        <textarea rows={3} maxLength={MOST_WORDS} value={words} onChange={({ target }) => setWords(target.value)} />
        <small className="soft">{t.wordsHelp}</small>
      </label>
      <div className="step-buttons">
        <button type="submit" className="button primary" disabled={propose.isPending || lacks}>
          {t.propose}
        </button>
      </div>
    </form>
  );
}
