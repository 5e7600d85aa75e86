import { useQuery } from "@tanstack/react-query";
import { pictureQuery, type CaseCard, type ClusterCard } from "../../api/integrity.ts";
import { Failed, Loading } from "../../parts/loading.tsx";
import { useShortcuts } from "../../parts/use-shortcuts.ts";
import { integrityTexts } from "../../texts/integrity.ts";
import { useTexts } from "../../texts/texts.ts";
import { integrityApi } from "../../urls.ts";
import { GroupPicture } from "./picture.tsx";
import { useDecision } from "./use-decision.ts";

interface Props {
  readonly group: ClusterCard;
  /** Those of its bookings that this week's budget let through. */
  readonly queued: readonly CaseCard[];
  readonly mayDecide: boolean;
  /** To the group so many further down. */
  readonly go: (by: number) => void;
}

/** One group on one screen: each term as a sentence, who booked with what, and the two things to do. */
export function Group({ group, queued, mayDecide, go }: Props) {
  const t = useTexts(integrityTexts);
  const { data, error, refetch } = useQuery(pictureQuery(group.id));
  const decide = useDecision();
  const cases = queued.map(({ id, version }) => ({ id, version }));
  const act = (what: "challenge" | "clear") => {
    if (!mayDecide || decide.isPending) return;
    const done = what === "challenge" ? t.challengeDone : t.clearDone;
    decide.mutate({ address: integrityApi.cases(what), body: { cases }, done });
  };
  useShortcuts({ pass: () => act("challenge"), copy_next: () => act("clear"), up: () => go(-1), down: () => go(1) });
  return (
    <article className="group" aria-label={t.group(group.points)}>
      <div>
        <h3>{t.why}</h3>
        <ul className="terms">
          {group.terms.map(({ code, points }) => (
            <li key={code}>
              <span className="term-points">{t.points(points)}</span>
              {t.terms[code as keyof typeof t.terms]}
            </li>
          ))}
          {group.credits.map(({ code, points }) => (
            <li key={code} className="credit">
              <span className="term-points">{t.points(-points)}</span>
              {t.credits[code as keyof typeof t.credits]}
            </li>
          ))}
        </ul>
        {mayDecide && (
          <>
            <h3>{t.decide}</h3>
            <div className="step-buttons">
              <button
                type="button"
                className="button primary"
                disabled={decide.isPending}
                onClick={() => act("challenge")}
              >
                {t.challengeAll(queued.length)}
              </button>
              <button type="button" className="button" disabled={decide.isPending} onClick={() => act("clear")}>
                {t.clearAll}
              </button>
            </div>
            <p className="soft">{t.keys}</p>
          </>
        )}
      </div>
      <div>
        <h3>{t.picture}</h3>
        {error && !data && <Failed error={error} again={() => void refetch()} />}
        {!data && !error && <Loading />}
        {data && <GroupPicture bookings={data.bookings} />}
      </div>
    </article>
  );
}
