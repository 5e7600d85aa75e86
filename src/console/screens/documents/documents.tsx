import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useRef, useState } from "react";
import { documentsQuery, useReadDesk } from "../../api/issuing-queries.ts";
import { useToday } from "../../api/queries.ts";
import { post } from "../../api/request.ts";
import type { Documents, Found } from "../../api/types.ts";
import { Blank, Failed, Loading } from "../../parts/loading.tsx";
import { useNotify } from "../../parts/notices.tsx";
import { useShortcuts } from "../../parts/use-shortcuts.ts";
import {
  able,
  countTabs,
  DOCUMENT_TABS,
  familiesOf,
  withChanged,
  type DocumentAction,
  type DocumentTab,
  type ListedDocument,
} from "../../rules/documents.ts";
import { partyMatches } from "../../rules/filter.ts";
import { documentTexts } from "../../texts/documents.ts";
import { issuingTexts } from "../../texts/issuing.ts";
import { useTexts } from "../../texts/texts.ts";
import { api } from "../../urls.ts";
import { DocumentDialog, type Asked } from "./document-dialog.tsx";
import { FamilyRow, familyId } from "./family-row.tsx";
import "../../styles/reports.css";
import "../../styles/issuing.css";

const ScanDialog = lazy(() => import("../find/scan-dialog.tsx").then(({ ScanDialog }) => ({ default: ScanDialog })));

/** Where each paper stands, from the cashier until it is handed over; one key for a whole family. */
export function DocumentsScreen() {
  const { data, error, refetch } = useQuery(documentsQuery);
  if (data) return <List documents={data} />;
  return error ? <Failed error={error} again={() => void refetch()} /> : <Loading />;
}

interface MoveBody {
  readonly documents: readonly { readonly id: string; readonly version: number }[];
  readonly action: DocumentAction;
  readonly number?: string;
  readonly returnOn?: string;
}

function List({ documents }: { documents: readonly ListedDocument[] }) {
  const t = useTexts(documentTexts);
  const words = useTexts(issuingTexts);
  const notify = useNotify();
  const readDesk = useReadDesk();
  const client = useQueryClient();
  const parties = useToday().data?.parties ?? [];
  const [tab, setTab] = useState<DocumentTab>("capture");
  const [typed, setTyped] = useState("");
  const [only, setOnly] = useState<string>();
  const [cursor, setCursor] = useState<string>();
  const [last, setLast] = useState<Documents["documents"]>([]);
  const [asked, setAsked] = useState<Asked>();
  const [scanning, setScanning] = useState(false);
  const box = useRef<HTMLInputElement>(null);
  /** Documents whose step is under way: the same key twice is one step, another family's need not wait. */
  const busy = useRef(new Set<string>());
  const counts = countTabs(documents);
  const partyOf = (bookingId: string) => parties.find((one) => one.bookingId === bookingId);
  const shown = familiesOf(documents, tab).filter(({ bookingId, documents: own }) => {
    if (only !== undefined) return bookingId === only;
    return partyMatches({ people: partyOf(bookingId)?.people ?? [], folioTail: own[0]!.folioTail }, typed);
  });
  const at = Math.max(
    0,
    shown.findIndex((one) => one.bookingId === cursor),
  );

  const move = useMutation({
    mutationFn: (body: MoveBody) => post<Documents>(api.moveDocuments, body),
    onMutate: ({ documents: moving }) => moving.forEach(({ id }) => busy.current.add(id)),
    onSuccess: ({ documents: changed }) => {
      client.setQueryData(documentsQuery.queryKey, (known) => known && withChanged(known, changed));
      setLast(changed);
      setAsked(undefined);
      notify.done(t.moved(changed.length));
    },
    onError: notify.refused,
    // Not waited for: the next key is for the next family.
    onSettled: (_, __, { documents: moved }) => {
      for (const { id } of moved) busy.current.delete(id);
      void readDesk();
    },
  });
  const undo = useMutation({
    mutationFn: () => post(api.undoDocuments, { documents: last.map(({ id, version }) => ({ id, version })) }),
    onSuccess: () => notify.done(words.undone),
    onError: notify.refused,
    onSettled: () => {
      setLast([]);
      void readDesk();
    },
  });
  const find = useMutation({
    mutationFn: (wanted: { folio: string } | { qr: string }) => post<Found>(api.find, wanted),
    onSuccess: ({ bookingId }) => {
      const own = documents.filter((one) => one.bookingId === bookingId);
      const where = DOCUMENT_TABS.find((one) => familiesOf(own, one).length > 0);
      if (where) setTab(where);
      setOnly(bookingId);
      setCursor(bookingId);
      setScanning(false);
    },
    onError: notify.refused,
  });
  const step = (own: readonly ListedDocument[], action: DocumentAction) => {
    const ready = able(own, action);
    if (ready.length === 0 || ready.some(({ id }) => busy.current.has(id))) return;
    if (action === "spoil" || action === "return") return setAsked({ action, documents: ready });
    move.mutate({ documents: ready.map(({ id, version }) => ({ id, version })), action });
  };
  const press = (action: DocumentAction) => () => {
    const family = shown[at];
    if (family) step(family.documents, action);
  };
  const go = (by: number) => {
    const next = shown[Math.min(shown.length - 1, Math.max(0, cursor === undefined ? 0 : at + by))];
    if (!next) return;
    setCursor(next.bookingId);
    document.getElementById(familyId(next.bookingId))?.focus();
  };
  const turn = (by: number) =>
    choose(DOCUMENT_TABS[(DOCUMENT_TABS.indexOf(tab) + by + DOCUMENT_TABS.length) % DOCUMENT_TABS.length]!);
  const choose = (next: DocumentTab) => {
    setTab(next);
    setOnly(undefined);
    setCursor(undefined);
  };
  const takeBack = () => {
    if (last.length > 0 && !undo.isPending) undo.mutate();
  };
  useShortcuts({
    find: () => box.current?.select(),
    scan: () => setScanning(true),
    up: () => go(-1),
    down: () => go(1),
    next_tab: () => turn(1),
    previous_tab: () => turn(-1),
    capture: press("capture"),
    produce: press("produce"),
    ready: press("ready"),
    issue_all: press("deliver"),
    undo: takeBack,
  });

  return (
    <div className="page documents">
      <h1>{t.title}</h1>
      <p className="lead">{t.lead}</p>
      <div className="inline-form">
        <label>
          {t.find}
          <input
            ref={box}
            value={typed}
            autoComplete="off"
            spellCheck={false}
            maxLength={80}
            onChange={(event) => {
              setOnly(undefined);
              setTyped(event.target.value);
            }}
          />
        </label>
        <button type="button" className="button" onClick={() => setScanning(true)}>
          {t.scan} <kbd>Q</kbd>
        </button>
        {last.length > 0 && (
          <button type="button" className="button" disabled={undo.isPending} onClick={takeBack}>
            {words.undo} <kbd>Z</kbd>
          </button>
        )}
      </div>
      <nav className="report-parts" aria-label={t.tabsLabel}>
        {DOCUMENT_TABS.map((one) => (
          <button
            key={one}
            type="button"
            className="button"
            aria-current={one === tab ? "page" : undefined}
            onClick={() => choose(one)}
          >
            {t.tabs[one]} <span className="count">{counts[one]}</span>
          </button>
        ))}
      </nav>
      {shown.length === 0 ? (
        <Blank title={t.none[tab]} />
      ) : (
        <ul className="families">
          {shown.map((family, index) => (
            <FamilyRow
              key={family.bookingId}
              family={family}
              party={partyOf(family.bookingId)}
              isCurrent={index === at}
              isBusy={move.isPending}
              choose={() => setCursor(family.bookingId)}
              step={step}
            />
          ))}
        </ul>
      )}
      {asked && (
        <DocumentDialog
          asked={asked}
          isBusy={move.isPending}
          save={(change) =>
            move.mutate({
              documents: asked.documents.map(({ id, version }) => ({ id, version })),
              action: asked.action,
              ...change,
            })
          }
          close={() => setAsked(undefined)}
        />
      )}
      {scanning && (
        <Suspense>
          <ScanDialog
            searching={find.isPending}
            find={(wanted) => find.mutate(wanted)}
            close={() => setScanning(false)}
          />
        </Suspense>
      )}
    </div>
  );
}
