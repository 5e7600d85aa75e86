import type { PlanSession, SpecialDay } from "../../api/plan-types.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { longDate } from "../../parts/format.ts";
import { planTexts } from "../../texts/plan.ts";
import { shellTexts } from "../../texts/shell.ts";
import { useLanguage, useTexts } from "../../texts/texts.ts";
import { CounterTable } from "./session-dialog.tsx";
import { SpecialDayActs } from "./special-day-acts.tsx";

interface Props {
  readonly day: SpecialDay;
  readonly sessions: readonly PlanSession[];
  readonly close: () => void;
  readonly edit: (draft: SpecialDay) => void;
}

/** All of a special day: what it opens and where, how full it is, and what can be done with it as it stands. */
export function SpecialDayDialog({ day, sessions, close, edit }: Props) {
  const t = useTexts(planTexts);
  const { groups } = useTexts(shellTexts);
  const language = useLanguage();
  const { kind, localDate, venue, circuit, resources, givenOut, state, revision } = day;
  const facts: (readonly [string, string] | undefined)[] = [
    [t.day.state, t.states[state]],
    [t.day.where, venue ? `${venue.name}, ${venue.city}` : t.atOffice],
    circuit ? [t.day.circuit, circuit.name] : undefined,
    [t.day.means, resources.map(({ name }) => name).join(", ") || t.day.noMeans],
    givenOut ? [t.day.way, t.ways[givenOut]] : undefined,
    state === "draft" ? undefined : [t.day.revision, String(revision)],
  ];
  return (
    <Dialog title={`${t.kinds[kind]}, ${longDate(localDate, language)}`} close={close}>
      <dl className="plan-facts">
        {facts.flatMap((fact) =>
          fact
            ? [
                <div key={fact[0]}>
                  <dt>{fact[0]}</dt>
                  <dd>{fact[1]}</dd>
                </div>,
              ]
            : [],
        )}
        <div>
          <dt>{t.day.groups}</dt>
          <dd>
            {day.sessions.map(({ serviceGroup, opens, closes, counters, stepMinutes }) => (
              <span key={`${serviceGroup} ${opens}`} className="plan-line">
                {groups[serviceGroup]}, {t.hours(opens, closes)}, {t.counters(counters, stepMinutes)}
              </span>
            ))}
          </dd>
        </div>
      </dl>
      {(state === "published" || state === "suspended") && (
        <p>
          <a href={`/jornadas/${day.id}`} target="_blank" rel="noreferrer">
            {t.day.page}
          </a>
        </p>
      )}
      <SpecialDayActs day={day} close={close} edit={edit} />
      {sessions.map((session) => (
        <section key={session.id} className="plan-part">
          <h3>{groups[session.serviceGroup]}</h3>
          <CounterTable session={session} />
        </section>
      ))}
    </Dialog>
  );
}
