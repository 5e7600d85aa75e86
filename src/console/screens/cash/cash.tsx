import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import { documentsQuery } from "../../api/issuing-queries.ts";
import { useToday } from "../../api/queries.ts";
import type { Party, Today } from "../../api/types.ts";
import { Blank, Failed, Loading } from "../../parts/loading.tsx";
import { ServicePictures } from "../../parts/services.tsx";
import { useShortcuts } from "../../parts/use-shortcuts.ts";
import { money } from "../../rules/cash.ts";
import type { ListedDocument } from "../../rules/documents.ts";
import { fullName, partyMatches } from "../../rules/filter.ts";
import { cashTexts } from "../../texts/cash.ts";
import { useTexts } from "../../texts/texts.ts";
import { CashPanel } from "./panel.tsx";
import "../../styles/outcomes.css";
import "../../styles/issuing.css";

/** Who stands in the hall on the left, what one family owes on the right. */
export function CashScreen() {
  const { data, error, refetch } = useToday();
  if (data) return <Cash today={data} />;
  return error ? <Failed error={error} again={() => void refetch()} /> : <Loading />;
}

function Cash({ today }: { today: Today }) {
  const t = useTexts(cashTexts);
  const documents = useQuery(documentsQuery).data;
  const [typed, setTyped] = useState("");
  const [opened, setOpened] = useState<string>();
  const box = useRef<HTMLInputElement>(null);
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    // On a telephone it stands below the list.
    if (opened !== undefined) panel.current?.scrollIntoView({ block: "nearest" });
  }, [opened]);
  const filter = useDeferredValue(typed);
  const inside = useMemo(() => today.parties.filter(isInside), [today]);
  const shown = inside.filter((party) => partyMatches(party, filter));
  const party = today.parties.find((one) => one.bookingId === opened);
  const move = (by: number) => {
    const at = shown.findIndex((one) => one.bookingId === opened);
    const next = shown[at < 0 ? 0 : Math.min(shown.length - 1, Math.max(0, at + by))];
    if (next) setOpened(next.bookingId);
  };
  useShortcuts({ find: () => box.current?.select(), up: () => move(-1), down: () => move(1) });

  return (
    <div className="page desk">
      <header className="desk-head">
        <h1>{t.title}</h1>
        <p className="lead">{t.lead}</p>
      </header>
      <section className="desk-list" aria-label={t.list}>
        <label>
          {t.find}
          <input
            ref={box}
            value={typed}
            autoComplete="off"
            spellCheck={false}
            maxLength={80}
            onChange={(event) => setTyped(event.target.value)}
            onKeyDown={(event) => event.key === "Enter" && move(0)}
          />
        </label>
        {inside.length === 0 ? (
          <Blank title={t.nobody} help={t.nobodyHelp} />
        ) : shown.length === 0 ? (
          <Blank title={t.nothingFound} />
        ) : (
          <ul className="desk-rows">
            {shown.map((one) => (
              <li key={one.bookingId}>
                <PartyButton
                  party={one}
                  documents={documents?.filter((other) => other.bookingId === one.bookingId)}
                  isOpen={one.bookingId === opened}
                  open={() => setOpened(one.bookingId)}
                />
              </li>
            ))}
          </ul>
        )}
      </section>
      <section ref={panel} className="desk-panel">
        {party ? <CashPanel key={party.bookingId} party={party} /> : <Blank title={t.choose} />}
      </section>
    </div>
  );
}

/** Whoever arrived today, also when the last outcome is recorded already. */
function isInside({ visit }: Party): boolean {
  return visit !== null && visit.arrivedAt !== null && visit.state !== "left";
}

interface RowProps {
  readonly party: Party;
  readonly documents: readonly ListedDocument[] | undefined;
  readonly isOpen: boolean;
  readonly open: () => void;
}

function PartyButton({ party, documents, isOpen, open }: RowProps) {
  const t = useTexts(cashTexts);
  const due = (documents ?? []).filter((one) => one.state === "to_pay").reduce((sum, one) => sum + one.dueCents, 0);
  const words = !documents || documents.length === 0 ? t.notOpened : due > 0 ? t.owes(money(due)) : t.settled;
  return (
    <button type="button" className="desk-row" aria-pressed={isOpen} onClick={open}>
      <strong>{party.people[0] ? fullName(party.people[0]) : party.folioTail}</strong>
      <span className="soft">
        {t.people(party.people.length)} · {party.localTime} · {party.folioTail}
      </span>
      <ServicePictures services={party.appointments.flatMap((one) => one.services)} />
      <span className={due > 0 ? "owes" : "soft"}>{words}</span>
    </button>
  );
}
