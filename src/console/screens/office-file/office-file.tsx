import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { officeFileQuery, useSession } from "../../api/queries.ts";
import { put, Refused } from "../../api/request.ts";
import type { OfficeFile } from "../../api/types.ts";
import { Failed, Loading } from "../../parts/loading.tsx";
import { useNotify } from "../../parts/notices.tsx";
import { OfficeSelect } from "../../parts/office-select.tsx";
import { isCompleteFact } from "../../rules/office-facts.ts";
import { officeFileTexts } from "../../texts/office-file.ts";
import { useTexts } from "../../texts/texts.ts";
import { api } from "../../urls.ts";
import { Pictogram } from "#ui/pictogram.tsx";
import { Devices } from "./devices.tsx";
import { useDrafts } from "./drafts.ts";
import { FactRow } from "./fact-row.tsx";
import { InterpreterLineForm } from "./interpreter-line.tsx";
import "../../styles/office-file.css";

/** The office's own facts; whoever works for the whole network chooses an office first. */
export function OfficeFileScreen() {
  const t = useTexts(officeFileTexts);
  const { office } = useSession();
  const [chosen, setChosen] = useState("");
  const officeId = office?.id ?? chosen;
  return (
    <div className="page">
      <h1>{t.title}</h1>
      <p className="lead">{t.lead}</p>
      {office === null && (
        <label className="choose-office">
          {t.choose}
          <OfficeSelect value={chosen} change={setChosen} />
        </label>
      )}
      <InterpreterLineForm />
      <Devices />
      {officeId !== "" && <Facts key={officeId} officeId={officeId} own={office !== null} />}
    </div>
  );
}

function Facts({ officeId, own }: { officeId: string; own: boolean }) {
  const { data, error, refetch } = useQuery(officeFileQuery(own ? undefined : officeId));
  if (data) return <Sheet file={data} own={own} />;
  return error ? <Failed error={error} again={() => void refetch()} /> : <Loading />;
}

function Sheet({ file, own }: { file: OfficeFile; own: boolean }) {
  const t = useTexts(officeFileTexts);
  const notify = useNotify();
  const client = useQueryClient();
  const { fields: drafts, set, clear } = useDrafts(file.officeId);
  const [onlyDue, setOnlyDue] = useState(false);
  const { done, of } = file.progress;
  const ready = file.fields.filter(({ field }) => drafts[field]?.ready && isCompleteFact(field, drafts[field].value));

  const confirm = useMutation({
    mutationFn: () =>
      put<{ confirmed: string[] }>(api.officeFile, {
        ...(own ? {} : { officeId: file.officeId }),
        fields: ready.map(({ field }) => ({ field, value: drafts[field]!.value })),
      }),
    onSuccess: async ({ confirmed }) => {
      await client.invalidateQueries({ queryKey: ["office-file"] });
      clear();
      notify.done(t.confirmedDone(confirmed.length));
    },
    onError: (error) => {
      const field = error instanceof Refused && error.code === "invalid_value" ? error.fields[0] : undefined;
      if (field !== undefined && field in t.fields) notify.say(t.badField(t.fields[field as keyof typeof t.fields]));
      else notify.refused(error);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready.length > 0) confirm.mutate();
  };

  return (
    <form onSubmit={submit}>
      <div className="progress-line">
        <progress max={of} value={done} aria-label={t.progress(done, of)} />
        <strong>{done === of ? t.allDone : t.progress(done, of)}</strong>
        <label className="check">
          <input type="checkbox" checked={onlyDue} onChange={(event) => setOnlyDue(event.target.checked)} />
          <span>{t.onlyDue}</span>
        </label>
      </div>
      {!file.mayConfirm && (
        <p className="door-note">
          <Pictogram name="info" />
          {t.readOnly}
        </p>
      )}
      <ul className="facts">
        {file.fields
          .filter(({ due }) => due || !onlyDue)
          .map((fact) => (
            <FactRow
              key={fact.field}
              fact={fact}
              draft={drafts[fact.field]}
              mayConfirm={file.mayConfirm}
              set={(draft) => set(fact.field, draft)}
            />
          ))}
      </ul>
      {file.mayConfirm && (
        <div className="save-bar">
          <button type="submit" className="button primary large" disabled={ready.length === 0 || confirm.isPending}>
            {ready.length === 0 ? t.confirmNone : t.confirmSome(ready.length)}
          </button>
          <span className="soft">{t.confirmLead}</span>
        </div>
      )}
    </form>
  );
}
