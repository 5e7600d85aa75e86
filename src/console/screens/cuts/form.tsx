import { useState, type FormEvent } from "react";
import { useLocation } from "react-router";
import type { CutPreview, CutWork } from "../../api/types.ts";
import { Counts } from "../../parts/counts.tsx";
import { clockTime } from "../../parts/format.ts";
import { usePreview } from "../../parts/use-preview.ts";
import { cutAsked } from "../../rules/cuts.ts";
import { cutTexts } from "../../texts/cuts.ts";
import { shellTexts } from "../../texts/shell.ts";
import { useTexts } from "../../texts/texts.ts";
import { api } from "../../urls.ts";
import { Affected } from "./affected.tsx";

const REASONS = ["storm", "staff", "no_system", "venue", "other"] as const;
const WHOLE = { sessionId: "", counterFrom: "", counterTo: "", hourFrom: "", hourTo: "" };
const COUNTS = ["booked", "assigned", "committed", "held", "planned", "free"] as const;

interface Props {
  readonly on: string;
  readonly setOn: (day: string) => void;
  readonly work: CutWork | undefined;
  readonly zone: string;
  readonly changed: () => Promise<unknown>;
}

/** What is closed, and before it is, what that takes and from whom. */
export function CutForm({ on, setOn, work, zone, changed }: Props) {
  const t = useTexts(cutTexts);
  const { groups } = useTexts(shellTexts);
  // A day that goes wrong proposes which hours to close (screens/today/absences-dialog.tsx).
  const proposed = (useLocation().state as { cut?: Partial<typeof WHOLE> } | null)?.cut;
  const [fields, setFields] = useState({ ...WHOLE, ...proposed });
  const [reason, setReason] = useState<(typeof REASONS)[number]>("storm");
  const { shown, title, look, save, forget, isLooking, isSaving } = usePreview<CutPreview>({
    preview: api.cutPreview,
    save: api.cuts,
    done: t.saved,
    saved: async () => {
      setFields(WHOLE);
      await changed();
    },
  });

  const sessions = work?.on === on ? work.sessions : [];
  const chosen = sessions.filter(({ id }) => fields.sessionId === "" || id === fields.sessionId);
  const counters = Math.max(1, ...chosen.map((one) => one.counters));
  const asked = cutAsked({ localDate: on, ...fields }, counters);
  const change = (some: Partial<typeof WHOLE>) => {
    setFields({ ...fields, ...some });
    forget();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    look(asked);
  };
  const hours = (name: "hourFrom" | "hourTo", label: string) => (
    <label>
      {label}
      <input type="time" value={fields[name]} onChange={(event) => change({ [name]: event.target.value })} />
    </label>
  );
  const counter = (name: "counterFrom" | "counterTo", label: string) => (
    <label>
      {label}
      <input
        type="number"
        inputMode="numeric"
        min={1}
        max={counters}
        value={fields[name]}
        onChange={(event) => change({ [name]: event.target.value })}
      />
    </label>
  );

  return (
    <section className="cut-box" aria-labelledby="cut-form-title">
      <h2 id="cut-form-title">{t.form}</h2>
      <form onSubmit={submit}>
        <div className="cut-fields">
          <label>
            {t.day}
            <input
              type="date"
              value={on}
              required
              onChange={(event) => {
                if (event.target.value !== "") setOn(event.target.value);
                change(WHOLE);
              }}
            />
          </label>
          <label>
            {t.session}
            <select value={fields.sessionId} onChange={(event) => change({ sessionId: event.target.value })}>
              <option value="">{t.wholeDay}</option>
              {sessions.map(({ id, serviceGroup, startsAt, endsAt, places, cut }) => (
                <option key={id} value={id}>
                  {`${groups[serviceGroup as keyof typeof groups]}, ${clockTime(startsAt, zone)}–${clockTime(endsAt, zone)}`}
                  {cut === places && places > 0 ? ` (${t.closedAlready})` : ""}
                </option>
              ))}
            </select>
          </label>
          <label>
            {t.reason}
            <select value={reason} onChange={(event) => setReason(event.target.value as typeof reason)}>
              {REASONS.map((one) => (
                <option key={one} value={one}>
                  {t.reasons[one]}
                </option>
              ))}
            </select>
            <small className="soft">{t.reasonHelp}</small>
          </label>
        </div>
        {work?.on === on && sessions.length === 0 && <p className="soft">{t.noSessions}</p>}
        <details className="cut-part" open={proposed !== undefined || undefined}>
          <summary>{t.part}</summary>
          <p className="soft">{t.partHelp}</p>
          <div className="cut-fields">
            {counter("counterFrom", t.counterFrom)}
            {counter("counterTo", t.counterTo)}
            {hours("hourFrom", t.hourFrom)}
            {hours("hourTo", t.hourTo)}
          </div>
        </details>
        <button type="submit" className="button primary" disabled={isLooking || sessions.length === 0}>
          {t.preview}
        </button>
      </form>
      {shown && (
        <div className="cut-preview">
          <h3 ref={title} tabIndex={-1}>
            {t.previewTitle}
          </h3>
          <Counts
            counts={COUNTS.filter((one) => shown[one] > 0).map((one) => ({
              name: t.counts[one],
              value: String(shown[one]),
            }))}
          />
          {shown.committed + shown.assigned > 0 && <p>{t.drawHelp}</p>}
          <Affected parties={shown.parties} zone={zone} />
          {shown.parties.length > 0 && <p>{t.nothingCancelled}</p>}
          <div className="step-buttons">
            <button
              type="button"
              className="button danger"
              disabled={isSaving}
              onClick={() => save({ ...asked, reason })}
            >
              {t.save}
            </button>
            <button type="button" className="button" onClick={forget}>
              {t.cancel}
            </button>
          </div>
        </div>
      )}
    </section>
  );
}
