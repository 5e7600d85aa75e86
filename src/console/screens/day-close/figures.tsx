import type { ReactNode } from "react";
import type { ClosingAnswer } from "../../api/types.ts";
import { Table } from "../../parts/table.tsx";
import { BLANK_ROWS, closingRows, type ClosingRow } from "../../rules/closing-rows.ts";
import { dayCloseTexts } from "../../texts/day-close.ts";
import { useTexts } from "../../texts/texts.ts";
import { useClosingWords } from "./words.ts";

type SectionName = keyof (typeof dayCloseTexts)["es"]["sections"];

/** Every figure of the page, section by section. */
export function Figures({ closing }: { closing: ClosingAnswer }) {
  const t = useTexts(dayCloseTexts);
  const words = useClosingWords();
  const rows = closingRows(closing, words);
  const of = (name: SectionName) => rows.filter((one) => one.section === t.sections[name]);
  return (
    <>
      <Part name="people">
        <Counts rows={of("people")} />
      </Part>
      <Part name="outcomes">
        <Counts rows={of("outcomes")} />
      </Part>
      <Part name="fees">
        <Amounts rows={of("fees")} />
      </Part>
      <Part name="blanks">
        <Table
          numbers
          heads={[t.blank, ...BLANK_ROWS.map((key) => t.blankRows[key])]}
          rows={closing.page.blanks.map((one) => ({
            key: one.blank,
            cells: [words.blank(one.blank), ...BLANK_ROWS.map((key) => one[key])],
          }))}
        />
        {closing.page.blanks
          .filter((one) => one.spoiledNumbers.length > 0)
          .map((one) => (
            <p key={one.blank}>
              {words.blank(one.blank)}. {t.numbers(one.spoiledNumbers.join(", "))}
            </p>
          ))}
      </Part>
      <Part name="uncollected">
        <Counts rows={of("uncollected")} />
      </Part>
      {of("annex").length > 0 && (
        <Part name="annex">
          <Amounts rows={of("annex")} />
        </Part>
      )}
    </>
  );
}

function Part({ name, children }: { name: SectionName; children: ReactNode }) {
  const t = useTexts(dayCloseTexts);
  return (
    <section className="report" aria-labelledby={`close-${name}`}>
      <h2 id={`close-${name}`}>{t.sections[name]}</h2>
      <p className="soft">{t.help[name]}</p>
      {children}
    </section>
  );
}

function Counts({ rows }: { rows: readonly ClosingRow[] }) {
  const t = useTexts(dayCloseTexts);
  if (rows.length === 0) return <p className="soft">{t.nothing}</p>;
  return (
    <Table
      numbers
      heads={[t.heads.what, t.heads.count]}
      rows={rows.map((one) => ({ key: one.what, cells: [one.what, one.count] }))}
    />
  );
}

function Amounts({ rows }: { rows: readonly ClosingRow[] }) {
  const t = useTexts(dayCloseTexts);
  return (
    <Table
      numbers
      heads={[t.heads.what, t.heads.count, t.heads.dollars]}
      rows={rows.map((one, i) => ({
        key: `${one.what} ${i}`,
        cells: [
          one.what,
          one.count ?? "",
          one.dollars === null ? "" : one.dollars.toLocaleString("en-US", { minimumFractionDigits: 2 }),
        ],
      }))}
    />
  );
}
