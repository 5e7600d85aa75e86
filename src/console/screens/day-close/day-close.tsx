import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { dayCloseQuery } from "../../api/issuing-queries.ts";
import { useSession } from "../../api/queries.ts";
import type { ClosingAnswer } from "../../api/types.ts";
import { longDate } from "../../parts/format.ts";
import { Failed, Loading } from "../../parts/loading.tsx";
import { closingCells, closingRows } from "../../rules/closing-rows.ts";
import { csvOf } from "../../rules/csv.ts";
import { dayCloseTexts } from "../../texts/day-close.ts";
import { useLanguage, useTexts } from "../../texts/texts.ts";
import { Figures } from "./figures.tsx";
import { LastTurns } from "./last-turns.tsx";
import { Signatures } from "./signatures.tsx";
import { StockForm } from "./stock-form.tsx";
import { useClosingWords } from "./words.ts";
import "../../styles/reports.css";
import "../../styles/issuing.css";

/** The evening: one page with every figure of the day, signed by two people. */
export function DayCloseScreen() {
  const t = useTexts(dayCloseTexts);
  const { office } = useSession();
  const [day, setDay] = useState(office!.localDate);
  const { data, error, refetch } = useQuery(dayCloseQuery(day));
  return (
    <div className="page reports day-close">
      <h1>{t.title}</h1>
      <div className="report-fields">
        <label>
          {t.day}
          <input
            type="date"
            value={day}
            required
            max={office!.localDate}
            onChange={({ target }) => target.value !== "" && setDay(target.value)}
          />
        </label>
        <button type="button" className="button" onClick={() => print()}>
          {t.print}
        </button>
        {data && <Download closing={data} />}
      </div>
      {error && !data && <Failed error={error} again={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && <Page closing={data} isToday={day === office!.localDate} />}
    </div>
  );
}

function Page({ closing, isToday }: { closing: ClosingAnswer; isToday: boolean }) {
  const language = useLanguage();
  const { office, may } = useSession();
  return (
    <>
      <p className="print-only">
        {office!.name[language]} · {longDate(closing.page.localDate, language)}
      </p>
      {isToday && <Warnings outlook={closing.outlook} />}
      {isToday && may.includes("run_hall") && <LastTurns />}
      <Figures closing={closing} />
      <Signatures key={closing.digest} closing={closing} />
      {isToday && may.includes("account_for_day") && <StockForm />}
    </>
  );
}

function Warnings({ outlook }: Pick<ClosingAnswer, "outlook">) {
  const t = useTexts(dayCloseTexts);
  const { blank: blankName } = useClosingWords();
  const low = outlook.filter((one) => one.low);
  if (low.length === 0) return null;
  return (
    <div className="door-note warning" role="status">
      <ul>
        {low.map(({ blank, pieces, days }) => (
          <li key={blank}>{t.low(blankName(blank), pieces, days)}</li>
        ))}
        <li>{t.lowHelp}</li>
      </ul>
    </div>
  );
}

/** The file is made here of what the screen shows. */
function Download({ closing }: { closing: ClosingAnswer }) {
  const t = useTexts(dayCloseTexts);
  const words = useClosingWords();
  const save = () => {
    const { heads } = t;
    const csv = csvOf(
      [heads.section, heads.what, heads.count, heads.dollars],
      closingCells(closingRows(closing, words)),
    );
    const url = URL.createObjectURL(new Blob([csv], { type: "text/csv;charset=utf-8" }));
    const link = document.createElement("a");
    link.href = url;
    link.download = `${closing.page.officeId}-close-${closing.page.localDate}.csv`;
    link.click();
    // The browser reads it after the click; a little later nobody needs it.
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  };
  return (
    <button type="button" className="button" onClick={save}>
      {t.download}
    </button>
  );
}
