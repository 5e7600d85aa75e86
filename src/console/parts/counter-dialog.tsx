import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState, type FormEvent } from "react";
import { setCounter, useCounter } from "../api/counter.ts";
import { countersQuery } from "../api/queries.ts";
import { shellTexts } from "../texts/shell.ts";
import { useTexts } from "../texts/texts.ts";
import { Dialog } from "./dialog.tsx";

const HIGHEST_COUNTER = 99;

/** Asks at which counter the clerk sits; `chosen` also when it is the same as before. */
export function CounterDialog({ close, chosen }: { close: () => void; chosen: (number: number) => void }) {
  const t = useTexts(shellTexts);
  const counter = useCounter();
  const { data } = useQuery(countersQuery);
  const [typed, setTyped] = useState("");
  const planned = data?.counters ?? [];
  const list = useRef<HTMLUListElement>(null);
  const other = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // A list that comes late takes nothing from the hands of whoever types already.
    if (document.activeElement !== other.current)
      list.current?.querySelector<HTMLElement>("[aria-pressed=true], button")?.focus();
  }, [data]);

  const choose = (number: number) => {
    setCounter(number);
    chosen(number);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const number = Number(typed);
    if (Number.isInteger(number) && number >= 1 && number <= HIGHEST_COUNTER) choose(number);
  };

  return (
    <Dialog title={t.counterQuestion} close={close}>
      <p className="soft">{data && planned.length === 0 ? t.noCounters : t.counterHelp}</p>
      <ul ref={list} className="counters">
        {planned.map(({ number, serviceGroup }) => (
          <li key={number}>
            <button
              type="button"
              className="counter-choice"
              aria-pressed={number === counter}
              onClick={() => choose(number)}
            >
              <strong>{number}</strong>
              <span>{t.groups[serviceGroup as keyof typeof t.groups] ?? serviceGroup}</span>
            </button>
          </li>
        ))}
      </ul>
      <form className="inline-form" onSubmit={submit}>
        <label>
          {t.otherCounter}
          <input
            ref={other}
            inputMode="numeric"
            pattern="[1-9][0-9]?"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            size={4}
          />
        </label>
        <button type="submit" className="button">
          {t.use}
        </button>
      </form>
    </Dialog>
  );
}
