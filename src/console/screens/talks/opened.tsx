import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState, type FormEvent } from "react";
import { post } from "../../api/request.ts";
import { openedTalkQuery, talksQuery, type OpenedTalk, type TalkList, type TalkNumber } from "../../api/talks.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { clockTime } from "../../parts/format.ts";
import { Failed, Loading } from "../../parts/loading.tsx";
import { useNotify } from "../../parts/notices.tsx";
import { talkTexts } from "../../texts/talks.ts";
import { useTexts } from "../../texts/texts.ts";
import { talkApi } from "../../urls.ts";

/** As long as the server takes it. */
const MOST_ANSWER = 450;
const OUTCOMES = ["answered", "called", "not_reached", "other_office", "not_for_us"] as const;
/** Agents sit in one room and their clock is that of the machine. */
const HERE = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** One conversation, of whoever took it: what was said, an answer, the number, and how it ended. */
export function TalkDialog({ id, close }: { id: string; close: () => void }) {
  const t = useTexts(talkTexts);
  const { data, error, refetch } = useQuery(openedTalkQuery(id));
  return (
    <Dialog title={data ? t.reasons[data.reason] : t.title} close={close}>
      {error && !data ? (
        <Failed error={error} again={() => void refetch()} />
      ) : !data ? (
        <Loading />
      ) : (
        <Opened one={data} close={close} />
      )}
    </Dialog>
  );
}

function Opened({ one, close }: { one: OpenedTalk; close: () => void }) {
  const t = useTexts(talkTexts);
  const client = useQueryClient();
  const notify = useNotify();
  const [outcome, setOutcome] = useState<(typeof OUTCOMES)[number]>("answered");
  const leave = useMutation({
    mutationFn: (act: "close" | "give-back") =>
      post<TalkList>(talkApi.step(one.id, act), act === "close" ? { outcome } : undefined),
    onSuccess: (list, act) => {
      client.setQueryData(talksQuery.queryKey, list);
      notify.done(act === "close" ? t.ended : t.gaveBack);
      close();
    },
    onError: notify.refused,
  });
  return (
    <div className="emergency-opened">
      <p className="soft">{t.untilTime(clockTime(one.takenUntil, HERE))}</p>
      <Lines id={one.id} lines={one.lines} />
      {one.mayWrite ? <Answer one={one} /> : <p>{t.cannotWrite}</p>}
      <Number one={one} />
      <div className="emergency-form talk-end">
        <label>
          {t.how}
          <select value={outcome} onChange={({ target }) => setOutcome(target.value as typeof outcome)}>
            {OUTCOMES.map((each) => (
              <option key={each} value={each}>
                {t.ends[each]}
              </option>
            ))}
          </select>
        </label>
        <div className="step-buttons">
          <button type="button" className="button" disabled={leave.isPending} onClick={() => leave.mutate("close")}>
            {t.end}
          </button>
          <button
            type="button"
            className="button quiet"
            disabled={leave.isPending}
            onClick={() => leave.mutate("give-back")}
          >
            {t.giveBack}
          </button>
        </div>
      </div>
    </div>
  );
}

function Lines({ id, lines }: { id: string; lines: OpenedTalk["lines"] }) {
  const t = useTexts(talkTexts);
  const last = useRef<HTMLOListElement>(null);
  // What was said last is what is answered.
  useEffect(() => last.current?.scrollTo({ top: last.current.scrollHeight }), [lines.length]);
  if (lines.length === 0) return <p>{t.noLines}</p>;
  return (
    <ol ref={last} className="talk-lines" aria-label={t.lines} aria-live="polite" tabIndex={0}>
      {lines.map((line) => (
        <li key={line.id} className={`talk-${line.from}`}>
          <span className="soft">
            {t.from[line.from]} · {clockTime(line.at, HERE)}
          </span>
          {line.media === null ? <p>{line.text}</p> : <Sent id={id} line={line.id} media={line.media} />}
        </li>
      ))}
    </ol>
  );
}

/** What she sent that is not text: a voice note is played, a picture is drawn when it is asked for. */
function Sent({ id, line, media }: { id: string; line: string; media: keyof typeof talkTexts.es.media }) {
  const t = useTexts(talkTexts);
  const [shown, setShown] = useState(false);
  const source = talkApi.media(id, line);
  if (media === "audio") return <audio controls preload="none" src={source} aria-label={t.media.audio} />;
  if (media !== "image") return <p>{t.media[media]}</p>;
  if (shown) return <img src={source} alt={t.media.image} />;
  return (
    <button type="button" className="button quiet" onClick={() => setShown(true)}>
      {t.showImage}
    </button>
  );
}

function Answer({ one }: { one: OpenedTalk }) {
  const t = useTexts(talkTexts);
  const client = useQueryClient();
  const notify = useNotify();
  const [text, setText] = useState("");
  // One id for one answer: pressed twice, or sent again after a lost line, it is said once.
  const [answerId, setAnswerId] = useState(() => crypto.randomUUID());
  const send = useMutation({
    mutationFn: () => post<OpenedTalk>(talkApi.step(one.id, "answer"), { id: answerId, text }),
    onSuccess: (opened) => {
      client.setQueryData(openedTalkQuery(one.id).queryKey, opened);
      setText("");
      setAnswerId(crypto.randomUUID());
      notify.done(t.sent);
    },
    onError: notify.refused,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send.mutate();
  };
  return (
    <form className="emergency-form" onSubmit={submit}>
      <label>
        {t.answer}
        <textarea
          rows={3}
          maxLength={MOST_ANSWER}
          value={text}
          onChange={({ target }) => setText(target.value)}
          aria-describedby="talk-answer-help"
        />
      </label>
      <p id="talk-answer-help" className="soft">
        {t.answerHelp}
      </p>
      <button type="submit" className="button primary" disabled={send.isPending || text.trim() === ""}>
        {t.send}
      </button>
    </form>
  );
}

function Number({ one }: { one: OpenedTalk }) {
  const t = useTexts(talkTexts);
  const notify = useNotify();
  const show = useMutation({
    mutationFn: () => post<TalkNumber>(talkApi.step(one.id, "number")),
    onError: notify.refused,
  });
  if (show.data)
    return (
      <p>
        {show.data.phone === null ? (
          t.noNumber
        ) : (
          <a className="button" href={`tel:${show.data.phone}`}>
            {t.call(show.data.phone)}
          </a>
        )}
      </p>
    );
  return (
    <p>
      {one.tail !== null && <span className="soft">{t.number(one.tail)} </span>}
      <button type="button" className="button" disabled={show.isPending} onClick={() => show.mutate()}>
        {t.showNumber}
      </button>
    </p>
  );
}
