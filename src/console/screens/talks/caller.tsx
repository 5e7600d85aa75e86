import { useMutation } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { CALL_REASONS, openCaller, sendCallerCode, type CallerAsked } from "../../api/callers.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { TypedField } from "../../parts/typed-field.tsx";
import { callerTexts } from "../../texts/callers.ts";
import { refusalTexts, wordsFor } from "../../texts/refusals.ts";
import { useTexts } from "../../texts/texts.ts";
import { CallerFound } from "./caller-found.tsx";

const WAYS = ["folio", "code", "phone"] as const;
const LONGEST = { folio: 40, phone: 40, address: 200, code: 20 };
const NOTHING = { folio: "", phone: "", address: "", code: "", bornOn: "" };

/** Looks up who is on the line: one detail of hers, her birth date, her permission and why she calls. Never a name. */
export function CallerDialog({ close }: { close: () => void }) {
  const t = useTexts(callerTexts);
  const words = useTexts(refusalTexts);
  const [way, setWay] = useState<(typeof WAYS)[number]>("folio");
  const [typed, setTyped] = useState(NOTHING);
  const [reason, setReason] = useState<CallerAsked["reason"]>("where_and_when");
  const [isAllowed, setAllowed] = useState(false);
  const code = useMutation({ mutationFn: () => sendCallerCode(typed.address), gcTime: 0 });
  const look = useMutation({ mutationFn: openCaller, gcTime: 0 });
  const toSend = way === "code" && code.data === undefined;
  const asked = (nth: number): CallerAsked => {
    const { folio, phone, bornOn } = typed;
    const by =
      way === "folio" ? { folio } : way === "phone" ? { phone } : { token: code.data!.token, code: typed.code };
    return { by, bornOn, nth, reason };
  };
  const forget = () => {
    look.reset();
    code.reset();
    setAllowed(false);
    setTyped(NOTHING);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (toSend) code.mutate();
    else look.mutate(asked(1));
  };
  const error = look.error ?? code.error;
  const isBusy = look.isPending || code.isPending;
  const change = (some: Partial<typeof typed>) => setTyped({ ...typed, ...some });
  const field = (name: keyof typeof LONGEST, numeric = false) => (
    <TypedField
      label={t[name]}
      value={typed[name]}
      longest={LONGEST[name]}
      numeric={numeric}
      change={(value) => change({ [name]: value })}
    />
  );
  if (look.data)
    return (
      <Dialog title={t.title} close={close}>
        {/* A code is good once: the other of twins is found by folio or number. */}
        <CallerFound
          file={look.data}
          nth={look.variables?.nth ?? 1}
          see={way === "code" ? undefined : (nth) => look.mutate(asked(nth))}
          again={forget}
        />
      </Dialog>
    );
  return (
    <Dialog title={t.title} close={close}>
      <form className="emergency-form" onSubmit={submit}>
        <p>
          {t.lead} <span className="soft">{t.told}</span>
        </p>
        <fieldset aria-label={t.title}>
          {WAYS.map((one) => (
            <label key={one} className="emergency-choice">
              <input type="radio" name="way" checked={way === one} onChange={() => setWay(one)} />
              {t.ways[one]}
            </label>
          ))}
        </fieldset>
        {way === "folio" && field("folio")}
        {way === "phone" && field("phone", true)}
        {way === "code" && toSend && field("address")}
        {!toSend && way === "code" && (
          <>
            <p role="status">{t.sent}</p>
            {field("code", true)}
          </>
        )}
        {!toSend && (
          <>
            <label>
              {t.bornOn}
              <input
                type="date"
                value={typed.bornOn}
                required
                onChange={({ target }) => change({ bornOn: target.value })}
              />
            </label>
            <label>
              {t.reason}
              <select value={reason} onChange={({ target }) => setReason(target.value as typeof reason)}>
                {CALL_REASONS.map((one) => (
                  <option key={one} value={one}>
                    {t.reasons[one]}
                  </option>
                ))}
              </select>
            </label>
            <label className="emergency-choice">
              <input
                type="checkbox"
                checked={isAllowed}
                required
                onChange={({ target }) => setAllowed(target.checked)}
              />
              {t.allowed}
            </label>
          </>
        )}
        {error && (
          <p className="door-note warning" role="alert">
            {wordsFor(error, words)}
          </p>
        )}
        <div className="step-buttons">
          <button type="submit" className="button primary" disabled={isBusy}>
            {toSend ? t.send : t.open}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
