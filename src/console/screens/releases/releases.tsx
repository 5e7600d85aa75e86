import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { serverNow } from "../../api/clock.ts";
import { endedQuery, releasesQuery, type CountsFile, type Release, type ReleaseList } from "../../api/releases.ts";
import { post } from "../../api/request.ts";
import { monthName } from "../../parts/format.ts";
import { Blank, Failed, Loading } from "../../parts/loading.tsx";
import { useNotify } from "../../parts/notices.tsx";
import { monthsThatStand, stepOf } from "../../rules/releases.ts";
import { releaseTexts } from "../../texts/releases.ts";
import { useLanguage, useTexts } from "../../texts/texts.ts";
import { releaseApi } from "../../urls.ts";
import { useWhen } from "../draws/when.ts";
import "../../styles/adverts.css";

/** What leaves the house with two signatures: what waits, what is ready, and the counts of another month. */
export function ReleasesScreen() {
  const t = useTexts(releaseTexts);
  const { data, error, refetch } = useQuery(releasesQuery);
  return (
    <div className="page adverts">
      <h1>{t.title}</h1>
      <p className="lead">{t.lead}</p>
      {error && !data ? (
        <Failed error={error} again={() => void refetch()} />
      ) : !data ? (
        <Loading />
      ) : data.releases.length === 0 ? (
        <Blank title={t.none} help={t.noneHelp} />
      ) : (
        <ul className="advert-list">
          {data.releases.map((one) => (
            <Line key={one.id} one={one} />
          ))}
        </ul>
      )}
      {data && <Ask />}
      {data && <Ended />}
    </div>
  );
}

function Line({ one }: { one: Release }) {
  const t = useTexts(releaseTexts);
  const language = useLanguage();
  const { moment } = useWhen();
  const step = useStep();
  const take = useTake();
  const what = one.month === null ? t.disclosure : t.counts(monthName(one.month.slice(0, 7), language));
  const next = stepOf(one);
  return (
    <li className="advert">
      <div>
        <strong>{what}</strong>
        <span className={next === "sign" ? "tag warn" : "tag"}>{t.steps[next]}</span>
        <span className="soft">{t.signatures(one.signed)}</span>
        {one.mine && <span className="soft">{t.mine}</span>}
        <Why one={one} />
        <span className="soft">{t.asked(moment(one.askedAt))}</span>
        <span className="soft">{t.ends(moment(one.expiresAt))}</span>
        {one.kind === "disclosure" && <span className="soft">{t.disclosureHelp}</span>}
      </div>
      {next === "sign" && (
        <button
          type="button"
          className="button primary"
          aria-label={t.signFor(what)}
          disabled={step.isPending}
          onClick={() => step.mutate({ address: releaseApi.step(one.id, "sign"), done: t.signed })}
        >
          {t.sign}
        </button>
      )}
      {next === "take" && (
        <button
          type="button"
          className="button primary"
          aria-label={t.takeFor(what)}
          disabled={take.isPending}
          onClick={() => take.mutate(one.id)}
        >
          {t.take}
        </button>
      )}
    </li>
  );
}

/** Who asked and why: what the second person needs to know before she signs. */
function Why({ one }: { one: Release }) {
  const t = useTexts(releaseTexts);
  return (
    <>
      <span>{t.why(one.reason === null ? t.noReason : t.reasons[one.reason])}</span>
      <span className="soft">{one.askedBy === null ? t.askedOnServer : t.askedBy(one.askedBy)}</span>
    </>
  );
}

/** Those that were taken away or whose hours passed, for whoever wants to know what left. */
function Ended() {
  const t = useTexts(releaseTexts);
  const language = useLanguage();
  const { moment } = useWhen();
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(endedQuery);
  const ended = data?.pages.flatMap((page) => page.releases) ?? [];
  return (
    <section aria-labelledby="ended-title">
      <h2 id="ended-title">{t.ended}</h2>
      {data && ended.length === 0 && <p className="soft">{t.endedNone}</p>}
      <ul className="advert-list">
        {ended.map((one) => (
          <li key={one.id} className="advert">
            <div>
              <strong>
                {one.month === null ? t.disclosure : t.counts(monthName(one.month.slice(0, 7), language))}
              </strong>
              <span className="tag">{one.takenAt === null ? t.lapsed : t.takenAt(moment(one.takenAt))}</span>
              <span className="soft">{t.signatures(one.signed)}</span>
              <Why one={one} />
              <span className="soft">{t.asked(moment(one.askedAt))}</span>
            </div>
          </li>
        ))}
      </ul>
      {hasNextPage && (
        <button type="button" className="button" disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t.older}
        </button>
      )}
    </section>
  );
}

const REASONS = ["planning", "transparency", "audit"] as const;

function Ask() {
  const t = useTexts(releaseTexts);
  const language = useLanguage();
  const step = useStep();
  const months = monthsThatStand(new Date(serverNow()).toISOString().slice(0, 10));
  const [month, setMonth] = useState(months[0]!);
  const [reason, setReason] = useState<(typeof REASONS)[number]>("planning");
  return (
    <section aria-labelledby="ask-title">
      <h2 id="ask-title">{t.ask}</h2>
      <p className="soft">{t.askHelp}</p>
      <div className="advert-form">
        <label>
          {t.month}
          <select value={month} onChange={({ target }) => setMonth(target.value)}>
            {months.map((one) => (
              <option key={one} value={one}>
                {monthName(one, language)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t.reason}
          <select value={reason} onChange={({ target }) => setReason(target.value as typeof reason)}>
            {REASONS.map((one) => (
              <option key={one} value={one}>
                {t.reasons[one]}
              </option>
            ))}
          </select>
        </label>
        <button
          type="button"
          className="button"
          disabled={step.isPending}
          onClick={() =>
            step.mutate({ address: releaseApi.list, body: { month: `${month}-01`, reason }, done: t.askDone })
          }
        >
          {t.askNow}
        </button>
      </div>
    </section>
  );
}

/** A signature: what it answers is the list as it stands now. */
function useStep() {
  const client = useQueryClient();
  const notify = useNotify();
  return useMutation({
    mutationFn: ({ address, body }: { readonly address: string; readonly body?: object; readonly done: string }) =>
      post<ReleaseList>(address, body),
    onSuccess: (list, { done }) => {
      client.setQueryData(releasesQuery.queryKey, list);
      notify.done(done);
    },
    onError: (error) => {
      notify.refused(error);
      void client.invalidateQueries({ queryKey: releasesQuery.queryKey });
    },
  });
}

/** The file is saved at once: the server gives it to nobody twice. */
function useTake() {
  const t = useTexts(releaseTexts);
  const client = useQueryClient();
  const notify = useNotify();
  return useMutation({
    mutationFn: (id: string) => post<CountsFile>(releaseApi.step(id, "counts")),
    onSuccess: ({ name, csv }) => {
      const url = URL.createObjectURL(new Blob([csv], { type: "text/csv;charset=utf-8" }));
      const link = document.createElement("a");
      link.href = url;
      link.download = name;
      link.click();
      // The browser reads it after the click; a little later nobody needs it.
      setTimeout(() => URL.revokeObjectURL(url), 10_000);
      notify.done(t.taken);
    },
    onError: (error) => notify.refused(error),
    onSettled: () => client.invalidateQueries({ queryKey: releasesQuery.queryKey }),
  });
}
