import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { ADVERTS, importFile, type AdvertLine, type ImportLine } from "../../api/adverts.ts";
import { post } from "../../api/request.ts";
import { useNotify } from "../../parts/notices.tsx";
import { advertTexts } from "../../texts/adverts.ts";
import { useTexts } from "../../texts/texts.ts";
import { advertApi } from "../../urls.ts";
import { smallPhoto } from "../plan/photo.ts";

const NOTHING = { platform: "facebook" as AdvertLine["platform"], link: "", words: "" };

/** What a member of staff saw herself. */
export function ReportForm() {
  const t = useTexts(advertTexts);
  const client = useQueryClient();
  const notify = useNotify();
  const [typed, setTyped] = useState(NOTHING);
  const [file, setFile] = useState<File>();
  const report = useMutation({
    mutationFn: async () => post(advertApi.list, { ...typed, ...(file && { screenshot: await smallPhoto(file) }) }),
    onSuccess: () => {
      setTyped(NOTHING);
      setFile(undefined);
      notify.done(t.sent);
      void client.invalidateQueries({ queryKey: ADVERTS });
    },
    onError: notify.refused,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    report.mutate();
  };
  return (
    <details className="advert-box">
      <summary>{t.report}</summary>
      <form className="advert-form" onSubmit={submit}>
        <label>
          {t.platform}
          <select
            value={typed.platform}
            onChange={({ target }) => setTyped({ ...typed, platform: target.value as AdvertLine["platform"] })}
          >
            {Object.entries(t.platforms).map(([value, text]) => (
              <option key={value} value={value}>
                {text}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t.link}
          <input
            type="text"
            maxLength={500}
            autoComplete="off"
            value={typed.link}
            onChange={({ target }) => setTyped({ ...typed, link: target.value })}
          />
        </label>
        <label className="wide">
          {t.words}
          <textarea
            rows={4}
            maxLength={4000}
            value={typed.words}
            onChange={({ target }) => setTyped({ ...typed, words: target.value })}
          />
        </label>
        <label>
          {t.reportPicture}
          <input
            type="file"
            accept="image/jpeg,image/png,image/webp"
            onChange={({ target }) => setFile(target.files?.[0])}
          />
        </label>
        <button type="submit" className="button primary" disabled={report.isPending}>
          {t.send}
        </button>
      </form>
    </details>
  );
}

/** An export of another system: each row is judged alone, and how far it is is seen. */
export function ImportForm() {
  const t = useTexts(advertTexts);
  const client = useQueryClient();
  const notify = useNotify();
  const [told, setTold] = useState<ImportLine>();
  const bring = useMutation({
    mutationFn: (file: File) => importFile(file, setTold),
    onError: () => notify.say(t.importStopped),
    onSettled: () => client.invalidateQueries({ queryKey: ADVERTS }),
  });
  return (
    <details className="advert-box">
      <summary>{t.import}</summary>
      <p>{t.importHelp}</p>
      <label>
        {t.importFile}
        <input
          type="file"
          accept=".csv,.json,.jsonl,.ndjson"
          disabled={bring.isPending}
          onChange={({ target }) => {
            const file = target.files?.[0];
            setTold(undefined);
            if (file) bring.mutate(file);
          }}
        />
      </label>
      <div role="status">
        {bring.isPending && <p>{t.importing(told?.rows ?? 0)}</p>}
        {told && !bring.isPending && <p>{t.imported(told.filed, told.known, told.refused)}</p>}
      </div>
      {told && told.errors.length > 0 && (
        <ul>
          {told.errors.map(({ row, error }) => (
            <li key={`${row} ${error}`}>{t.errorRow(row, t.errors[error as keyof typeof t.errors] ?? error)}</li>
          ))}
        </ul>
      )}
    </details>
  );
}
