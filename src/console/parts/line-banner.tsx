import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useLine } from "../api/live.ts";
import { todayQuery, useSession, useToday } from "../api/queries.ts";
import { shellTexts } from "../texts/shell.ts";
import { useTexts } from "../texts/texts.ts";
import { Pictogram } from "#ui/pictogram.tsx";
import { clockTime } from "./format.ts";

/** A line that comes back within this time was never worth a banner. */
const PATIENCE_MS = 3_000;

/** Says calmly that the list may be old, and from when it is. */
export function LineBanner() {
  const t = useTexts(shellTexts);
  const { office } = useSession();
  const client = useQueryClient();
  const { line, lostAt } = useLine();
  const { data, isError } = useToday();
  const [patient, setPatient] = useState(true);
  const lost = line === "lost" || isError;
  useEffect(() => {
    setPatient(true);
    if (!lost) return;
    const waiting = setTimeout(
      () => setPatient(false),
      Math.max(0, PATIENCE_MS - (Date.now() - (lostAt ?? Date.now()))),
    );
    return () => clearTimeout(waiting);
  }, [lost, lostAt]);

  return (
    <div role="status" aria-live="polite">
      {lost && !patient && data && (
        <p className="line-banner">
          <Pictogram name="info" />
          <span>
            <strong>{t.lost(clockTime(data.at, office?.zone ?? data.zone))}</strong> {t.lostHelp}
          </span>
          <button
            type="button"
            className="button small"
            onClick={() => void client.refetchQueries({ queryKey: todayQuery.queryKey })}
          >
            {t.retry}
          </button>
        </p>
      )}
    </div>
  );
}
