import { test } from "vitest";
import { openTestApplication } from "#tests/support/application.ts";
import { openBrowser } from "#tests/support/browser.ts";
import { FAMILY } from "./family.ts";
import { answerWhoAndWhat, aVisitor } from "./steps.ts";
test("t", async () => {
  const [app, browser] = await Promise.all([openTestApplication(), openBrowser()]);
  const page = await aVisitor(browser, app, { viewport: { width: 320, height: 640 } });
  await answerWhoAndWhat(page, FAMILY);
  await page.screenshot({ path: "/tmp/jd/papers.png", fullPage: true });
  await browser.close(); await app.close();
}, 60000);
