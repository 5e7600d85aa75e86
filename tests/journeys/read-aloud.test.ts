import { brotliCompressSync } from "node:zlib";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { faultsOf, misfitsOf, NARROW } from "./looks.ts";
import { openStage } from "./stage.ts";
import { aVisitor, button, expectFocus, expectHeading, link } from "./steps.ts";

/** What the script may weigh, and what of it crosses the network. */
const MOST_SCRIPT_BYTES = 1536;
const MOST_SENT_BYTES = 1024;

const stage = openStage();

interface Heard {
  readonly text: string;
  readonly lang: string;
}
type WithSpeech = typeof globalThis & { readonly heard: Heard[]; finish(): void };
const heard = (page: Page): Promise<Heard[]> => page.evaluate(() => (globalThis as WithSpeech).heard);
const texts = async (page: Page) => (await heard(page)).map(({ text }) => text);
/** The voice comes to the end of its sentence. */
const finish = (page: Page): Promise<void> => page.evaluate(() => (globalThis as WithSpeech).finish());

interface Voice {
  readonly lang: string;
  readonly localService: boolean;
}

/** A browser whose device has these voices; what it says is written down, and lasts until `finish`. */
async function aListener(voices: readonly Voice[], path = ""): Promise<Page> {
  const page = await aVisitor(stage);
  await page.addInitScript((all: readonly Voice[]) => {
    class Utterance {
      voice?: Voice;
      lang = "";
      onend?: () => void;
      constructor(readonly text: string) {}
    }
    const said: Heard[] = [];
    let speaking: Utterance | undefined;
    const end = () => {
      const ended = speaking;
      speaking = undefined;
      ended?.onend?.();
    };
    const speech = Object.assign(new EventTarget(), {
      getVoices: () => all,
      speak(one: Utterance) {
        speaking = one;
        said.push({ text: one.text, lang: one.voice?.lang ?? one.lang });
      },
      // As browsers do: what is cancelled ends, too.
      cancel: end,
    });
    Object.assign(globalThis, { SpeechSynthesisUtterance: Utterance, heard: said, finish: end });
    Object.defineProperty(globalThis, "speechSynthesis", { value: speech });
  }, voices);
  await page.goto(stage.app.origin + path);
  await link(page, path === "" ? "Sacar una cita" : "Book an appointment")
    .first()
    .click();
  await button(page, path === "" ? "Empezar" : "Start").click();
  return page;
}
const MEXICAN = { lang: "es-MX", localService: true };

test("reads question, hint and choices once each, when it is asked to; pauses, goes on and stops by keyboard", async () => {
  const page = await aListener([{ lang: "en-US", localService: true }, { lang: "es-ES", localService: true }, MEXICAN]);
  await expectHeading(page, "¿Cuántas personas necesitan un trámite?");
  await button(page, "Escuchar").focus();
  expect(await heard(page)).toEqual([]);
  expect(await faultsOf(page)).toEqual([]);
  await page.keyboard.press("Enter");
  await button(page, "Pausa").waitFor();
  expect(await heard(page)).toEqual([{ text: "¿Cuántas personas necesitan un trámite?", lang: "es-MX" }]);
  await finish(page);
  expect((await texts(page)).slice(1)).toEqual([
    "Cuente solo a quienes hacen un trámite. Quien solo acompaña no cuenta.",
  ]);
  // Nothing of it is told to a screen reader by itself, which has read the page.
  expect(await page.locator(".aloud[aria-live], .aloud [aria-live], .aloud [role=status]").count()).toBe(0);

  await expectFocus(button(page, "Pausa"));
  await page.keyboard.press("Enter");
  await button(page, "Seguir escuchando").waitFor();
  expect(await texts(page)).toHaveLength(2);
  // The sentence that was cut short comes again.
  await page.keyboard.press("Enter");
  expect((await texts(page)).slice(1)).toEqual([
    "Cuente solo a quienes hacen un trámite. Quien solo acompaña no cuenta.",
    "Cuente solo a quienes hacen un trámite. Quien solo acompaña no cuenta.",
  ]);
  for (let sentence = 0; sentence < 20; sentence++) await finish(page);
  const all = (await texts(page)).slice(3);
  expect(all).toEqual([...new Set(all)]);
  expect(all.slice(0, 5)).toEqual(["1 persona", "2 personas", "3 personas", "4 personas", "5 personas"]);
  expect(all.at(-1)).toBe("Continuar");
  await button(page, "Escuchar").waitFor();

  await page.setViewportSize(NARROW);
  await page.keyboard.press("Enter");
  await button(page, "Detener").waitFor();
  expect(await misfitsOf(page)).toEqual([]);
  await page.keyboard.press("Tab");
  await expectFocus(button(page, "Detener"));
  await page.keyboard.press("Enter");
  await expectFocus(button(page, "Escuchar"));
  expect(await button(page, "Detener").isVisible()).toBe(false);
  const before = (await texts(page)).length;
  await finish(page);
  expect(await texts(page)).toHaveLength(before);

  // Left while it speaks, as a browser puts a page aside to come back to: it says nothing more.
  await page.keyboard.press("Enter");
  await button(page, "Pausa").waitFor();
  await page.evaluate(() => dispatchEvent(new Event("pagehide")));
  expect(await texts(page)).toHaveLength(before + 1);
  await button(page, "Escuchar").waitFor();
});

test("speaks the language of the page, and never with a voice that sends the words elsewhere", async () => {
  const english = await aListener([MEXICAN, { lang: "en-GB", localService: true }], "/en");
  await button(english, "Listen").click();
  expect(await heard(english)).toEqual([{ text: "How many people need a service?", lang: "en-GB" }]);
  const far = await aListener([{ lang: "es-MX", localService: false }]);
  await expectHeading(far, "¿Cuántas personas necesitan un trámite?");
  expect(await button(far, "Escuchar").count()).toBe(0);
});

test("is not there without a voice or without script, and the page is whole", async () => {
  // The browser of the tests has no voice of its own.
  for (const javaScriptEnabled of [true, false]) {
    const page = await aVisitor(stage, { javaScriptEnabled });
    await link(page, "Sacar una cita").first().click();
    await button(page, "Empezar").click();
    await expectHeading(page, "¿Cuántas personas necesitan un trámite?");
    expect(await button(page, "Escuchar").count()).toBe(0);
    await page.getByRole("radio", { name: /^1 persona/ }).check();
    await button(page, "Continuar").click();
    await page.getByRole("heading", { level: 1, name: /¿Quién/ }).waitFor();
  }
});

test("its script is small, and only the pages that ask something fetch it", async () => {
  const page = await aVisitor(stage);
  const scripts: string[] = [];
  page.on("request", (request) => request.resourceType() === "script" && scripts.push(request.url()));
  await link(page, "Sacar una cita").first().click();
  expect(scripts).toEqual([]);
  await button(page, "Empezar").click();
  await expectHeading(page, "¿Cuántas personas necesitan un trámite?");
  expect(scripts).toEqual([expect.stringMatching(/\/assets\/read-aloud\.[0-9a-f]{10}\.js$/)]);
  const { rawPayload } = await stage.app.application.web.inject(new URL(scripts[0]!).pathname);
  expect(rawPayload.length).toBeLessThanOrEqual(MOST_SCRIPT_BYTES);
  expect(brotliCompressSync(rawPayload).length).toBeLessThanOrEqual(MOST_SENT_BYTES);
});
