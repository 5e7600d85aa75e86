import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { post } from "../../api/request.ts";
import type { DaySheet, OutcomeInput, PartyAppointment } from "../../api/types.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { useNotify } from "../../parts/notices.tsx";
import { sameForAll, type Choices } from "../../rules/outcomes.ts";
import { reportTexts } from "../../texts/reports.ts";
import { useTexts } from "../../texts/texts.ts";
import { api } from "../../urls.ts";
import { OutcomeEditor } from "../party/outcome-editor.tsx";

interface Props {
  readonly party: DaySheet["parties"][number];
  readonly close: () => void;
  readonly saved: () => Promise<unknown>;
}

/** Types in one party of the printed list, by the same choices as at the counter. */
export function PaperEditor({ party, close, saved }: Props) {
  const t = useTexts(reportTexts);
  const notify = useNotify();
  const [choices, setChoices] = useState<Choices>({});
  const left = party.lines.filter(({ outcomes }) => outcomes.length === 0);
  // A day that was closed without them says that they did not come; on paper they are still to be recorded.
  const appointments = left.map(({ appointmentId, ordinal, serviceGroup, services, localTime }): PartyAppointment => ({
    id: appointmentId,
    ordinal,
    serviceGroup,
    services,
    startsAt: "",
    localTime,
    state: "booked",
    outcomes: [],
  }));
  const people = party.lines.map(({ ordinal, initials }) => ({ ordinal, givenNames: initials }));
  const save = useMutation({
    mutationFn: (outcomes: readonly OutcomeInput[]) =>
      post(api.sheetOutcomes, { bookingId: party.bookingId, outcomes }),
    onSuccess: async () => {
      notify.done(t.typed);
      close();
      await saved();
    },
    onError: notify.refused,
  });
  return (
    <Dialog title={`${party.localTime} · ${t.folio(party.folioTail)}`} close={close}>
      <OutcomeEditor
        people={people}
        appointments={appointments}
        choices={choices}
        setChoices={setChoices}
        busy={save.isPending}
        issueAll={() => save.mutate(sameForAll(appointments, "issued"))}
        save={(outcomes) => save.mutate(outcomes)}
      />
      <button type="button" className="button" onClick={close}>
        {t.cancel}
      </button>
    </Dialog>
  );
}
