// Checks a draw on the page itself, by the verifier's own code in a worker, so that the page stays awake meanwhile. The
// page is whole without it: it then shows the command that does the same.

interface Told {
  readonly kind: "progress" | "unreadable" | "verdict";
  readonly lines: number;
  readonly name: string;
  readonly verdict: string;
  readonly words: string;
  readonly faults: readonly string[];
  readonly remarks: readonly string[];
  readonly looked: string;
}

const box = document.querySelector<HTMLElement>("[data-check]")!;
const part = (name: string): HTMLElement => box.querySelector<HTMLElement>(`[data-${name}]`)!;
const given = (name: string): string => box.dataset[name]!;
const chosen = part("chosen") as HTMLInputElement;
const said = part("said");
const found = part("found");
let worker: Worker | undefined;

/** One check at a time: a new one ends what still runs. */
function check(files: readonly (string | File)[]): void {
  worker?.terminate();
  found.replaceChildren();
  delete found.dataset["verdict"];
  say(given("reading").replace("{lines}", "0"));
  worker = new Worker(given("worker"));
  worker.addEventListener("message", (event: MessageEvent<Told>) => tell(event.data));
  worker.addEventListener("error", () => say(given("unreadable").replace("{name}", "")));
  worker.postMessage({ language: given("language"), files, documents: given("documents") });
}

function tell(told: Told): void {
  if (told.kind === "progress")
    return say(given("reading").replace("{lines}", told.lines.toLocaleString(given("language"))));
  if (told.kind === "unreadable") return say(given("unreadable").replace("{name}", told.name));
  say(told.words);
  found.dataset["verdict"] = told.verdict;
  for (const words of [...told.faults, ...told.remarks, told.looked]) {
    const line = document.createElement("li");
    line.textContent = words;
    found.append(line);
  }
}

function say(words: string): void {
  said.textContent = words;
}

part("run").addEventListener("click", () => check(given("published").split(" ")));
chosen.addEventListener("change", () => {
  if (chosen.files && chosen.files.length > 0) check([...chosen.files]);
});
part("controls").hidden = false;
