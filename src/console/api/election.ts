/** What tabs of one browser say to each other. */
type Word = { readonly says: "who leads?" | "I lead" | "I leave"; readonly from: number };

/** The part of BroadcastChannel that the election needs. */
export interface Wire {
  postMessage(word: unknown): void;
  onmessage: ((message: { data: unknown }) => void) | null;
}

/** How often a follower asks, and how long the leader may take to answer. A hidden tab answers at once: only its timers sleep. */
const ASK_EVERY_MS = 5_000;
const ANSWER_WITHIN_MS = 800;

export interface Election {
  readonly isLeader: () => boolean;
  readonly leave: () => void;
}

/**
 * One tab of a browser leads and keeps the stream; HTTP/1.1 allows six connections, which seven
 * streams would use up. When the leader closes or falls silent another tab takes over; when two
 * lead after a pause, the lower number stays.
 */
export function joinElection(wire: Wire, self: number, leads: (leader: boolean) => void): Election {
  let leader = false;
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const say = (says: Word["says"]) => wire.postMessage({ says, from: self } satisfies Word);

  wire.onmessage = ({ data }) => {
    const word = data as Word;
    if (word.says === "who leads?" && leader) say("I lead");
    if (word.says === "I leave") ask();
    if (word.says !== "I lead") return;
    stopWaiting();
    if (!leader) return;
    if (word.from < self) become(false);
    else say("I lead");
  };
  const asking = setInterval(() => !leader && ask(), ASK_EVERY_MS);
  ask();

  return {
    isLeader: () => leader,
    leave: () => {
      clearInterval(asking);
      stopWaiting();
      wire.onmessage = null;
      if (leader) say("I leave");
      become(false);
    },
  };

  function ask(): void {
    if (waiting !== undefined) return;
    waiting = setTimeout(() => {
      waiting = undefined;
      become(true);
      say("I lead");
    }, ANSWER_WITHIN_MS);
    say("who leads?");
  }

  function stopWaiting(): void {
    clearTimeout(waiting);
    waiting = undefined;
  }

  function become(next: boolean): void {
    if (leader === next) return;
    leader = next;
    leads(next);
  }
}
