// Looks at the document of the waiting room, which is the same for all who wait, and fetches the page again when it would
// say something else. The page is whole without it: it then fetches itself again.

const SECOND_MS = 1000;
/** After so many looks the page is fetched in any case: its words and its pace follow the line. */
const MOST_LOOKS = 12;
const box = document.querySelector<HTMLElement>("[data-looks]")!;
const looks = box.dataset["looks"]!;
const rank = box.dataset["rank"];
const seconds = Number(box.dataset["seconds"]);
const closes = box.dataset["closes"];
let count = 0;

async function look(): Promise<void> {
  count += 1;
  // Before the drawing there is nothing to compare: the page says when to come again.
  if (rank === undefined || count > MOST_LOOKS) return location.reload();
  try {
    const answer = await fetch(looks);
    const status = (await answer.json()) as { admitted: string; closes_at: number };
    if (status.admitted >= rank || Date.now() >= status.closes_at || String(status.closes_at) !== closes)
      return location.reload();
  } catch {
    // No line at the moment: it looks again later, and the page stays as it is.
  }
  later();
}

function later(): void {
  setTimeout(() => void look(), seconds * SECOND_MS);
}

later();
