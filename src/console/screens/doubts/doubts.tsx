import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { decideDoubt, doubtsQuery, openDoubt, type DoubtCard, type OpenedDoubt } from "../../api/integrity.ts";
import { useSession } from "../../api/queries.ts";
import { fullDate } from "../../parts/format.ts";
import { Blank, Failed, Loading } from "../../parts/loading.tsx";
import { useNotify } from "../../parts/notices.tsx";
import { BIRTH_PLACES } from "../../texts/birth-places.ts";
import { doubtTexts } from "../../texts/doubts.ts";
import { useLanguage, useTexts } from "../../texts/texts.ts";
import "../../styles/integrity.css";

const VERDICTS = ["same", "different", "twins"] as const;

/** Who may be one person, and where two adults filed for one child: a task of staff, of which nobody hears. */
export function DoubtsScreen() {
  const t = useTexts(doubtTexts);
  const { data, error, refetch } = useQuery(doubtsQuery);
  return (
    <div className="page integrity doubts">
      <h1>{t.title}</h1>
      <p className="lead">{t.lead}</p>
      {error && !data && <Failed error={error} again={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data?.pairs.length === 0 && <Blank title={t.none} help={t.noneHelp} />}
      <ul className="case-list">
        {data?.pairs.map((one) => (
          <Doubt key={one.id} one={one} />
        ))}
      </ul>
    </div>
  );
}

function Doubt({ one }: { one: DoubtCard }) {
  const t = useTexts(doubtTexts);
  const language = useLanguage();
  const notify = useNotify();
  const client = useQueryClient();
  const { may } = useSession();
  const open = useMutation({ mutationFn: () => openDoubt(one.id), gcTime: 0, onError: notify.refused });
  const decide = useMutation({
    mutationFn: (verdict: (typeof VERDICTS)[number]) => decideDoubt(one.id, verdict),
    onSuccess: () => notify.done(t.decided),
    onError: notify.refused,
    onSettled: () => client.invalidateQueries({ queryKey: doubtsQuery.queryKey }),
  });
  return (
    <li className="case doubt">
      <p className="case-facts">
        <strong>{t.kinds[one.kind]}</strong>
        <span className="soft">{t.found(fullDate(one.foundAt.slice(0, 10), language))}</span>
      </p>
      {one.kind === "clash" && <p>{t.clash}</p>}
      <ul aria-label={t.why}>
        {one.terms.map((term) => (
          <li key={term}>{t.terms[term]}</li>
        ))}
      </ul>
      {open.data && <Sides doubt={open.data} />}
      {may.includes("decide_integrity") && (
        <>
          {!open.data && <p className="soft">{t.onRecord}</p>}
          <div className="step-buttons">
            {!open.data ? (
              <button type="button" className="button" disabled={open.isPending} onClick={() => open.mutate()}>
                {t.open}
              </button>
            ) : (
              VERDICTS.map((verdict) => (
                <button
                  key={verdict}
                  type="button"
                  className="button"
                  disabled={decide.isPending}
                  onClick={() => decide.mutate(verdict)}
                >
                  {t.verdicts[verdict]}
                </button>
              ))
            )}
          </div>
        </>
      )}
    </li>
  );
}

function Sides({ doubt }: { doubt: OpenedDoubt }) {
  const t = useTexts(doubtTexts);
  const language = useLanguage();
  const day = (text: string) => fullDate(text.slice(0, 10), language);
  const place = (code: string) => BIRTH_PLACES[code] ?? code;
  return (
    <>
      <dl className="doubt-sides">
        {doubt.sides.map((side, i) => (
          <div key={i}>
            <dt>
              {t.contact(side.contact)}, {t.filed(day(side.filedAt))}
            </dt>
            <dd>
              <strong>
                <bdi>{side.name}</bdi>
              </strong>
              <br />
              {t.born(day(side.bornOn), place(side.bornIn))}
              {side.curp !== "" && ` · ${side.curp}`}
              {side.seen && ` · ${t.seen}`}
              {!side.active && ` · ${t.past}`}
            </dd>
          </div>
        ))}
      </dl>
      {doubt.kind === "clash" && doubt.child && <p className="door-note">{t.child}</p>}
      {doubt.kind === "clash" && <p>{t.counter}</p>}
      <p className="soft">
        {doubt.oneContact ? t.oneContact : t.twoContacts} {t.twins}
      </p>
    </>
  );
}
