import { createServer } from "node:net";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { choosePort } from "./ports.ts";
import { markRunning, RunsAlready } from "./running.ts";
import { readSecrets } from "./secrets.ts";
import { listenerHost } from "./settings.ts";

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "ventanilla-dev-"));
});
afterAll(() => rm(directory, { recursive: true }));

test("listens on this computer alone", () => {
  expect(listenerHost({})).toBe("127.0.0.1");
  expect(listenerHost({ HOST: "localhost" })).toBe("localhost");
  for (const HOST of ["0.0.0.0", "::", "192.168.1.7", "citas.example.org"])
    expect(() => listenerHost({ HOST })).toThrow(/refused/);
});

test("refuses real providers", () => {
  expect(() => listenerHost({ SMTP_URL: "smtp://mail.example.org" })).toThrow(/SMTP_URL/);
  expect(() => listenerHost({ SMS_URL: "https://sms.example.org" })).toThrow(/SMS_URL/);
});

test("makes the keys once, readable by this account alone", async () => {
  const first = await readSecrets(directory);
  expect(Buffer.from(first.rootKey, "base64")).toHaveLength(32);
  expect(first.roleSecret.length).toBeGreaterThanOrEqual(32);
  expect(await readSecrets(directory)).toEqual(first);
  expect((await stat(join(directory, "secrets.json"))).mode & 0o777).toBe(0o600);
});

test("a second start is told where the first one answers; a dead one is forgotten", async () => {
  await writeFile(
    join(directory, "running.json"),
    JSON.stringify({ process: "999999999-1", address: "http://localhost:1" }),
  );
  const running = await markRunning(directory);
  await expect(markRunning(directory)).rejects.toThrow(/being started/);
  await running.at("http://localhost:8099");
  await expect(markRunning(directory)).rejects.toThrow(
    new RunsAlready("Ventanilla runs already: http://localhost:8099"),
  );
  await running.end();
  await (await markRunning(directory)).end();
  await expect(readFile(join(directory, "running.json"))).rejects.toThrow();
});

test("takes the port that was asked for, or the next free one", async () => {
  const blocker = createServer();
  await new Promise<void>((resolve) => blocker.listen(0, "127.0.0.1", resolve));
  const { port } = blocker.address() as { port: number };
  await expect(choosePort("127.0.0.1", String(port), 8080)).rejects.toThrow(/uses port/);
  await expect(choosePort("127.0.0.1", "many", 8080)).rejects.toThrow(/no port/);
  const next = await choosePort("127.0.0.1", undefined, port);
  expect(next).toBeGreaterThan(port);
  await new Promise((resolve) => blocker.close(resolve));
  expect(await choosePort("127.0.0.1", String(port), 8080)).toBe(port);
});
