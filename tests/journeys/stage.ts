import type { Browser } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { openTestApplication, type TestApplication, type TestApplicationOptions } from "#tests/support/application.ts";
import { openBrowser } from "#tests/support/browser.ts";

export interface Stage {
  readonly app: TestApplication;
  readonly browser: Browser;
}

/** The program with a browser before it: opened before the tests of a file, closed after them. */
export function openStage(options?: TestApplicationOptions): Stage {
  const stage = {} as { app?: TestApplication; browser?: Browser };
  beforeAll(async () => {
    [stage.app, stage.browser] = await Promise.all([openTestApplication(options), openBrowser()]);
  });
  afterAll(async () => {
    await stage.browser?.close();
    await stage.app?.close();
  });
  return stage as Stage;
}
