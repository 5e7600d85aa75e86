import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { languagesQuery, useCare, useCareAgain } from "../../api/care.ts";
import { useNow } from "../../api/clock.ts";
import { post } from "../../api/request.ts";
import type { UnderWay, Visit } from "../../api/types.ts";
import { useNotify } from "../../parts/notices.tsx";
import { useShortcuts } from "../../parts/use-shortcuts.ts";
import { careTexts } from "../../texts/care.ts";
import { useLanguage, useTexts } from "../../texts/texts.ts";
import { api } from "../../urls.ts";
import { Pictogram } from "#ui/pictogram.tsx";
import { LanguageCard } from "./language-card.tsx";
import "../../styles/care.css";

const MINUTE_MS = 60_000;
const REDRAW_MS = 15_000;
const IN_THE_HALL: readonly Visit["state"][] = ["waiting", "called", "serving"];

/** An interpreter by one key, at whatever station the party stands; its turn stays as it is. */
export function Interpreter({ visit }: { visit: Visit | null }) {
  const t = useTexts(careTexts);
  const notify = useNotify();
  const readAgain = useCareAgain();
  const { data: care } = useCare();
  const [choosing, setChoosing] = useState(false);
  const isHere = visit !== null && IN_THE_HALL.includes(visit.state);
  const under = care?.interpretations.find((one) => one.visitId === visit?.id);
  useShortcuts({ interpreter: () => isHere && !under && setChoosing(true) });
  const ask = useMutation({
    mutationFn: (language: string) => post(api.interpreters, { visitId: visit!.id, language }),
    onMutate: () => setChoosing(false),
    onError: notify.refused,
    onSettled: readAgain,
  });
  if (under) return <InterpreterUnderWay under={under} line={care!.line} readAgain={readAgain} />;
  if (!isHere) return null;
  return (
    <div className="interpreter">
      <button type="button" className="button" disabled={ask.isPending} onClick={() => setChoosing(true)}>
        <Pictogram name="message" />
        {t.interpreter} <kbd>T</kbd>
      </button>
      {choosing && <LanguageCard choose={ask.mutate} close={() => setChoosing(false)} />}
    </div>
  );
}

type Act = "connect" | "spoke" | "nobody" | "not_needed";

function InterpreterUnderWay({
  under,
  line,
  readAgain,
}: {
  under: UnderWay;
  line: string | null;
  readAgain: () => Promise<unknown>;
}) {
  const t = useTexts(careTexts);
  const notify = useNotify();
  const now = useNow(REDRAW_MS);
  const nameOf = useLanguageName();
  const { id, language, askedAt, connectedAt } = under;
  const act = useMutation({
    mutationFn: (what: Act) =>
      what === "connect" ? post(api.interpreter(id, "connect")) : post(api.interpreter(id, "end"), { end: what }),
    onError: notify.refused,
    onSettled: readAgain,
  });
  const minutes = Math.max(0, Math.floor((now - Date.parse(connectedAt ?? askedAt)) / MINUTE_MS));
  const button = (what: Act, text: string, tone = "") => (
    <button type="button" className={`button ${tone}`} disabled={act.isPending} onClick={() => act.mutate(what)}>
      {text}
    </button>
  );
  if (connectedAt !== null)
    return (
      <div className="interpreter door-note">
        <p role="status">{t.talks(nameOf(language), minutes)}</p>
        {button("spoke", t.ended, "primary")}
      </div>
    );
  return (
    <div className="interpreter door-note">
      <p role="status">
        <strong>{t.waits(nameOf(language), minutes)}</strong>
        <br />
        {line === null ? (
          t.noLine
        ) : (
          <>
            {t.callLine} <a href={`tel:${line}`}>{line}</a>.
          </>
        )}{" "}
        {t.keeps}
      </p>
      {button("connect", t.answered, "primary")}
      {button("nobody", t.nobody)}
      {button("not_needed", t.notNeeded)}
    </div>
  );
}

/** `mixteco_costa` → `mixteco de la Costa`. */
export function useLanguageName(): (code: string) => string {
  const language = useLanguage();
  const { data = [] } = useQuery(languagesQuery);
  return (code) => {
    const found = data.find((one) => one.code === code.split("_")[0]);
    const variant = found?.variants.find((one) => code === `${found.code}_${one.code}`);
    return found ? [found[language], ...(variant ? [variant[language]] : [])].join(" ") : code;
  };
}
