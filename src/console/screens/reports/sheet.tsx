import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useSession } from "../../api/queries.ts";
import { sheetQuery } from "../../api/report-queries.ts";
import type { DaySheet } from "../../api/types.ts";
import { addDays, longDate } from "../../parts/format.ts";
import { Blank, Failed, Loading } from "../../parts/loading.tsx";
import { useServiceName } from "../../parts/services.tsx";
import { Table } from "../../parts/table.tsx";
import { partyTexts } from "../../texts/party.ts";
import { reportTexts } from "../../texts/reports.ts";
import { useLanguage, useTexts } from "../../texts/texts.ts";
import { api } from "../../urls.ts";
import { PaperEditor } from "./paper-editor.tsx";

/** As the server has them: from a week back to a week ahead. */
const DAYS_AROUND = 7;
type SheetParty = DaySheet["parties"][number];

/** The list of a day by hour without names: to print, and to type in what was worked on paper. */
export function SheetPart() {
  const t = useTexts(reportTexts);
  const language = useLanguage();
  const { office } = useSession();
  const today = office!.localDate;
  const [asked, setAsked] = useState("next");
  const { data, error, refetch } = useQuery(sheetQuery(asked));
  const day = data?.localDate ?? asked;
  return (
    <>
      <p className="lead">{t.sheetLead}</p>
      <div className="report-fields">
        <label>
          {t.day}
          <input
            type="date"
            value={day === "next" ? "" : day}
            min={addDays(today, -DAYS_AROUND)}
            max={addDays(today, DAYS_AROUND)}
            required
            onChange={({ target }) => target.value !== "" && setAsked(target.value)}
          />
        </label>
        <a className="button primary" href={api.sheetPdf(day, language)} target="_blank" rel="noopener">
          {t.printPdf}
        </a>
      </div>
      <p className="small-print soft">{t.sheetAudit}</p>
      {error && <Failed error={error} again={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && !error && (
        <section aria-labelledby="sheet-title">
          <h2 id="sheet-title">{longDate(data.localDate, language)}</h2>
          {data.typed && <p>{t.typedLead}</p>}
          {data.parties.length === 0 ? <Blank title={t.sheetNone} /> : <Parties sheet={data} asked={asked} />}
        </section>
      )}
    </>
  );
}

function Parties({ sheet, asked }: { sheet: DaySheet; asked: string }) {
  const t = useTexts(reportTexts);
  const client = useQueryClient();
  const [editing, setEditing] = useState<SheetParty>();
  const c = t.sheetColumns;
  const heads = [c.hour, c.folio, c.people, c.outcome];
  return (
    <>
      <Table
        heads={heads}
        rows={sheet.parties.map((party) => ({
          key: party.bookingId,
          cells: [
            party.expectedTime === null ? party.localTime : t.laterThan(party.localTime, party.expectedTime),
            t.folio(party.folioTail),
            <Lines key="lines" party={party} />,
            <Outcomes key="outcomes" party={party} typed={sheet.typed} edit={() => setEditing(party)} />,
          ],
        }))}
      />
      {editing && (
        <PaperEditor
          party={editing}
          close={() => setEditing(undefined)}
          saved={() => client.invalidateQueries({ queryKey: sheetQuery(asked).queryKey })}
        />
      )}
    </>
  );
}

function Lines({ party: { lines } }: { party: SheetParty }) {
  const t = useTexts(reportTexts);
  const serviceName = useServiceName();
  return (
    <ul className="sheet-lines">
      {lines.map(({ appointmentId, initials, services, counter }) => (
        <li key={appointmentId}>
          <strong>{initials}</strong> {services.map(serviceName).join(" · ")}
          {counter !== null && <span className="soft"> · {t.counter(counter)}</span>}
        </li>
      ))}
    </ul>
  );
}

function Outcomes({ party, typed, edit }: { party: SheetParty; typed: boolean; edit: () => void }) {
  const t = useTexts(reportTexts);
  const words = useTexts(partyTexts);
  const open = party.lines.some(({ outcomes }) => outcomes.length === 0);
  const recorded = party.lines.flatMap(({ outcomes }) => outcomes.map(({ code }) => words.codes[code]));
  return (
    <div className="sheet-outcomes">
      {recorded.length > 0 && <span>{recorded.join(" · ")}</span>}
      {typed && open && (
        <button type="button" className="button small" aria-label={t.typeInOf(party.folioTail)} onClick={edit}>
          {t.typeIn}
        </button>
      )}
    </div>
  );
}
