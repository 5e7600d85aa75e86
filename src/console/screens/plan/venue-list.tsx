import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { PLAN, venuesQuery } from "../../api/plan.ts";
import type { Venue } from "../../api/plan-types.ts";
import { put } from "../../api/request.ts";
import { Blank, Failed, Loading } from "../../parts/loading.tsx";
import { useNotify } from "../../parts/notices.tsx";
import { mapOf, venueAsked, venueDraft } from "../../rules/plan-venue.ts";
import { planMeansTexts } from "../../texts/plan-means.ts";
import { useTexts } from "../../texts/texts.ts";
import { planApi } from "../../urls.ts";
import { VenueDialog } from "./venue-dialog.tsx";

/** The venues of the office; one that is not used any more stays for the days that were there. */
export function VenueList() {
  const t = useTexts(planMeansTexts);
  const { data, error, refetch } = useQuery(venuesQuery);
  /** Null: a new one. */
  const [edited, setEdited] = useState<Venue | null>();
  const close = () => setEdited(undefined);
  return (
    <section aria-labelledby="plan-venues-title">
      <div className="plan-head">
        <h2 id="plan-venues-title">{t.venues}</h2>
        <button type="button" className="button" onClick={() => setEdited(null)}>
          {t.addVenue}
        </button>
      </div>
      {error && !data && <Failed error={error} again={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data?.length === 0 && <Blank title={t.noVenues} help={t.noVenuesHelp} />}
      <ul className="plan-venues">
        {data?.map((venue) => (
          <VenueItem key={venue.id} venue={venue} edit={() => setEdited(venue)} />
        ))}
      </ul>
      {edited !== undefined && <VenueDialog {...(edited ? { venue: edited } : {})} close={close} saved={close} />}
    </section>
  );
}

function VenueItem({ venue, edit }: { venue: Venue; edit: () => void }) {
  const t = useTexts(planMeansTexts);
  const notify = useNotify();
  const client = useQueryClient();
  const { id, name, street, city, region, wayIn, photo, retired } = venue;
  const retire = useMutation({
    mutationFn: () => put(planApi.venue(id), { ...venueAsked(venueDraft(venue)), retired: !retired }),
    onSuccess: () => notify.done(t.saved),
    onError: notify.refused,
    onSettled: () => client.invalidateQueries({ queryKey: PLAN }),
  });
  return (
    <li data-retired={retired || undefined}>
      {photo !== null && <img src={photo} alt={t.photoOf(name)} loading="lazy" />}
      <div className="plan-venue-text">
        <strong>{name}</strong> {retired && <span className="tag">{t.retired}</span>}
        <span>
          {street}, {city}, {region}
        </span>
        {wayIn !== "" && <span className="soft">{wayIn}</span>}
        <a href={mapOf(venue)} target="_blank" rel="noreferrer" aria-label={t.mapFor(name)}>
          {t.map}
        </a>
      </div>
      <div className="step-buttons">
        <button type="button" className="button small" aria-label={t.changeFor(name)} onClick={edit}>
          {t.change}
        </button>
        <button
          type="button"
          className="button small"
          aria-label={retired ? t.restoreFor(name) : t.retireFor(name)}
          disabled={retire.isPending}
          onClick={() => retire.mutate()}
        >
          {retired ? t.restore : t.retire}
        </button>
      </div>
    </li>
  );
}
