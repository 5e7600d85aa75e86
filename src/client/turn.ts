// Follows a turn: the page fetches itself again while somebody looks at it. Without a line it stays as it is, with its code.

const box = document.querySelector<HTMLElement>("[data-again]")!;
function again(): void {
  if (document.hidden) return;
  fetch(location.href, { cache: "no-store" }).then(
    (answer) => answer.ok && location.reload(),
    () => undefined,
  );
}
setInterval(again, Number(box.dataset["again"]) * 1000);
document.addEventListener("visibilitychange", again);
