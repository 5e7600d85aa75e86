import { useEffect, useRef, useState, type ChangeEvent, type FormEvent } from "react";
import { Dialog } from "../../parts/dialog.tsx";
import { wantedOf } from "../../rules/find.ts";
import { findTexts } from "../../texts/find.ts";
import { useTexts } from "../../texts/texts.ts";
import { Pictogram } from "#ui/pictogram.tsx";
import "../../styles/find.css";
import { qrReader, startCamera, type NoCamera } from "./camera.ts";

interface Props {
  readonly searching: boolean;
  readonly find: (wanted: { folio: string } | { qr: string }) => void;
  readonly close: () => void;
}

/** Frames a second: enough for a hand that holds a slip, and kind to an old laptop. */
const LOOK_EVERY_MS = 200;

export function ScanDialog({ searching, find, close }: Props) {
  const t = useTexts(findTexts);
  const [camera, setCamera] = useState<"starting" | "on" | NoCamera>("starting");
  const [problem, setProblem] = useState<string>();
  const [folio, setFolio] = useState("");
  const video = useRef<HTMLVideoElement>(null);
  const ask = (text: string, otherwise: string) => {
    const wanted = wantedOf(text);
    setProblem("words" in wanted ? otherwise : undefined);
    if (!("words" in wanted)) find(wanted);
  };
  const latest = useRef((_qr: string) => {});
  latest.current = (qr) => ask(qr, t.foreignQr);

  useEffect(() => {
    let over = false;
    let stop = () => {};
    void (async () => {
      const started = await startCamera(video.current!);
      if (typeof started === "string") return setCamera(started);
      stop = started.stop;
      if (over) return stop();
      setCamera("on");
      const read = await qrReader();
      for (let seen = ""; !over; await new Promise((later) => setTimeout(later, LOOK_EVERY_MS))) {
        const qr = video.current && (await read(video.current));
        // The same slip is asked once, however long it is held there.
        if (over || !qr || qr === seen) continue;
        seen = qr;
        latest.current(qr);
      }
    })();
    return () => {
      over = true;
      stop();
    };
  }, []);

  const readPhoto = async (event: ChangeEvent<HTMLInputElement>) => {
    const photo = event.target.files?.[0];
    event.target.value = "";
    if (!photo) return;
    const picture = await createImageBitmap(photo).catch(() => undefined);
    const qr = picture && (await (await qrReader())(picture));
    ask(qr ?? "", qr === undefined ? t.noQr : t.foreignQr);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    ask(folio, t.mistyped);
  };

  return (
    <Dialog title={t.title} close={close}>
      <div className="camera" data-on={camera === "on" || undefined}>
        <video ref={video} muted playsInline aria-hidden="true" />
      </div>
      <p className={camera === "on" || camera === "starting" ? "soft" : "door-note warning"} role="status">
        {camera !== "on" && camera !== "starting" && <Pictogram name="warning" />}
        {searching ? t.searching : camera === "on" ? t.aim : camera === "starting" ? t.starting : t[camera]}
      </p>
      <label className="button upload">
        {t.upload}
        <input type="file" accept="image/*" capture="environment" onChange={(event) => void readPhoto(event)} />
      </label>
      <p className="soft small-print">{t.uploadLead}</p>
      <form className="inline-form" onSubmit={submit}>
        <label>
          {t.folio}
          <input
            value={folio}
            onChange={(event) => setFolio(event.target.value)}
            maxLength={40}
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            placeholder="7K3M-9QXA-2B4CD"
          />
        </label>
        <button type="submit" className="button primary" disabled={searching}>
          {t.open}
        </button>
      </form>
      {problem && (
        <p className="field-problem" role="alert">
          {problem}
        </p>
      )}
    </Dialog>
  );
}
