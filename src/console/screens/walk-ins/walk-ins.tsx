import { useMutation, useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { bookDate, findDates, register, roomQuery, type WalkInDates, type WalkInRoom } from "../../api/walk-ins.ts";
import { longDate } from "../../parts/format.ts";
import { useNotify } from "../../parts/notices.tsx";
import { useLanguage, useTexts } from "../../texts/texts.ts";
import { walkInTexts } from "../../texts/walk-ins.ts";
import { Refused } from "../../api/request.ts";
import { PresenceDialog } from "./presence.tsx";
import { applicantsOf, NOBODY, WalkInFields, type Person } from "./people-fields.tsx";
import { Slip, type Given } from "./slip.tsx";
import "../../styles/emergencies.css";

const MOST_PEOPLE = 5;

/** Whoever comes without an appointment: a turn of today, or a date before she leaves. */
export function WalkInsScreen() {
  const t = useTexts(walkInTexts);
  const { data: room } = useQuery(roomQuery);
  const [given, setGiven] = useState<Given>();
  return (
    <div className="page narrow">
      <h1>{t.title}</h1>
      {given ? (
        <Slip given={given} next={() => setGiven(undefined)} />
      ) : (
        <>
          <p className="lead">{t.lead}</p>
          {room && (
            <>
              <RoomLine room={room} />
              <Registration room={room} give={setGiven} />
            </>
          )}
        </>
      )}
    </div>
  );
}

function RoomLine({ room: { turns, opensAt, closesAt } }: { room: WalkInRoom }) {
  const t = useTexts(walkInTexts);
  if (closesAt === null) return <p className="door-note warning">{t.closed}</p>;
  if (turns === 0) return <p className="door-note warning">{t.full}</p>;
  return (
    <p>
      <strong>{t.room(turns)}</strong> {t.hours(opensAt ?? closesAt, closesAt)}
    </p>
  );
}

function Registration({ room, give }: { room: WalkInRoom; give: (given: Given) => void }) {
  const t = useTexts(walkInTexts);
  const notify = useNotify();
  const language = useLanguage();
  const today = room.localDate;
  const [people, setPeople] = useState<readonly Person[]>([NOBODY]);
  const [dates, setDates] = useState<WalkInDates["dates"]>();
  const change = (at: number, some: Partial<Person>) => {
    setDates(undefined);
    setPeople(people.map((person, i) => (i === at ? { ...person, ...some } : person)));
  };
  const applicants = () => applicantsOf(people, today);
  const turn = useMutation({
    mutationFn: () => register(applicants()),
    gcTime: 0,
    onSuccess: (made) => give({ turn: made, opensAt: room.opensAt }),
    onError: notify.refused,
  });
  const look = useMutation({
    mutationFn: () => findDates(applicants()),
    onSuccess: (found) => setDates(found.dates),
    onError: notify.refused,
  });
  const [chosen, setChosen] = useState<string>();
  const [presence, setPresence] = useState<string>();
  const date = useMutation({
    mutationFn: (on: { startsAt: string; presence: string }) => bookDate(applicants(), on.startsAt, on.presence),
    gcTime: 0,
    onSuccess: (made) => give({ date: made }),
    onError: (error) => {
      notify.refused(error);
      if (error instanceof Refused && error.code === "presence_needed") setPresence(undefined);
      look.mutate();
    },
  });
  // Whose date was taken meanwhile need not show again that she is here.
  const choose = (startsAt: string) =>
    presence === undefined ? setChosen(startsAt) : date.mutate({ startsAt, presence });
  const shown = (startsAt: string, made: string) => {
    setChosen(undefined);
    setPresence(made);
    date.mutate({ startsAt, presence: made });
  };
  // The key that was pressed says what; both ask for a form that is filled in.
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const key = (event.nativeEvent as SubmitEvent).submitter as HTMLButtonElement | null;
    if (key?.value === "dates") look.mutate();
    else turn.mutate();
  };
  const isBusy = turn.isPending || look.isPending || date.isPending;
  const fits =
    room.turns > 0 && applicants().every((one) => one.services.every((slug) => room.services.includes(slug)));
  return (
    <>
      {chosen !== undefined && (
        <PresenceDialog close={() => setChosen(undefined)} shown={(made) => shown(chosen, made)} />
      )}
      <form className="emergency-form walk-ins" onSubmit={submit} aria-label={t.title}>
        {people.map((person, at) => (
          <WalkInFields
            key={at}
            person={person}
            number={at + 1}
            today={today}
            given={room.services}
            change={(some) => change(at, some)}
          />
        ))}
        <div className="step-buttons">
          {people.length < MOST_PEOPLE && (
            <button type="button" className="button" onClick={() => setPeople([...people, NOBODY])}>
              {t.add}
            </button>
          )}
          {people.length > 1 && (
            <button type="button" className="button" onClick={() => setPeople(people.slice(0, -1))}>
              {t.remove}
            </button>
          )}
        </div>
        <div className="step-buttons">
          <button type="submit" value="turn" className={fits ? "button primary" : "button"} disabled={isBusy}>
            {t.give}
          </button>
          <button type="submit" value="dates" className={fits ? "button" : "button primary"} disabled={isBusy}>
            {t.dates}
          </button>
        </div>
        {dates && (
          <section aria-label={t.datesTitle} role="status">
            <h2>{t.datesTitle}</h2>
            {dates.length === 0 && <p>{t.noDates}</p>}
            <ul className="walk-in-dates">
              {dates.map(({ startsAt, localDate, localTime }) => (
                <li key={startsAt}>
                  <button type="button" className="button" disabled={isBusy} onClick={() => choose(startsAt)}>
                    {t.book(longDate(localDate, language), localTime)}
                  </button>
                </li>
              ))}
            </ul>
          </section>
        )}
      </form>
    </>
  );
}
