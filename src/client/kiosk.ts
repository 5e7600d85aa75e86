// The kiosk of a hall: large keys, the camera where the browser reads codes itself, and back to the start when nobody
// touches it. Nothing is kept in the browser.
import "./read-aloud.ts";

interface Detector {
  detect(image: HTMLVideoElement): Promise<readonly { rawValue: string }[]>;
}
const Reader = (window as { BarcodeDetector?: new (options: { formats: string[] }) => Detector }).BarcodeDetector;

const root = document.querySelector<HTMLElement>(".kiosk")!;
const folio = root.querySelector<HTMLInputElement>("#folio");
/** Looks at the camera so often: enough for a hand that holds a slip. */
const LOOK_EVERY_MS = 250;

let idle: number | undefined;
function touched(): void {
  clearTimeout(idle);
  idle = window.setTimeout(restart, Number(root.dataset["idle"]) * 1000);
}

/** Back to the start. While nobody answers there, what a family typed or was told goes from this page: it must not wait for the next. */
function restart(): void {
  const start = root.dataset["start"]!;
  const leave = (): void => {
    root.querySelector("form")?.reset();
    for (const told of root.querySelectorAll<HTMLElement>(".told")) told.hidden = true;
    touched();
  };
  fetch(start, { cache: "no-store" }).then((answer) => (answer.ok ? location.replace(start) : leave()), leave);
}

async function watch(box: HTMLElement, video: HTMLVideoElement, reader: Detector): Promise<void> {
  video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "user" }, audio: false });
  await video.play();
  box.hidden = false;
  for (;;) {
    const found = await reader.detect(video).catch(() => []);
    const text = found[0] && found[0].rawValue;
    if (text) {
      folio!.value = text;
      folio!.form!.submit();
      return;
    }
    await new Promise((later) => setTimeout(later, LOOK_EVERY_MS));
  }
}

for (const what of ["pointerdown", "keydown"]) addEventListener(what, touched);
touched();
// A page that comes back from the browser's memory would show what the family before typed.
addEventListener("pageshow", (event) => event.persisted && location.reload());

const print = root.querySelector<HTMLElement>(".print");
if (print) {
  print.hidden = false;
  print.querySelector("button")!.onclick = () => window.print();
}

const keys = root.querySelector<HTMLElement>(".keys");
if (keys && folio) {
  keys.hidden = false;
  keys.onclick = (event) => {
    const key = (event.target as HTMLElement).dataset["key"];
    if (key === undefined) return;
    folio.value = key === "" ? folio.value.slice(0, -1) : folio.value + key;
  };
  const box = root.querySelector<HTMLElement>(".camera")!;
  if (Reader && navigator.mediaDevices)
    watch(box, box.querySelector("video")!, new Reader({ formats: ["qr_code"] })).catch(() => undefined);
}
