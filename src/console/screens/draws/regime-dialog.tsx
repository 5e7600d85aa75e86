import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { DRAWABLE_GROUPS } from "#kernel/draws.ts";
import { drawsQuery } from "../../api/queries.ts";
import { post } from "../../api/request.ts";
import type { RegimeRow } from "../../api/types.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { useNotify } from "../../parts/notices.tsx";
import { OfficeSelect } from "../../parts/office-select.tsx";
import { drawTexts } from "../../texts/draws.ts";
import { shellTexts } from "../../texts/shell.ts";
import { useTexts } from "../../texts/texts.ts";
import { api } from "../../urls.ts";
import { useNames } from "./when.ts";

/** Whose switch is turned; an empty office is asked for. */
export type RegimeAsked = Pick<RegimeRow, "officeId" | "serviceGroup" | "regime">;

const WISHES = ["draw", "immediate", "measured"] as const;

export function RegimeDialog({ asked, close }: { asked: RegimeAsked; close: () => void }) {
  const t = useTexts(drawTexts);
  const { groups } = useTexts(shellTexts);
  const names = useNames();
  const notify = useNotify();
  const client = useQueryClient();
  const [officeId, setOffice] = useState(asked.officeId);
  const [serviceGroup, setGroup] = useState(asked.serviceGroup);
  const [wish, setWish] = useState<(typeof WISHES)[number]>(asked.regime);
  const save = useMutation({
    mutationFn: () => post(api.regimes, { officeId, serviceGroup, wish }),
    onSuccess: async () => {
      notify.done(t.changed);
      close();
      await client.invalidateQueries({ queryKey: drawsQuery.queryKey });
    },
    onError: notify.refused,
  });
  const title =
    asked.officeId === "" ? t.changeOther : t.changeFor(names.office(asked.officeId), names.group(asked.serviceGroup));
  return (
    <Dialog title={title} close={close}>
      <form
        className="regime-form"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        {asked.officeId === "" && (
          <>
            <label>
              {t.office}
              <OfficeSelect value={officeId} change={setOffice} required />
            </label>
            <label>
              {t.group}
              <select value={serviceGroup} onChange={(event) => setGroup(event.target.value)}>
                {DRAWABLE_GROUPS.map((group) => (
                  <option key={group} value={group}>
                    {groups[group]}
                  </option>
                ))}
              </select>
            </label>
          </>
        )}
        <fieldset>
          <legend className="hidden">{t.regimes}</legend>
          {WISHES.map((one) => (
            <label key={one} className="check">
              <input type="radio" name="wish" checked={wish === one} onChange={() => setWish(one)} />
              {t.wish[one]}
            </label>
          ))}
        </fieldset>
        <p className="soft">{t.changeLead}</p>
        <div className="step-buttons">
          <button type="submit" className="button primary" disabled={save.isPending}>
            {t.save}
          </button>
          <button type="button" className="button" onClick={close}>
            {t.cancel}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
