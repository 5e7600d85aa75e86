// Reads the page's question and its choices aloud with a voice of the device, when somebody asks for it. A voice that
// comes over the network is never used: the words may name a family, and would go to whoever makes the browser.

const box = document.querySelector<HTMLElement>("[data-aloud]")!;
const play = box.querySelector("button")!;
const stop = play.nextElementSibling as HTMLElement;
const speech = window.speechSynthesis as SpeechSynthesis | undefined;
const language = document.documentElement.lang;
/** Everything that asks or can be chosen; what stands inside of another of these is read with it. */
const READ = "h1,h2,h3,legend,label,p,.hint,li,dt,dd,button,a.btn";
/** Where one is, how to end the visit, and these buttons themselves. */
const LEFT_OUT = "aside,.steps,.hold,[data-aloud]";

let voice: SpeechSynthesisVoice | undefined;
let sentences: string[] = [];
let at = 0;
/** Counts what was begun: the end of something that was halted says nothing. */
let turn = 0;
/** Held, since some browsers forget an utterance that nobody holds, and then never say that it ended. */
let spoken: SpeechSynthesisUtterance;

function find(): void {
  const own = speech!.getVoices().filter((one) => one.localService && one.lang.startsWith(language));
  voice = own.find((one) => /MX|US|419/.test(one.lang)) ?? own[0];
  box.hidden = !voice;
}

function textsOfPage(): string[] {
  return [...document.querySelector("main")!.querySelectorAll<HTMLElement>(READ)]
    .filter((one) => one.offsetParent && !one.closest(LEFT_OUT) && !one.parentElement!.closest(READ))
    .map((one) => one.innerText.trim().replace(/\s*\n\s*/g, ". "))
    .filter(Boolean);
}

function show(words: "listen" | "pause" | "resume"): void {
  play.querySelector("span")!.textContent = box.dataset[words]!;
  play.dataset["now"] = words;
  if (words === "listen" && document.activeElement === stop) play.focus();
  stop.hidden = words === "listen";
}

function halt(words: "listen" | "resume"): void {
  turn += 1;
  speech!.cancel();
  show(words);
}

function say(mine: number): void {
  if (mine !== turn) return;
  const text = sentences[at];
  if (text === undefined) return show("listen");
  spoken = new SpeechSynthesisUtterance(text);
  spoken.voice = voice!;
  spoken.lang = voice!.lang;
  spoken.onend = spoken.onerror = () => {
    if (mine === turn) at += 1;
    say(mine);
  };
  speech!.speak(spoken);
}

if (speech) {
  find();
  // Most browsers look for their voices after the page is there.
  speech.addEventListener("voiceschanged", find);
  // A page that is only put aside says no further sentence, and begins anew for whoever comes back to it.
  addEventListener("pagehide", () => halt("listen"));
  stop.onclick = () => halt("listen");
  play.onclick = () => {
    const now = play.dataset["now"];
    if (now === "pause") return halt("resume");
    if (now !== "resume") {
      sentences = textsOfPage();
      at = 0;
    }
    show("pause");
    say(++turn);
  };
}
