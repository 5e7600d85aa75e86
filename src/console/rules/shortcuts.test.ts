import { describe, expect, it } from "vitest";
import { shortcutOf, SHORTCUTS } from "./shortcuts.ts";

const press = (key: string, held: Partial<Record<"ctrlKey" | "metaKey" | "altKey", boolean>> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...held,
});
const list = { inTextBox: false, letters: true };

describe("shortcuts", () => {
  it("have one key each", () => {
    expect(new Set(SHORTCUTS.map(({ key }) => key)).size).toBe(SHORTCUTS.length);
  });

  it("work with capitals and leave the browser's own combinations alone", () => {
    expect(shortcutOf(press("L"), list)).toBe("check_in");
    expect(shortcutOf(press("l", { ctrlKey: true }), list)).toBeUndefined();
    expect(shortcutOf(press("v", { metaKey: true }), list)).toBeUndefined();
  });

  it("let a name be typed, and still let the arrows leave the box", () => {
    const box = { inTextBox: true, letters: true };
    expect(["l", "v", "/", "?", "ArrowLeft"].map((key) => shortcutOf(press(key), box))).toEqual(
      Array(5).fill(undefined),
    );
    expect(shortcutOf(press("ArrowDown"), box)).toBe("down");
  });

  it("can be switched off letter by letter, keeping arrows and Escape", () => {
    const off = { inTextBox: false, letters: false };
    expect(shortcutOf(press("e"), off)).toBeUndefined();
    expect(shortcutOf(press("Escape"), off)).toBe("close");
  });
});
