import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { useSession } from "../../api/queries.ts";
import { post } from "../../api/request.ts";
import type { OfflineView, TakenList } from "../../api/types.ts";
import { keepList, keepPages, SHORTEST_PIN } from "../../offline/loan.ts";
import type { KeptTablet } from "../../offline/store.ts";
import { longDate } from "../../parts/format.ts";
import { useNotify } from "../../parts/notices.tsx";
import { offlineTexts } from "../../texts/offline.ts";
import { useLanguage, useTexts } from "../../texts/texts.ts";
import { api, pages } from "../../urls.ts";

/** Which session, and the PIN under which it is kept. */
export function TakeForm({ tablet, outings }: { tablet: KeptTablet; outings: OfflineView["outings"] }) {
  const t = useTexts(offlineTexts);
  const language = useLanguage();
  const notify = useNotify();
  const navigate = useNavigate();
  const session = useSession();
  const [chosen, setChosen] = useState(0);
  const [pin, setPin] = useState("");
  const [again, setAgain] = useState("");
  const take = useMutation({
    gcTime: 0,
    mutationFn: async () => {
      const { localDate, specialDayId } = outings[chosen]!;
      const { id, secret } = tablet;
      await keepPages();
      const list = await post<TakenList>(api.lists, { tablet: { id, secret }, localDate, specialDayId });
      return keepList(list, session, pin);
    },
    onSuccess: ({ persisted }) => {
      if (!persisted) notify.say(t.notPersisted);
      void navigate(pages.list);
    },
    onError: notify.refused,
  });
  const submit = () => {
    if (pin.length < SHORTEST_PIN) notify.say(t.pinShort);
    else if (pin !== again) notify.say(t.pinDiffers);
    else take.mutate();
  };
  if (outings.length === 0) return <p>{t.nothingToTake}</p>;
  return (
    <form onSubmit={(event) => (event.preventDefault(), submit())}>
      <p>{t.thisTablet(tablet.name)}</p>
      <fieldset className="outings">
        <legend>{t.take}</legend>
        {outings.map((one, i) => (
          <label key={`${one.localDate} ${one.specialDayId}`} className="check">
            <input type="radio" name="outing" checked={i === chosen} onChange={() => setChosen(i)} />
            <span>
              <strong>{longDate(one.localDate, language)}</strong>
              <br />
              {one.venue ?? t.atOffice} · {t.parties(one.parties)}
            </span>
          </label>
        ))}
      </fieldset>
      <PinField label={t.pin} help={t.pinHelp} value={pin} change={setPin} />
      <PinField label={t.pinAgain} value={again} change={setAgain} />
      <p>{t.walkIns}</p>
      <button type="submit" className="button primary large" disabled={take.isPending}>
        {take.isPending ? t.taking : t.takeIt}
      </button>
    </form>
  );
}

export function PinField(props: { label: string; help?: string; value: string; change: (pin: string) => void }) {
  return (
    <label className="offline-field">
      <span>{props.label}</span>
      <input
        type="password"
        autoComplete="off"
        maxLength={40}
        value={props.value}
        onChange={(event) => props.change(event.target.value)}
      />
      {props.help && <small>{props.help}</small>}
    </label>
  );
}
