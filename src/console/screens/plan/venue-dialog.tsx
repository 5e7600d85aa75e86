import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { PLAN } from "../../api/plan.ts";
import type { Venue } from "../../api/plan-types.ts";
import { post, put } from "../../api/request.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { useNotify } from "../../parts/notices.tsx";
import { mapOf, mapSearch, positionOf, venueAsked, venueDraft, type VenueDraft } from "../../rules/plan-venue.ts";
import { planMeansTexts } from "../../texts/plan-means.ts";
import { useTexts } from "../../texts/texts.ts";
import { planApi } from "../../urls.ts";
import { smallPhoto, UnreadablePhoto } from "./photo.ts";
import { PlanProblem } from "./problem.tsx";

interface Props {
  /** Without one a new venue. */
  readonly venue?: Venue;
  readonly close: () => void;
  readonly saved: (venueId: string) => void;
}

const MOST_LETTERS = { name: 80, street: 120, city: 60, region: 2, latitude: 12, longitude: 12, wayIn: 200 };

const POSITION = { inputMode: "text", pattern: String.raw`-?\d{1,3}([.,]\d+)?` } as const;
const INPUTS: Partial<Record<keyof VenueDraft, object>> = {
  region: { pattern: "[A-Za-z]{2}" },
  latitude: POSITION,
  longitude: POSITION,
};

/** The address of a venue, how one gets in, and its picture. */
export function VenueDialog({ venue, close, saved }: Props) {
  const t = useTexts(planMeansTexts);
  const notify = useNotify();
  const client = useQueryClient();
  const [draft, setDraft] = useState(() => venueDraft(venue));
  const [photo, setPhoto] = useState<File>();
  const save = useMutation({
    mutationFn: async () => {
      // Read before anything is saved: a picture that cannot be read is told while the form is open.
      const data = photo && (await smallPhoto(photo));
      const asked = venueAsked(draft);
      const { id } = venue
        ? await put<Venue>(planApi.venue(venue.id), { ...asked, retired: venue.retired })
        : await post<Venue>(planApi.venues, asked);
      const isWhole =
        data === undefined ||
        (await put(planApi.venuePhoto(id), { data }).then(
          () => true,
          () => false,
        ));
      return { id, isWhole };
    },
    onSuccess: async ({ id, isWhole }) => {
      if (isWhole) notify.done(t.saved);
      else notify.say(t.savedWithoutPhoto);
      await client.invalidateQueries({ queryKey: PLAN });
      saved(id);
    },
  });
  const position = positionOf(draft);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // The dialog may stand in a page that has a form of its own.
    event.stopPropagation();
    save.mutate();
  };
  const line = (name: keyof VenueDraft, help?: string) => (
    <label>
      {t[name]}
      <input
        value={draft[name]}
        required={name !== "wayIn"}
        maxLength={MOST_LETTERS[name]}
        autoComplete="off"
        {...INPUTS[name]}
        onChange={(event) => setDraft({ ...draft, [name]: event.target.value } satisfies VenueDraft)}
      />
      {help !== undefined && <small className="soft">{help}</small>}
    </label>
  );

  return (
    <Dialog title={venue ? t.editVenue : t.newVenue} close={close}>
      <form className="plan-dialog-form" onSubmit={submit}>
        {line("name", t.nameHelp)}
        {line("street")}
        <div className="cut-fields">
          {line("city")}
          {line("region", t.regionHelp)}
        </div>
        <div className="cut-fields">
          {line("latitude")}
          {line("longitude")}
        </div>
        <p className="small-print soft">
          {t.positionHelp}{" "}
          <a href={mapSearch(draft)} target="_blank" rel="noreferrer">
            {t.findOnMap}
          </a>
          {position && (
            <>
              {" · "}
              <a href={mapOf(position)} target="_blank" rel="noreferrer">
                {t.seePosition}
              </a>
            </>
          )}
        </p>
        {line("wayIn", t.wayInHelp)}
        <label>
          {t.photo}
          <input
            type="file"
            accept="image/jpeg,image/png,image/webp"
            onChange={(event) => setPhoto(event.target.files?.[0])}
          />
          <small className="soft">{t.photoHelp}</small>
        </label>
        {save.error instanceof UnreadablePhoto ? (
          <p className="plan-problem" role="alert">
            {t.photoBad}
          </p>
        ) : (
          <PlanProblem error={save.error ?? undefined} />
        )}
        <div className="step-buttons">
          <button type="submit" className="button primary" disabled={save.isPending}>
            {t.save}
          </button>
          <button type="button" className="button" onClick={close}>
            {t.back}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
