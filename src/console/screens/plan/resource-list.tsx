import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { PLAN, resourcesQuery } from "../../api/plan.ts";
import type { Resource } from "../../api/plan-types.ts";
import { officesQuery } from "../../api/queries.ts";
import { post } from "../../api/request.ts";
import { shortDay } from "../../parts/format.ts";
import { Blank } from "../../parts/loading.tsx";
import { useNotify } from "../../parts/notices.tsx";
import { Table } from "../../parts/table.tsx";
import { planMeansTexts } from "../../texts/plan-means.ts";
import { useLanguage, useTexts } from "../../texts/texts.ts";
import { planApi } from "../../urls.ts";
import { PlanProblem } from "./problem.tsx";

const KINDS = ["crew", "kit"] as const satisfies readonly Resource["kind"][];

/** Crews and kits of the network, and in which town each is in these weeks. */
export function ResourceList({ today }: { today: string }) {
  const t = useTexts(planMeansTexts);
  const { columns } = t;
  const language = useLanguage();
  const { data } = useQuery(resourcesQuery(today));
  const { data: offices } = useQuery(officesQuery);
  const cityOf = (officeId: string) => offices?.find(({ id }) => id === officeId)?.city ?? officeId;
  return (
    <section aria-labelledby="plan-resources-title">
      <h2 id="plan-resources-title">{t.resources}</h2>
      <p className="soft">{t.resourcesLead}</p>
      {data?.length === 0 && <Blank title={t.noResources} />}
      {data && data.length > 0 && (
        <Table
          heads={[columns.name, columns.kind, columns.home, columns.where]}
          rows={data.map(({ id, kind, name, officeId, days }) => ({
            key: id,
            cells: [
              name,
              t.kinds[kind],
              cityOf(officeId),
              days.length === 0 ? (
                <span className="soft">{t.nowhere}</span>
              ) : (
                <ul className="plan-trips">
                  {days.map(({ localDate, town }) => (
                    <li key={localDate}>
                      {shortDay(localDate, language)}: {town}
                    </li>
                  ))}
                </ul>
              ),
            ],
          }))}
        />
      )}
      <AddResource />
    </section>
  );
}

function AddResource() {
  const t = useTexts(planMeansTexts);
  const notify = useNotify();
  const client = useQueryClient();
  const [kind, setKind] = useState<Resource["kind"]>("kit");
  const [name, setName] = useState("");
  const add = useMutation({
    mutationFn: () => post(planApi.resources, { kind, name: name.trim() }),
    onSuccess: async () => {
      setName("");
      notify.done(t.resourceSaved);
      await client.invalidateQueries({ queryKey: PLAN });
    },
  });
  return (
    <form
      className="inline-form"
      onSubmit={(event) => {
        event.preventDefault();
        add.mutate();
      }}
    >
      <label>
        {t.kind}
        <select value={kind} onChange={(event) => setKind(event.target.value as Resource["kind"])}>
          {KINDS.map((one) => (
            <option key={one} value={one}>
              {t.kinds[one]}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t.columns.name}
        <input
          value={name}
          required
          minLength={2}
          maxLength={60}
          autoComplete="off"
          onChange={(event) => setName(event.target.value)}
        />
      </label>
      <button type="submit" className="button" disabled={add.isPending}>
        {t.addResource}
      </button>
      <PlanProblem error={add.error ?? undefined} />
    </form>
  );
}
