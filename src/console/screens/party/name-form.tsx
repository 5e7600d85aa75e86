import { useMutation } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { useReadAgain } from "../../api/queries.ts";
import { post, Refused, Unreachable } from "../../api/request.ts";
import type { FilePerson } from "../../api/types.ts";
import { showSecond } from "../../api/walk-ins.ts";
import { useNotify } from "../../parts/notices.tsx";
import { partyTexts } from "../../texts/party.ts";
import { useTexts } from "../../texts/texts.ts";
import { walkInTexts } from "../../texts/walk-ins.ts";
import { api } from "../../urls.ts";

const NAME_FIELDS = ["givenNames", "firstSurname", "secondSurname"] as const;
const LONGEST_NAME = 80;

/** A misspelt name is put right paper in hand: never a reason to turn anybody away (people.md 15). */
export function NameForm({ bookingId, person, close }: { bookingId: string; person: FilePerson; close: () => void }) {
  const t = useTexts(partyTexts);
  const { presence } = useTexts(walkInTexts);
  const notify = useNotify();
  const readAgain = useReadAgain(bookingId);
  const [names, setNames] = useState(() => ({
    givenNames: person.givenNames,
    firstSurname: person.firstSurname,
    secondSurname: person.secondSurname,
  }));
  const [needsSecond, setNeedsSecond] = useState(false);
  const correct = useMutation({
    // A colleague's passkey at this screen, where more changes than a slip of the pen.
    mutationFn: async () => {
      const second = needsSecond ? (await showSecond()).presence : undefined;
      return post(api.names, { bookingId, ordinal: person.ordinal, ...names, second });
    },
    onSuccess: async () => {
      await readAgain();
      notify.done(t.corrected);
      close();
    },
    onError: (error) => {
      if (error instanceof Refused && error.code === "second_look_needed") setNeedsSecond(true);
      else if (error instanceof Refused || error instanceof Unreachable) notify.refused(error);
      else notify.say(presence.dismissed);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    correct.mutate();
  };

  return (
    <form
      className="name-form"
      onSubmit={submit}
      onKeyDown={(event) => event.key === "Escape" && (event.preventDefault(), close())}
    >
      <p className="soft">{t.correctLead}</p>
      {NAME_FIELDS.map((field) => (
        <label key={field}>
          {t.fields[field]}
          <input
            value={names[field]}
            onChange={(event) => setNames({ ...names, [field]: event.target.value })}
            required={field !== "secondSurname"}
            maxLength={LONGEST_NAME}
            autoComplete="off"
            spellCheck={false}
            autoFocus={field === "givenNames"}
          />
        </label>
      ))}
      {needsSecond && (
        <p className="door-note" role="status">
          {t.secondLook}
        </p>
      )}
      <div className="step-buttons">
        <button type="submit" className="button primary" disabled={correct.isPending}>
          {needsSecond ? presence.touch : t.correctSave}
        </button>
        <button type="button" className="button" onClick={close}>
          {t.cancel}
        </button>
      </div>
    </form>
  );
}
