import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encodeQR } from "qr";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { qrToken } from "#channels/documents/qr-token.ts";
import { MORNING, openTestApplication, type TestApplication } from "#tests/support/application.ts";
import { openBrowser } from "#tests/support/browser.ts";
import { signInByButton } from "./console-steps.ts";
import { aPartyToday } from "./parties.ts";
import { aVisitor } from "./steps.ts";

const [WIDTH, HEIGHT] = [640, 480];
/** Grey of a desk, white of paper, black of ink, in the luminance of a video. */
const [DESK, PAPER, INK] = [120, 235, 16];

let app: TestApplication;
let browser: Browser;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "ventanilla-camera-"));
  app = await openTestApplication();
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What a camera films that is held over a slip: seconds of a desk, then the code, as an uncompressed video. */
function aVideo(text: string): Buffer {
  const modules = encodeQR(text, "raw", { ecc: "quartile", border: 4 });
  const size = Math.floor((HEIGHT * 0.7) / modules.length);
  const [left, top] = [WIDTH, HEIGHT].map((side) => Math.floor((side - modules.length * size) / 2)) as [number, number];
  const desk = Buffer.alloc(WIDTH * HEIGHT, DESK);
  const slip = Buffer.from(desk);
  modules.forEach((row, y) =>
    row.forEach((dark, x) => {
      for (let line = 0; line < size; line++) {
        const from = (top + y * size + line) * WIDTH + left + x * size;
        slip.fill(dark ? INK : PAPER, from, from + size);
      }
    }),
  );
  const colourless = Buffer.alloc((WIDTH * HEIGHT) / 2, 128);
  const frames = [desk, desk, slip, slip, slip, slip].flatMap((frame) => [Buffer.from("FRAME\n"), frame, colourless]);
  return Buffer.concat([Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F5:1 Ip A1:1 C420\n`), ...frames]);
}

test("a clerk holds a slip before the camera and its file opens", async () => {
  const family = await aPartyToday(app, "11:00", ["Rosa", "Juan"]);
  app.services.clock.set(MORNING);
  const video = join(folder, "slip.y4m");
  writeFileSync(video, aVideo(`${app.origin}/q/${await qrToken(app.services, family.id)}`));
  browser = await openBrowser([
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    `--use-file-for-fake-video-capture=${video}`,
  ]);
  const clerk = await aVisitor({ browser, app }, { viewport: { width: 1280, height: 800 }, permissions: ["camera"] });
  await signInByButton(clerk, app, "Ventanilla");
  await clerk.getByText("En vivo").waitFor();
  const asked: string[] = [];
  clerk.on("request", (request) => asked.push(new URL(request.url()).pathname));

  await clerk.keyboard.press("q");
  await clerk.getByRole("heading", { level: 2, name: "Rosa Inventada" }).waitFor();
  expect(await clerk.getByRole("dialog").count()).toBe(0);
  // The camera is let go of, and the slip was asked for once.
  expect(asked.filter((path) => path.endsWith("/find"))).toHaveLength(1);
  expect(await clerk.evaluate(() => document.querySelectorAll("video").length)).toBe(0);
});
