import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useCare, useCareAgain } from "../api/care.ts";
import { useNow } from "../api/clock.ts";
import { useCounter } from "../api/counter.ts";
import { post } from "../api/request.ts";
import { AGAIN_MS, AT_REST, HOLD_MS, isHeld, press, release, type Pressing } from "../rules/alarm-press.ts";
import { careTexts } from "../texts/care.ts";
import { useTexts } from "../texts/texts.ts";
import { api } from "../urls.ts";
import { Pictogram } from "#ui/pictogram.tsx";
import "../styles/care.css";

/** Works everywhere, in a text box and in front of a dialogue too: it types nothing. */
const KEY = "F9";
/** A line that blinks for a moment does not swallow a call. */
const TRIES = 5;
const TRY_AGAIN_MS = 1_000;
const SECOND_MS = 1_000;

/**
 * Calls colleagues without a sound, by holding or pressing twice. Whoever stands before the clerk may see her screen: it
 * changes by a few words in the band, and nothing opens.
 */
export function AlarmKey() {
  const t = useTexts(careTexts);
  const counter = useCounter();
  const readAgain = useCareAgain();
  const own = useCare().data?.alarms.find((one) => one.own);
  const now = useNow(SECOND_MS);
  const [armed, setArmed] = useState(false);
  const raise = useMutation({
    mutationFn: () => post(api.alarms, { counter: counter ?? 0 }),
    retry: TRIES,
    retryDelay: TRY_AGAIN_MS,
    onSettled: readAgain,
  });
  const undo = useMutation({ mutationFn: (id: string) => post(api.alarm(id, "undo")), onSettled: readAgain });
  const latest = useRef(raise.mutate);
  useEffect(() => {
    latest.current = raise.mutate;
  });
  const [down, up] = usePressing(setArmed, latest);

  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.key !== KEY || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      if (event.type === "keyup") up();
      else if (!event.repeat) down();
    };
    addEventListener("keydown", pressed, true);
    addEventListener("keyup", pressed, true);
    return () => {
      removeEventListener("keydown", pressed, true);
      removeEventListener("keyup", pressed, true);
    };
  }, [down, up]);

  if (own) {
    const mayUndo = Date.parse(own.undoUntil) > now;
    return (
      <span className="alarm-own" role="status">
        {/* In the place of the key and as large as it: the eye of whoever stands there is not drawn to it. */}
        <span className={mayUndo ? "hidden" : undefined}>{own.seenBy === null ? t.sent : t.comes(own.seenBy)}</span>
        {mayUndo && (
          <button type="button" className="button on-band" onClick={() => undo.mutate(own.id)}>
            <Pictogram name="check" />
            {t.undo}
          </button>
        )}
      </span>
    );
  }
  return (
    <button
      type="button"
      className={`button on-band alarm-key${armed ? " wanted" : ""}`}
      aria-label={armed ? t.again : t.helpLabel}
      title={t.helpLabel}
      onPointerDown={down}
      onPointerUp={up}
      onPointerLeave={up}
      // A keyboard's Enter or a screen reader's press comes without a pointer.
      onClick={(event) => event.detail === 0 && (down(), up())}
    >
      <Pictogram name="warning" />
      <span className="wide-only">{raise.isError ? t.notSent : armed ? t.again : t.help}</span>
    </button>
  );
}

/** What pressing and letting go do; `armed` says for a moment that a second press calls. */
function usePressing(setArmed: (armed: boolean) => void, call: { readonly current: () => void }) {
  const pressing = useRef<Pressing>(AT_REST);
  const holding = useRef<ReturnType<typeof setTimeout>>(undefined);
  const disarming = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [handlers] = useState(() => {
    const rest = () => {
      pressing.current = AT_REST;
      setArmed(false);
    };
    const down = () => {
      const { next, calls } = press(pressing.current, performance.now());
      pressing.current = next;
      clearTimeout(holding.current);
      clearTimeout(disarming.current);
      if (calls) {
        rest();
        return call.current();
      }
      setArmed(true);
      disarming.current = setTimeout(rest, AGAIN_MS);
      holding.current = setTimeout(() => {
        if (!isHeld(pressing.current, performance.now())) return;
        clearTimeout(disarming.current);
        rest();
        call.current();
      }, HOLD_MS);
    };
    const up = () => {
      clearTimeout(holding.current);
      pressing.current = release(pressing.current);
    };
    return [down, up] as const;
  });
  useEffect(
    () => () => {
      clearTimeout(holding.current);
      clearTimeout(disarming.current);
    },
    [],
  );
  return handlers;
}
