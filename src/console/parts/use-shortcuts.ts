import { useEffect, useRef } from "react";
import { createStore, keepIn } from "../api/store.ts";
import { shortcutOf, type Shortcut } from "../rules/shortcuts.ts";

const kept = keepIn(() => localStorage, "ventanilla.letters");
const letters = createStore(kept.read() !== "off");

export const useLetters = letters.use;

export function setLetters(on: boolean): void {
  kept.write(on ? "on" : "off");
  letters.set(on);
}

/** Calls `does` for each shortcut while the component is shown; a dialog has the keyboard for itself. */
export function useShortcuts(does: Partial<Record<Shortcut, () => void>>): void {
  const latest = useRef(does);
  useEffect(() => {
    latest.current = does;
  });
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.defaultPrevented || document.querySelector("dialog[open]")) return;
      const target = event.target as HTMLElement;
      const shortcut = shortcutOf(event, {
        inTextBox: target.matches("input:not([type=radio], [type=checkbox]), textarea, select"),
        letters: letters.get(),
      });
      const act = shortcut && latest.current[shortcut];
      if (!act) return;
      event.preventDefault();
      act();
    };
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  }, []);
}
