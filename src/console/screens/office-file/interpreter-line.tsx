import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { careQuery, interpreterLineQuery } from "../../api/care.ts";
import { useSession } from "../../api/queries.ts";
import { put } from "../../api/request.ts";
import { useNotify } from "../../parts/notices.tsx";
import { careTexts } from "../../texts/care.ts";
import { useTexts } from "../../texts/texts.ts";
import { api } from "../../urls.ts";

/** Where interpreters are called: of the own office, or of the whole network for whoever works for all of it. */
export function InterpreterLineForm() {
  const { may, office } = useSession();
  const { data } = useQuery(interpreterLineQuery);
  const isOffered = office === null ? may.includes("close_offices") : may.includes("confirm_facts");
  return isOffered && data ? <LineForm kept={data.phone} network={office === null} /> : null;
}

function LineForm({ kept, network }: { kept: string | null; network: boolean }) {
  const t = useTexts(careTexts);
  const notify = useNotify();
  const client = useQueryClient();
  const [phone, setPhone] = useState(kept ?? "");
  const save = useMutation({
    mutationFn: () => put(api.interpreterLine, { phone: phone === "" ? "none" : phone }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: interpreterLineQuery.queryKey });
      await client.invalidateQueries({ queryKey: careQuery.queryKey });
      notify.done(t.saved);
    },
    onError: notify.refused,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form className="inline-form" onSubmit={submit}>
      <label>
        {t.lineTitle}
        <input
          type="tel"
          value={phone}
          pattern="\+[0-9]{8,15}"
          maxLength={16}
          autoComplete="off"
          title={network ? t.lineHelpNetwork : t.lineHelp}
          onChange={(event) => setPhone(event.target.value.replace(/[^+\d]/g, ""))}
        />
      </label>
      <button type="submit" className="button" disabled={save.isPending || phone === (kept ?? "")}>
        {t.save}
      </button>
      <p className="soft small-print">{network ? t.lineHelpNetwork : t.lineHelp}</p>
    </form>
  );
}
