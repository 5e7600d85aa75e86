import { STATIONS, type LayoutDraft } from "../../rules/plan-layout.ts";
import { planFormTexts } from "../../texts/plan-forms.ts";
import { useTexts } from "../../texts/texts.ts";
import { NumberBox } from "./number-box.tsx";

interface Props {
  readonly draft: LayoutDraft;
  readonly set: (some: Partial<LayoutDraft>) => void;
}

/** Of these the last melts two days before; from it a desk gives dates to who is there. */
const RESERVES = ["urgent", "walkIn", "assisted"] as const;

/** What shapes an opening beside its hours: breaks, how much of it is given out, reserves, stations. */
export function LayoutExtras({ draft, set }: Props) {
  const t = useTexts(planFormTexts);
  const hasBreak = draft.breakMinutes !== "";
  return (
    <div className="plan-extras">
      <fieldset>
        <legend>{t.breaks}</legend>
        <div className="plan-four">
          <NumberBox
            label={t.breakMinutes}
            min={5}
            max={120}
            value={draft.breakMinutes}
            change={(breakMinutes) => set({ breakMinutes })}
          />
          {(["breakFrom", "breakUntil"] as const).map((name) => (
            <label key={name}>
              {t[name]}
              <input
                type="time"
                required={hasBreak}
                disabled={!hasBreak}
                value={draft[name]}
                onChange={(event) => set({ [name]: event.target.value })}
              />
            </label>
          ))}
        </div>
        <small className="soft">{t.breaksHelp}</small>
      </fieldset>
      <fieldset>
        <legend>{t.reserves}</legend>
        <div className="plan-four">
          {RESERVES.map((name) => (
            <NumberBox
              key={name}
              label={t[name]}
              min={0}
              max={50}
              required
              value={draft[name]}
              change={(value) => set({ [name]: value })}
            />
          ))}
        </div>
      </fieldset>
      <fieldset>
        <legend>{t.percent}</legend>
        <div className="plan-four">
          <NumberBox
            label={t.percentLabel}
            min={10}
            max={100}
            required
            value={draft.percent}
            change={(percent) => set({ percent })}
            help={t.percentHelp}
          />
          <NumberBox
            label={t.overbookLabel}
            min={0}
            max={10}
            required
            value={draft.overbook}
            change={(overbook) => set({ overbook })}
            help={t.overbookHelp}
          />
        </div>
      </fieldset>
      <fieldset>
        <legend>{t.stations}</legend>
        <small className="soft">{t.stationsHelp}</small>
        <div className="plan-stations">
          {STATIONS.map((station) => {
            const desk = draft.stations[station];
            const change = (some: Partial<typeof desk>) =>
              set({ stations: { ...draft.stations, [station]: { ...desk, ...some } } });
            return (
              <div key={station} role="group" aria-label={t.stationNames[station]} className="plan-station">
                <span>{t.stationNames[station]}</span>
                <NumberBox
                  label={t.desks}
                  min={1}
                  max={60}
                  required={desk.minutes !== ""}
                  value={desk.desks}
                  change={(desks) => change({ desks })}
                />
                <NumberBox
                  label={t.minutes}
                  min={1}
                  max={240}
                  required={desk.desks !== ""}
                  value={desk.minutes}
                  change={(minutes) => change({ minutes })}
                />
              </div>
            );
          })}
        </div>
      </fieldset>
    </div>
  );
}
