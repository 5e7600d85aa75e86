import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { Link } from "react-router";
import { useSession } from "../../api/queries.ts";
import { get, post } from "../../api/request.ts";
import type { OfflineView, Tablet } from "../../api/types.ts";
import { carriesList } from "../../offline/loan.ts";
import { keep, readKept, type KeptTablet } from "../../offline/store.ts";
import { Failed, Loading } from "../../parts/loading.tsx";
import { useNotify } from "../../parts/notices.tsx";
import { offlineTexts } from "../../texts/offline.ts";
import { useTexts } from "../../texts/texts.ts";
import { api, pages } from "../../urls.ts";
import { Pictogram } from "#ui/pictogram.tsx";
import { Conflicts } from "./conflicts.tsx";
import { Loans } from "./loans.tsx";
import { TakeForm } from "./take-form.tsx";
import "../../styles/offline.css";

export const offlineQuery = queryOptions({ queryKey: ["offline"], queryFn: () => get<OfflineView>(api.offline) });

/** Lists that go where there is no network: this device, what is out, and what has to be decided. */
export function OfflineScreen() {
  const t = useTexts(offlineTexts);
  const client = useQueryClient();
  const { data, error, refetch } = useQuery(offlineQuery);
  const [tablet, setTablet] = useState<KeptTablet | null>();
  useEffect(() => {
    void readKept("tablet").then(
      (kept) => setTablet(kept ?? null),
      () => setTablet(null),
    );
  }, []);
  const again = () => void client.invalidateQueries({ queryKey: offlineQuery.queryKey });
  if (error) return <Failed error={error} again={() => void refetch()} />;
  if (!data || tablet === undefined) return <Loading />;
  return (
    <div className="page offline">
      <h1>{t.title}</h1>
      <p className="lead">{t.lead}</p>
      <Conflicts conflicts={data.conflicts} again={again} />
      <section>
        <h2>{t.take}</h2>
        {carriesList() ? (
          <>
            <p>{t.carrying}</p>
            <Link className="button primary" to={pages.list}>
              {t.openList}
            </Link>
          </>
        ) : tablet ? (
          <TakeForm tablet={tablet} outings={data.outings} />
        ) : (
          <EnrolForm enrolled={setTablet} />
        )}
      </section>
      <Loans loans={data.loans} again={again} />
    </div>
  );
}

function EnrolForm({ enrolled }: { enrolled: (tablet: KeptTablet) => void }) {
  const t = useTexts(offlineTexts);
  const notify = useNotify();
  const { may } = useSession();
  const [name, setName] = useState("");
  const enrol = useMutation({
    mutationFn: async () => {
      const tablet = { ...(await post<Tablet>(api.tablets, { name })), name: name.trim() };
      await keep("tablet", tablet);
      return tablet;
    },
    onSuccess: enrolled,
    onError: notify.refused,
  });
  if (!may.includes("account_for_day"))
    return (
      <p>
        {t.noTablet} {t.onlyHead}
      </p>
    );
  return (
    <form onSubmit={(event) => (event.preventDefault(), enrol.mutate())}>
      <p>{t.noTablet}</p>
      <label className="offline-field">
        <span>{t.tabletName}</span>
        <input value={name} maxLength={40} required onChange={(event) => setName(event.target.value)} />
        <small>{t.tabletHelp}</small>
      </label>
      <button type="submit" className="button primary" disabled={enrol.isPending || name.trim() === ""}>
        <Pictogram name="check" />
        {t.enrol}
      </button>
    </form>
  );
}
