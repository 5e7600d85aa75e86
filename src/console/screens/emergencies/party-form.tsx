import { useMutation } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import type { EmergencyBooked, OpenedEmergency } from "../../api/emergencies.ts";
import { post } from "../../api/request.ts";
import { NOBODY, parentsOf, PersonFields, type PersonTyped } from "../../parts/person-fields.tsx";
import { useNotify } from "../../parts/notices.tsx";
import { emergencyTexts } from "../../texts/emergencies.ts";
import { personTexts } from "../../texts/person.ts";
import { useTexts } from "../../texts/texts.ts";
import { emergencyApi } from "../../urls.ts";

/** Who comes, typed while somebody speaks with the person on the telephone. */
export function PartyForm({ one, done }: { one: OpenedEmergency; done: (card: string | undefined) => void }) {
  const t = useTexts(emergencyTexts);
  const words = useTexts(personTexts);
  const notify = useNotify();
  const [people, setPeople] = useState<readonly PersonTyped[]>(() =>
    Array.from({ length: one.people ?? 1 }, () => NOBODY),
  );
  const change = (at: number, some: Partial<PersonTyped>) =>
    setPeople(people.map((person, i) => (i === at ? { ...person, ...some } : person)));
  const book = useMutation({
    mutationFn: () =>
      post<EmergencyBooked>(emergencyApi.step(one.id, "book"), {
        applicants: people.map((person) => ({
          ...person,
          parents: parentsOf(person, one.localDate ?? ""),
        })),
      }),
    onSuccess: ({ card }) => done(card ? t.card(card.folio, card.pin) : undefined),
    onError: notify.refused,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    book.mutate();
  };
  return (
    <form className="emergency-form" onSubmit={submit} aria-label={t.partyTitle}>
      <h3>{t.partyTitle}</h3>
      <p className="soft">{t.partyLead}</p>
      {people.map((person, at) => (
        <fieldset key={at} className="emergency-fields">
          <legend>{words.person(at + 1)}</legend>
          <PersonFields person={person} on={one.localDate ?? ""} change={(some) => change(at, some)} />
        </fieldset>
      ))}
      <div className="step-buttons">
        <button type="submit" className="button primary" disabled={book.isPending}>
          {t.book}
        </button>
      </div>
    </form>
  );
}
