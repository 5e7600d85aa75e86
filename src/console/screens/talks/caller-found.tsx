import { useQuery } from "@tanstack/react-query";
import type { CallerFileView } from "../../api/callers.ts";
import { officesQuery } from "../../api/queries.ts";
import { clockTime, fullDate, longDate } from "../../parts/format.ts";
import { useServiceName } from "../../parts/services.tsx";
import { callerTexts } from "../../texts/callers.ts";
import { useLanguage, useTexts } from "../../texts/texts.ts";

interface Props {
  readonly file: CallerFileView;
  /** Which of those born that day, from 1. */
  readonly nth: number;
  readonly see: ((nth: number) => void) | undefined;
  readonly again: () => void;
}

/** One person, and what stands for her: where, when, for what, and how many come along. */
export function CallerFound({ file, nth, see, again }: Props) {
  const t = useTexts(callerTexts);
  const language = useLanguage();
  const serviceName = useServiceName();
  const { data: offices } = useQuery(officesQuery);
  const officeName = (id: string) => offices?.find((one) => one.id === id)?.name[language] ?? id;
  const services = (all: readonly string[]) => all.map(serviceName).join(" · ");
  const { givenNames, firstSurname, secondSurname, bornOn } = file.person;
  return (
    <div className="emergency-opened">
      <p>
        <strong>
          <bdi>{[givenNames, firstSurname, secondSurname].filter(Boolean).join(" ")}</bdi>
        </strong>{" "}
        <span className="soft">{t.born(fullDate(bornOn, language))}</span>
      </p>
      {file.bornThen > 1 && (
        <p>
          {t.twins(file.bornThen)}{" "}
          {see && (
            <button type="button" className="button quiet" onClick={() => see((nth % file.bornThen) + 1)}>
              {t.next}
            </button>
          )}
        </p>
      )}
      {file.bookings.length + file.requests.length === 0 && <p>{t.nothing}</p>}
      {file.bookings.length > 0 && <h3>{t.bookings}</h3>}
      <ul className="caller-files">
        {file.bookings.map((one) => (
          <li key={one.id}>
            <strong>
              {t.at(officeName(one.officeId), longDate(one.localDate, language), clockTime(one.startsAt, one.zone))}
            </strong>
            <span>{services(one.services)}</span>
            <span className="soft">{t.with(one.people)}</span>
            {one.displaced && <span className="tag warn">{t.displaced}</span>}
          </li>
        ))}
      </ul>
      {file.requests.length > 0 && <h3>{t.requests}</h3>}
      <ul className="caller-files">
        {file.requests.map((one) => (
          <li key={one.id}>
            <strong>{t.states[one.state]}</strong>
            <span>{one.offices.map(officeName).join(" · ")}</span>
            <span>{services(one.services)}</span>
            <span className="soft">{t.with(one.people)}</span>
          </li>
        ))}
      </ul>
      <button type="button" className="button" onClick={again}>
        {t.again}
      </button>
    </div>
  );
}
