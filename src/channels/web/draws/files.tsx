import { DrawCheck, Notice, SummaryList } from "#ui/index.ts";
import { drawTexts } from "../texts/draws.ts";
import { dateInWords } from "../texts/format.ts";
import { fileUrls } from "../urls.ts";
import type { DrawProps } from "./draw.page.tsx";

/** The files of a draw, and the check of them: here, or with the program. */
export function DrawFiles({ seen: { language, publicOrigin }, published, verifier }: DrawProps) {
  const t = drawTexts(language);
  const { draw, rowsArePublic, result } = published;
  const files = [
    { href: fileUrls.drawDocuments(draw.id), name: "documents.jsonl" },
    ...(rowsArePublic ? [{ href: fileUrls.drawReplay(draw.id), name: "replay.jsonl" }] : []),
  ];
  const [documents, replay] = files;
  return (
    <>
      <h2>{t("filesTitle")}</h2>
      <SummaryList
        rows={[
          {
            key: t("documents"),
            value: (
              <>
                <a href={documents!.href}>{documents!.name}</a> <small>{t("documentsNote")}</small>
              </>
            ),
          },
          {
            key: t("replay"),
            value: replay ? (
              <>
                <a href={replay.href}>{replay.name}</a> <small>{t("replayNote")}</small>
              </>
            ) : (
              t("replayLater", { day: dateInWords(draw.rowsFrom, language) })
            ),
          },
        ]}
      />
      <h2 id="comprobar">{t("checkTitle")}</h2>
      {draw.round === null && (
        <Notice tone="warning" titleAs="p">
          <p>{t("checkOperator")}</p>
        </Notice>
      )}
      {result ? <p>{t("checkLead")}</p> : <p>{t("checkLater")}</p>}
      {result && (
        <DrawCheck
          lang={language}
          workerHref={verifier}
          documents={documents!.href}
          published={files.map(({ href }) => href)}
          run={t("checkRun")}
          chooseLabel={t("checkChoose")}
          chooseHint={t("checkHint")}
          reading={t("checkReading")}
          unreadable={t("checkUnreadable")}
          commandSummary={t("checkCommand")}
          command={
            <>
              <p>{t("checkTrust")}</p>
              <p>{t("checkCommandLead")}</p>
              <pre tabIndex={0}>
                <code>
                  {files.map(({ href, name }) => `curl -so ${name} ${publicOrigin}${href}\n`).join("")}
                  {`node dist/verify.js ${files.map(({ name }) => name).join(" ")}`}
                </code>
              </pre>
            </>
          }
        />
      )}
    </>
  );
}
