import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { cutsQuery, useSession } from "../../api/queries.ts";
import { Failed, Loading } from "../../parts/loading.tsx";
import { cutTexts } from "../../texts/cuts.ts";
import { useTexts } from "../../texts/texts.ts";
import { CutForm } from "./form.tsx";
import { MadeCuts } from "./made.tsx";
import { CutWorkList } from "./work.tsx";
import "../../styles/cuts.css";

/** Closing a day, counters or hours: first whom it meets, then who still needs another place. */
export function CutsScreen() {
  const t = useTexts(cutTexts);
  const { office } = useSession();
  const [on, setOn] = useState(office!.localDate);
  const client = useQueryClient();
  const { data, error, refetch } = useQuery(cutsQuery(on));
  const readAgain = () => client.invalidateQueries({ queryKey: ["cuts"] });
  const zone = office!.zone;

  return (
    <div className="page cuts">
      <h1>{t.title}</h1>
      <p className="lead">{t.lead}</p>
      <CutForm on={on} setOn={setOn} work={data} zone={zone} changed={readAgain} />
      {error && !data && <Failed error={error} again={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && (
        <>
          <CutWorkList work={data} zone={zone} changed={readAgain} />
          <MadeCuts cuts={data.cuts} zone={zone} changed={readAgain} />
        </>
      )}
    </div>
  );
}
