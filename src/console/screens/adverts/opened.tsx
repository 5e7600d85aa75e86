import { useQuery } from "@tanstack/react-query";
import { openedAdvertQuery, type OpenedAdvert } from "../../api/adverts.ts";
import { copyText } from "../../parts/copy-text.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { Failed, Loading } from "../../parts/loading.tsx";
import { useNotify } from "../../parts/notices.tsx";
import { advertTexts } from "../../texts/adverts.ts";
import { useTexts } from "../../texts/texts.ts";
import { advertApi } from "../../urls.ts";
import { Purchases } from "./purchases.tsx";
import { Takedown } from "./takedown.tsx";
import { useAdvertStep } from "./use-advert-step.ts";

/** One advert, opened: its text as text, what was found in it, and what is to be done with it. */
export function OpenedAdvertDialog({ id, close }: { id: string; close: () => void }) {
  const t = useTexts(advertTexts);
  const { data, error, refetch } = useQuery(openedAdvertQuery(id));
  return (
    <Dialog title={data ? t.platforms[data.platform] : t.title} close={close}>
      {error && !data ? (
        <Failed error={error} again={() => void refetch()} />
      ) : !data ? (
        <Loading />
      ) : (
        <Opened one={data} />
      )}
    </Dialog>
  );
}

function Opened({ one }: { one: OpenedAdvert }) {
  const t = useTexts(advertTexts);
  const notify = useNotify();
  const step = useAdvertStep(one.id);
  const judge = (state: "confirmed" | "dismissed") =>
    step.mutate({ url: advertApi.step(one.id, "judge"), body: { version: one.version, state }, done: t.judged });
  const copy = async (text: string) => ((await copyText(text)) ? notify.done(t.copied) : notify.say(t.notCopied));
  const matchOf = (match: string | null, kind: string) =>
    match !== null ? t.match(match) : one.state === "confirmed" || kind === "account" ? t.noMatch : t.notYet;
  return (
    <div className="advert-opened">
      <p>
        <span className="tag">{t.states[one.state]}</span> {t.sources[one.source]} · {t.reports(one.reports)}
      </p>
      {one.link !== "" && (
        <div>
          <h3>{t.link}</h3>
          <p className="advert-text">
            <bdi>{one.link}</bdi>
          </p>
          <p className="soft">{t.linkHelp}</p>
          <button type="button" className="button small" onClick={() => void copy(one.link)}>
            {t.copy}
          </button>
        </div>
      )}
      {one.words !== "" && (
        <div>
          <h3>{t.words}</h3>
          <p className="advert-text">
            <bdi>{one.words}</bdi>
          </p>
        </div>
      )}
      {one.screenshots.length > 0 && (
        <div>
          <h3>{t.pictures}</h3>
          {one.screenshots.map((screenshot, i) => (
            <img
              key={screenshot}
              className="advert-picture"
              src={advertApi.screenshot(one.id, screenshot)}
              alt={t.picture(i + 1)}
            />
          ))}
        </div>
      )}
      <div>
        <h3>{t.points}</h3>
        {one.points.length === 0 ? (
          <p className="soft">{t.pointsNone}</p>
        ) : (
          <ul className="advert-points">
            {one.points.map(({ kind, value, others, match }) => (
              <li key={`${kind} ${value}`}>
                <strong>
                  <bdi>{value}</bdi>
                </strong>
                <span className="soft">{t.kinds[kind]}</span>
                {others > 0 && <span>{t.others(others)}</span>}
                <span className={match === null ? "soft" : "tag"}>{matchOf(match, kind)}</span>
              </li>
            ))}
          </ul>
        )}
      </div>
      <div className="step-buttons">
        {one.state !== "confirmed" && (
          <button
            type="button"
            className="button primary"
            disabled={step.isPending || one.mine}
            onClick={() => judge("confirmed")}
          >
            {t.confirm}
          </button>
        )}
        {one.state !== "dismissed" && (
          <button type="button" className="button" disabled={step.isPending} onClick={() => judge("dismissed")}>
            {t.dismiss}
          </button>
        )}
      </div>
      {one.mine && one.state !== "confirmed" && <p className="soft">{t.ownAdvert}</p>}
      {one.state === "confirmed" && <Takedown one={one} copy={copy} />}
      {one.state !== "dismissed" && <Purchases one={one} />}
    </div>
  );
}
