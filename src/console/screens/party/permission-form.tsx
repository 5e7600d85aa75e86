import { useMutation } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { PERMISSION_DAYS } from "#kernel/limits.ts";
import { useReadAgain } from "../../api/queries.ts";
import { post } from "../../api/request.ts";
import type { ParentPart } from "../../api/types.ts";
import { addDays } from "../../parts/format.ts";
import { useNotify } from "../../parts/notices.tsx";
import { useFocusBack } from "../../parts/use-focus-back.ts";
import { partyTexts } from "../../texts/party.ts";
import { useTexts } from "../../texts/texts.ts";
import { api } from "../../urls.ts";

interface Props {
  readonly bookingId: string;
  /** Whose child's and which parent's, both counted from 1. */
  readonly ordinal: number;
  readonly number: number;
  readonly parent: ParentPart;
  readonly visitDate: string;
}

/** Records that an absent parent's permission has come, by the day on the paper, and takes it back. */
export function PermissionForm({ bookingId, ordinal, number, parent, visitDate }: Props) {
  const t = useTexts(partyTexts);
  const notify = useNotify();
  const readAgain = useReadAgain(bookingId);
  const [asking, setAsking] = useState(false);
  const [signedOn, setSignedOn] = useState(parent.permissionOn ?? "");
  const of = { bookingId, ordinal, parent: number };
  const save = useMutation({
    mutationFn: (received: boolean) =>
      received ? post(api.permissions, { ...of, signedOn }) : post(api.permissionsUndo, of),
    onSuccess: async (_answer, received) => {
      await readAgain();
      notify.done(received ? t.permissionRecorded : t.permissionTakenBack);
      setAsking(false);
    },
    onError: notify.refused,
  });
  const button = useFocusBack(asking || save.isPending);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(true);
  };

  if (parent.receivedOn !== null)
    return (
      <button
        ref={button}
        type="button"
        className="button quiet small"
        disabled={save.isPending}
        onClick={() => save.mutate(false)}
        aria-label={`${t.permissionUndo}: ${t.parent(number)}`}
      >
        {t.permissionUndo}
      </button>
    );
  if (!asking)
    return (
      <button
        ref={button}
        type="button"
        className="button small"
        onClick={() => setAsking(true)}
        aria-label={`${t.permissionRecord}: ${t.parent(number)}`}
      >
        {t.permissionRecord}
      </button>
    );
  return (
    <form
      className="permission-form"
      onSubmit={submit}
      onKeyDown={(event) => event.key === "Escape" && (event.preventDefault(), setAsking(false))}
    >
      <label>
        {t.permissionSignedOn}
        <input
          type="date"
          value={signedOn}
          min={addDays(visitDate, -PERMISSION_DAYS)}
          max={visitDate}
          onChange={(event) => setSignedOn(event.target.value)}
          required
          autoFocus
        />
      </label>
      <div className="step-buttons">
        <button type="submit" className="button primary" disabled={save.isPending}>
          {t.permissionSave}
        </button>
        <button type="button" className="button" onClick={() => setAsking(false)}>
          {t.cancel}
        </button>
      </div>
    </form>
  );
}
