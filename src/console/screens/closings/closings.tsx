import { useQuery, useQueryClient } from "@tanstack/react-query";
import { closingsQuery } from "../../api/queries.ts";
import { Failed, Loading } from "../../parts/loading.tsx";
import { closingTexts } from "../../texts/closings.ts";
import { useTexts } from "../../texts/texts.ts";
import { ClosingForm } from "./form.tsx";
import { MadeClosings } from "./made.tsx";
import "../../styles/cuts.css";

/** A storm over several offices as one action: first whom it meets, then how far it has come. */
export function ClosingsScreen() {
  const t = useTexts(closingTexts);
  const client = useQueryClient();
  const { data, error, refetch } = useQuery(closingsQuery);
  const changed = () => client.invalidateQueries({ queryKey: closingsQuery.queryKey });
  return (
    <div className="page cuts">
      <h1>{t.title}</h1>
      <p className="lead">{t.lead}</p>
      <ClosingForm changed={changed} />
      {error && !data && <Failed error={error} again={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && <MadeClosings closings={data.closings} changed={changed} />}
    </div>
  );
}
