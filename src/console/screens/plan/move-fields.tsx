import type { SpecialDay } from "../../api/plan-types.ts";
import type { Move } from "../../rules/plan-forms.ts";
import { planTexts } from "../../texts/plan.ts";
import { useTexts } from "../../texts/texts.ts";
import { VenueOptions } from "./venue-choice.tsx";

/** To which day, hour and venue a special day goes. */
export function MoveFields({ day, value, change }: { day: SpecialDay; value: Move; change: (value: Move) => void }) {
  const t = useTexts(planTexts);
  return (
    <div className="cut-fields">
      <label>
        {t.moveTo}
        <input
          type="date"
          required
          value={value.localDate === "" ? day.localDate : value.localDate}
          onChange={(event) => change({ ...value, localDate: event.target.value })}
        />
      </label>
      <label>
        {t.moveOpens}
        <input type="time" value={value.opens} onChange={(event) => change({ ...value, opens: event.target.value })} />
        <small className="soft">{t.moveOpensHelp}</small>
      </label>
      <label>
        {t.moveVenue}
        <select value={value.venueId} onChange={(event) => change({ ...value, venueId: event.target.value })}>
          <option value="">{t.sameVenue}</option>
          <VenueOptions without={day.venue?.id} />
        </select>
      </label>
    </div>
  );
}
