import type { DoorAnswer } from "../../api/types.ts";
import { guardTexts } from "../../texts/guard.ts";
import { todayTexts } from "../../texts/today.ts";
import { useTexts } from "../../texts/texts.ts";
import { Pictogram, type PictogramName } from "#ui/pictogram.tsx";
import { TurnPicture } from "#ui/turn-pictures.tsx";

/** Colour, sign and word say the same: nobody has to tell red from green. */
const SIGNS: Readonly<Record<DoorAnswer["verdict"], PictogramName>> = {
  pass: "check",
  inside: "info",
  wait: "clock",
  later: "clock",
  other_day: "calendar",
  other_office: "map-pin",
  ended: "warning",
  unknown: "warning",
};

export function VerdictCard({ answer }: { answer: DoorAnswer }) {
  const t = useTexts(guardTexts);
  const today = useTexts(todayTexts);
  const { verdict, turn } = answer;
  const facts = [
    answer.people === null ? "" : t.people(answer.people),
    answer.stepFree ? t.stepFree : "",
    answer.number === null ? "" : t.number(answer.number),
  ].filter((one) => one !== "");
  return (
    <section className={`verdict ${verdict}`}>
      <p className="verdict-word">
        <Pictogram name={SIGNS[verdict]} />
        <strong>{answer.fromTime === null ? t.verdicts[verdict] : t.laterAt(answer.fromTime)}</strong>
      </p>
      {turn && (
        <p className="verdict-turn">
          <TurnPicture name={turn.picture} />
          <span>
            {turn.number} <small>{today.pictures[turn.picture]}</small>
          </span>
        </p>
      )}
      {facts.length > 0 && <p className="verdict-facts">{facts.join(" · ")}</p>}
      <p>{t.says[verdict]}</p>
    </section>
  );
}
