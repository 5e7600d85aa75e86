import { fullName } from "../../rules/filter.ts";
import { minutesSince, spell } from "../../rules/timers.ts";
import { shownLines, type Line } from "../../rules/today-list.ts";
import { StateSign } from "../../parts/state-sign.tsx";
import { shellTexts } from "../../texts/shell.ts";
import { todayTexts } from "../../texts/today.ts";
import { useTexts } from "../../texts/texts.ts";

/** What fills the other half while no file is open: how full the hall is, who sits where. */
export function HallNow({
  lines,
  now,
  open,
}: {
  lines: readonly Line[];
  now: number;
  open: (bookingId: string) => void;
}) {
  const t = useTexts(todayTexts);
  const shell = useTexts(shellTexts);
  const waiting = shownLines(lines, "waiting", "");
  const atCounters = shownLines(lines, "at_counter", "");
  const people = waiting.reduce((sum, { party }) => sum + party.people.length, 0);
  const longest = Math.max(0, ...waiting.map(({ party }) => minutesSince(party.visit!.arrivedAt!, now)));

  return (
    <section className="hall">
      <h2>{t.hallNow}</h2>
      <dl className="hall-figures">
        <div>
          <dt>{t.hallWaiting(people)}</dt>
          <dd>{people}</dd>
        </div>
        <div>
          <dt>{t.hallLongest}</dt>
          <dd>{spell(longest)}</dd>
        </div>
        <div>
          <dt>{t.hallServing(atCounters.length)}</dt>
          <dd>{atCounters.length}</dd>
        </div>
      </dl>
      {waiting.length === 0 && atCounters.length === 0 ? (
        <p>{t.hallCalm}</p>
      ) : (
        <ul>
          {atCounters.map((line) => {
            const visit = line.party.visit!;
            return (
              <HallLine
                key={visit.id}
                line={line}
                label={shell.counter(visit.counter ?? 0)}
                since={visit.servedAt ?? visit.calledAt}
                now={now}
                open={open}
              />
            );
          })}
        </ul>
      )}
      <p className="soft">{t.panelHelp}</p>
    </section>
  );
}

interface LineProps {
  readonly line: Line;
  readonly label: string;
  readonly since: string | null;
  readonly now: number;
  readonly open: (bookingId: string) => void;
}

function HallLine({ line: { party, state }, label, since, now, open }: LineProps) {
  return (
    <li>
      <button type="button" className="hall-line" onClick={() => open(party.bookingId)}>
        <StateSign state={state} />
        <strong>{label}</strong>
        <span className="row-name">{fullName(party.people[0]!)}</span>
        <span className="soft">{since !== null && spell(minutesSince(since, now))}</span>
      </button>
    </li>
  );
}
