import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { createPortal } from "react-dom";
import { venuesQuery } from "../../api/plan.ts";
import { planFormTexts } from "../../texts/plan-forms.ts";
import { useTexts } from "../../texts/texts.ts";
import { VenueDialog } from "./venue-dialog.tsx";

/** The venues that are in use. */
export function VenueOptions({ without }: { without?: string | undefined }) {
  const { data = [] } = useQuery(venuesQuery);
  return data
    .filter(({ id, retired }) => !retired && id !== without)
    .map(({ id, name, city }) => (
      <option key={id} value={id}>
        {name}, {city}
      </option>
    ));
}

interface Props {
  readonly value: string;
  readonly change: (venueId: string) => void;
  /** Away from the office a day needs a venue; otherwise it may be at the office. */
  readonly isAway: boolean;
}

/** Where a day is: one of the venues, or a new one, which is chosen as soon as it is saved. */
export function VenueChoice({ value, change, isAway }: Props) {
  const t = useTexts(planFormTexts);
  const { data } = useQuery(venuesQuery);
  const [adding, setAdding] = useState(false);
  const chosen = data?.find(({ id }) => id === value);
  return (
    <div className="plan-venue">
      <label>
        {t.where}
        <select value={value} required={isAway} onChange={(event) => change(event.target.value)}>
          <option value="">{isAway ? t.chooseVenue : t.atOffice}</option>
          <VenueOptions />
        </select>
      </label>
      <button type="button" className="button" onClick={() => setAdding(true)}>
        {t.newVenue}
      </button>
      {chosen && (
        <p className="plan-address soft">
          {chosen.street}, {chosen.city}, {chosen.region}. {chosen.wayIn}
        </p>
      )}
      {adding &&
        // A form of its own: it must not stand within the one that it helps to fill in.
        createPortal(
          <VenueDialog
            close={() => setAdding(false)}
            saved={(id) => {
              setAdding(false);
              change(id);
            }}
          />,
          document.body,
        )}
    </div>
  );
}
