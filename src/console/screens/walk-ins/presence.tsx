import { useMutation } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { Refused, Unreachable } from "../../api/request.ts";
import { sendCode, showCard, showCode, showSecond, type PresenceShown } from "../../api/walk-ins.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { TypedField } from "../../parts/typed-field.tsx";
import { refusalTexts, wordsFor } from "../../texts/refusals.ts";
import { useTexts } from "../../texts/texts.ts";
import { walkInTexts } from "../../texts/walk-ins.ts";
import { Pictogram } from "#ui/pictogram.tsx";

const WAYS = ["code", "card", "second"] as const;
const LONGEST = { address: 200, code: 20, folio: 40, pin: 20 };

/** Asks how whoever wants a date shows that she is here. A desk alone books nobody a date; no telephone is no reason to refuse. */
export function PresenceDialog({ close, shown }: { close: () => void; shown: (presence: string) => void }) {
  const t = useTexts(walkInTexts).presence;
  const words = useTexts(refusalTexts);
  const [way, setWay] = useState<(typeof WAYS)[number]>("code");
  const [typed, setTyped] = useState({ address: "", code: "", folio: "", pin: "" });
  const [token, setToken] = useState<string>();
  const onSuccess = ({ presence }: PresenceShown) => shown(presence);
  const code = useMutation({
    mutationFn: () => sendCode(typed.address.includes("@") ? "email" : "sms", typed.address),
    gcTime: 0,
    onSuccess: (sent) => setToken(sent.token),
  });
  const show = useMutation({
    mutationFn: () =>
      way === "second"
        ? showSecond()
        : way === "card"
          ? showCard(typed.folio, typed.pin)
          : showCode(token!, typed.code),
    gcTime: 0,
    onSuccess,
  });
  const error = show.error ?? code.error;
  const isOurs = error instanceof Refused || error instanceof Unreachable;
  const isBusy = show.isPending || code.isPending;
  const change = (some: Partial<typeof typed>) => setTyped({ ...typed, ...some });
  const choose = (one: (typeof WAYS)[number]) => {
    show.reset();
    code.reset();
    setWay(one);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (way === "code" && token === undefined) code.mutate();
    else show.mutate();
  };
  const field = (name: keyof typeof typed, numeric = false) => (
    <TypedField
      label={t[name]}
      value={typed[name]}
      longest={LONGEST[name]}
      numeric={numeric}
      change={(value) => change({ [name]: value })}
    />
  );
  return (
    <Dialog title={t.title} close={close}>
      <form className="emergency-form walk-ins presence" onSubmit={submit}>
        <p>{t.lead}</p>
        <fieldset aria-label={t.title}>
          {WAYS.map((one) => (
            <label key={one} className="emergency-choice">
              <input type="radio" name="way" checked={way === one} onChange={() => choose(one)} />
              {t.ways[one]}
            </label>
          ))}
        </fieldset>
        {way === "code" && token === undefined && field("address")}
        {way === "code" && token !== undefined && (
          <>
            <p role="status">{t.sent}</p>
            {field("code", true)}
          </>
        )}
        {way === "card" && (
          <>
            {field("folio")}
            {field("pin", true)}
          </>
        )}
        {way === "second" && <p>{t.second}</p>}
        {error && (
          <p className="door-note warning" role="alert">
            <Pictogram name="warning" />
            {isOurs ? wordsFor(error, words) : t.dismissed}
          </p>
        )}
        <div className="step-buttons">
          <button type="submit" className="button primary" disabled={isBusy}>
            {way === "second"
              ? isBusy
                ? t.waiting
                : t.touch
              : way === "code" && token === undefined
                ? t.send
                : t.book}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
