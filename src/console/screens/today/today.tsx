import { useMutation, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useCallback, useDeferredValue, useMemo, useRef, useState } from "react";
import { useNow } from "../../api/clock.ts";
import { useCounter } from "../../api/counter.ts";
import { todayQuery, useToday } from "../../api/queries.ts";
import { post } from "../../api/request.ts";
import type { Found, PartyFile, Today } from "../../api/types.ts";
import { CounterDialog } from "../../parts/counter-dialog.tsx";
import { Blank, Failed, Loading } from "../../parts/loading.tsx";
import { useNotify } from "../../parts/notices.tsx";
import { useShortcuts } from "../../parts/use-shortcuts.ts";
import { wantedOf } from "../../rules/find.ts";
import { fullName } from "../../rules/filter.ts";
import { openServices, sameForAll } from "../../rules/outcomes.ts";
import { partyState, TABS, whyNot, type Action, type Tab } from "../../rules/party-states.ts";
import { isHeldHere, suspendedFor } from "../../rules/suspended.ts";
import { secondsUntil } from "../../rules/timers.ts";
import { countTabs, linesOf, shownLines } from "../../rules/today-list.ts";
import { todayTexts } from "../../texts/today.ts";
import { useTexts } from "../../texts/texts.ts";
import { api } from "../../urls.ts";
import { PartyPanel } from "../party/party-panel.tsx";
import { DayBar } from "./day-bar.tsx";
import { HallNow } from "./hall-now.tsx";
import { FindBox } from "./find-box.tsx";
import { HelpDialog } from "./help-dialog.tsx";
import { NextSheet } from "./next-sheet.tsx";
import { PartyRow, rowId, type RowHandlers } from "./party-row.tsx";
import { StationBar, useCallNext, useStations } from "./station-bar.tsx";
import { Tabs } from "./tabs.tsx";
import { UndoBar } from "./undo-bar.tsx";
import { useOpenParty } from "./use-open-party.ts";
import { useLastRecorded, useVisitActions } from "./use-visit-actions.ts";
import "../../styles/today.css";
import "../../styles/hall.css";
import "../../styles/stations.css";
import "../../styles/party.css";
import "../../styles/outcomes.css";

const ScanDialog = lazy(() => import("../find/scan-dialog.tsx").then(({ ScanDialog }) => ({ default: ScanDialog })));
/** Waiting times are whole minutes. */
const REDRAW_MS = 15_000;

export function TodayScreen() {
  const { data, error, refetch } = useToday();
  if (data) return <Day today={data} />;
  return error ? <Failed error={error} again={() => void refetch()} /> : <Loading />;
}

function Day({ today }: { today: Today }) {
  const t = useTexts(todayTexts);
  const notify = useNotify();
  const counter = useCounter();
  const now = useNow(REDRAW_MS);
  const { opened, open, close } = useOpenParty();
  const { act, press, busy } = useVisitActions();
  const client = useQueryClient();
  const lastRecorded = useLastRecorded();
  const { own } = useStations();
  const [tab, setTab] = useState<Tab>("expected");
  const [typed, setTyped] = useState("");
  const [cursor, setCursor] = useState<string>();
  const [dialog, setDialog] = useState<"help" | "scan" | "counter" | { readonly callFor: string }>();
  const box = useRef<HTMLInputElement>(null);

  const lines = useMemo(() => linesOf(today.parties), [today]);
  const filter = useDeferredValue(typed);
  const searching = filter.trim() !== "";
  const shown = useMemo(() => shownLines(lines, tab, filter), [lines, tab, filter]);
  const at = Math.max(
    0,
    shown.findIndex(({ party }) => party.bookingId === cursor),
  );
  const partyOf = (bookingId: string | undefined) => today.parties.find((party) => party.bookingId === bookingId);

  const find = useMutation({
    mutationFn: (wanted: { folio: string } | { qr: string }) => post<Found>(api.find, wanted),
    onSuccess: ({ bookingId }) => {
      setTyped("");
      setDialog(undefined);
      openParty(bookingId);
    },
    onError: notify.refused,
  });

  /** As it is at this moment: a key that waited for an answer must see what the answer brought. */
  const partyNow = (bookingId: string | undefined) =>
    client.getQueryData(todayQuery.queryKey)?.parties.find((party) => party.bookingId === bookingId);
  const step = (bookingId: string | undefined, action: Action, atCounter?: number) => {
    if (bookingId === undefined) return notify.say(t.openFirst);
    press(bookingId, action, () => latest.current.take(bookingId, action, atCounter));
  };
  const take = (bookingId: string, action: Action, atCounter = counter) => {
    const party = partyNow(bookingId);
    if (!party) return notify.say(t.openFirst);
    const why = whyNot(action, partyState(party), atCounter, isHeldHere(party, today.suspensions));
    if (why === "choose_counter") return setDialog({ callFor: party.bookingId });
    if (why !== undefined) return notify.say(t.whyNot[why]);
    const { visit } = party;
    const about = { bookingId: party.bookingId, name: fullName(party.people[0]!) };
    if (action === "check_in" || action === "no_show") act({ does: action, ...about });
    else if (action === "record") openParty(party.bookingId);
    else if (action === "call") act({ does: "call", visit: visit!, counter: atCounter!, ...about });
    else act({ does: action, visit: visit!, ...about });
  };
  const issueAll = (file: PartyFile) => press(file.bookingId, "record", () => latest.current.issue(file));
  const issue = (file: PartyFile) => {
    const { bookingId, state, visit, appointments } = partyNow(file.bookingId) ?? file;
    const why = whyNot("record", partyState({ state, visit }), undefined);
    if (why !== undefined) return notify.say(t.whyNot[why]);
    const outcomes = sameForAll(appointments, "issued", suspendedFor(today.suspensions, visit));
    if (outcomes.length === 0) return notify.say(t.whyNot.suspended);
    const closes = outcomes.length === openServices(appointments).length;
    act({ does: "record", bookingId, visit: visit!, outcomes, closes });
  };
  const openParty = (bookingId: string) => {
    setCursor(bookingId);
    open(bookingId);
  };
  const next = useCallNext(openParty);
  const callNext = (atCounter = counter) => {
    if (atCounter === undefined) setDialog("counter");
    else if (!next.isPending) next.mutate({ station: own, counter: atCounter });
  };
  const move = (by: number) => {
    const inBox = document.activeElement === box.current;
    const line = shown[inBox ? 0 : at + (cursor === undefined ? 0 : by)];
    if (!line) return;
    setCursor(line.party.bookingId);
    document.getElementById(rowId(line.party.bookingId))?.focus();
  };
  const turn = (by: number) => setTab(TABS[(TABS.indexOf(tab) + by + TABS.length) % TABS.length]!);
  /** The open file if there is one, else the row under the cursor: what the letters act on. */
  const target = opened ?? shown[at]?.party.bookingId;
  const takeBack = (bookingId: string | undefined) => {
    if (bookingId !== undefined) press(bookingId, "undo", () => latest.current.undo(bookingId));
  };
  const undo = (bookingId: string) => {
    const visit = partyNow(bookingId)?.visit;
    if (visit && secondsUntil(visit.undoUntil, now) > 0) act({ does: "undo", bookingId: visit.bookingId, visit });
  };
  const submit = () => {
    const wanted = wantedOf(typed);
    if (!("words" in wanted)) find.mutate(wanted);
    else if (shown.length === 1) openParty(shown[0]!.party.bookingId);
    else move(0);
  };

  useShortcuts({
    find: () => box.current?.select(),
    scan: () => setDialog("scan"),
    help: () => setDialog("help"),
    up: () => move(-1),
    down: () => move(1),
    next_tab: () => turn(1),
    previous_tab: () => turn(-1),
    check_in: () => step(target, "check_in"),
    call: () => step(target, "call"),
    serve: () => step(target, "serve"),
    call_next: () => callNext(),
    pass: () => step(target, "pass"),
    park: () => step(target, partyOf(target)?.visit?.parkedAt ? "unpark" : "park"),
    undo: () => takeBack(lastRecorded ?? opened),
    close: () => (opened ? close() : setTyped("")),
  });

  const latest = useRef({ openParty, step, take, issue, undo });
  latest.current = { openParty, step, take, issue, undo };
  const handlers = useMemo<RowHandlers>(
    () => ({
      open: (bookingId) => latest.current.openParty(bookingId),
      step: (bookingId, action) => latest.current.step(bookingId, action),
    }),
    [],
  );
  const closePanel = useCallback(() => {
    close();
    if (opened) requestAnimationFrame(() => document.getElementById(rowId(opened))?.focus());
  }, [close, opened]);
  const undoable = partyOf(lastRecorded);

  return (
    <div className="today" data-open={opened !== undefined || undefined}>
      <h1 className="hidden">{t.title}</h1>
      <section className="today-list" aria-label={t.title}>
        <div className="toolbar">
          <FindBox
            ref={box}
            typed={typed}
            found={shown.length}
            searching={find.isPending}
            type={setTyped}
            submit={submit}
            scan={() => setDialog("scan")}
          />
          <NextSheet />
          <button
            type="button"
            className="button square help-button"
            onClick={() => setDialog("help")}
            aria-label={t.help}
            title={t.help}
          >
            ?
          </button>
        </div>
        <DayBar today={today} />
        <StationBar lines={lines} busy={next.isPending} callNext={callNext} />
        <Tabs
          chosen={searching ? undefined : tab}
          counts={countTabs(lines)}
          choose={(next) => (setTab(next), setTyped(""))}
        />
        {shown.length === 0 ? (
          <NobodyShown typed={filter} empty={today.parties.length === 0 ? t.emptyDay : t.empty[tab]} />
        ) : (
          <ul className="rows" aria-label={t.listLabel}>
            {shown.map((line, index) => (
              <PartyRow
                key={line.party.bookingId}
                line={line}
                counter={counter}
                suspensions={today.suspensions}
                now={now}
                cursor={index === at}
                isOpen={line.party.bookingId === opened}
                busy={busy.has(line.party.bookingId)}
                showState={searching}
                handlers={handlers}
              />
            ))}
          </ul>
        )}
      </section>
      <aside className="today-panel">
        {opened === undefined ? (
          <HallNow lines={lines} now={now} open={openParty} />
        ) : (
          <PartyPanel
            key={opened}
            bookingId={opened}
            party={partyOf(opened)}
            today={today.localDate}
            suspensions={today.suspensions}
            busy={busy.has(opened)}
            step={(action) => step(opened, action)}
            act={act}
            issueAll={issueAll}
            undo={() => takeBack(opened)}
            close={closePanel}
          />
        )}
      </aside>
      {undoable && <UndoBar party={undoable} undo={() => takeBack(lastRecorded)} />}
      {dialog === "help" && <HelpDialog close={() => setDialog(undefined)} />}
      {dialog === "scan" && (
        <Suspense>
          <ScanDialog
            searching={find.isPending}
            find={(wanted) => find.mutate(wanted)}
            close={() => setDialog(undefined)}
          />
        </Suspense>
      )}
      {dialog === "counter" && (
        <CounterDialog
          close={() => setDialog(undefined)}
          chosen={(number) => {
            setDialog(undefined);
            callNext(number);
          }}
        />
      )}
      {typeof dialog === "object" && (
        <CounterDialog
          close={() => setDialog(undefined)}
          chosen={(number) => {
            setDialog(undefined);
            step(dialog.callFor, "call", number);
          }}
        />
      )}
    </div>
  );
}

function NobodyShown({ typed, empty }: { typed: string; empty: string }) {
  const t = useTexts(todayTexts);
  if (typed.trim() === "") return <Blank title={empty} />;
  if (!("words" in wantedOf(typed))) return <Blank title={t.wholeFolio} help={t.openFolio} />;
  return <Blank title={t.nothingFound} help={t.nothingFoundHelp} />;
}
