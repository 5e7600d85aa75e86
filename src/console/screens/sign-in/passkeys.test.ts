import { describe, expect, it } from "vitest";
import { passkeyObstacle } from "./passkeys.ts";

const here = { hostname: "consola.example.org", secure: true, supported: true };

describe("what stands in the way of passkeys", () => {
  it("is nothing on a secure name or on localhost", () => {
    expect(passkeyObstacle(here)).toBeUndefined();
    expect(passkeyObstacle({ ...here, hostname: "localhost" })).toBeUndefined();
  });

  it("is told apart, so that the page can say what to do", () => {
    expect(passkeyObstacle({ ...here, hostname: "10.0.0.7", secure: false })).toBe("insecure");
    expect(passkeyObstacle({ ...here, hostname: "127.0.0.1" })).toBe("byAddress");
    expect(passkeyObstacle({ ...here, hostname: "[::1]" })).toBe("byAddress");
    expect(passkeyObstacle({ ...here, supported: false })).toBe("unsupported");
  });
});
