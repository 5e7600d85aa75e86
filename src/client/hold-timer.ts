// Counts down how long the place is kept and says it aloud three times. The page is whole without it:
// it then holds the hour until which the place is kept, and fetches itself again.

const SECOND_MS = 1000;
const MINUTE_S = 60;
const box = document.querySelector<HTMLElement>("[data-seconds]")!;
const part = (name: string): HTMLElement => box.querySelector<HTMLElement>(`[data-${name}]`)!;
/** Seconds that are left, and what is then said; nobody is interrupted more often. */
const SAID = [
  { at: 2 * MINUTE_S, words: box.dataset["soon"]! },
  { at: 30, words: box.dataset["last"]! },
  { at: 0, words: part("over").textContent },
];
/** A sentence for each number of whole minutes, from none on. */
const sentences = box.dataset["sentences"]!.split("|");

// From the clock, not by counting ticks: a telephone in a pocket skips them.
let before = Number(box.dataset["seconds"]);
const ends = Date.now() + before * SECOND_MS;

const timer = setInterval(() => {
  const left = Math.max(0, Math.ceil((ends - Date.now()) / SECOND_MS));
  for (const one of SAID) if (before > one.at && left <= one.at) part("said").textContent = one.words;
  part("left").textContent = sentences[Math.round(left / MINUTE_S)]!;
  before = left;
  if (left > 0) return;
  clearInterval(timer);
  part("kept").hidden = true;
  part("over").hidden = false;
}, SECOND_MS);
