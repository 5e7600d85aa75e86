export type Shortcut =
  | "find"
  | "scan"
  | "up"
  | "down"
  | "next_tab"
  | "previous_tab"
  | "close"
  | "check_in"
  | "call"
  | "serve"
  | "call_next"
  | "pass"
  | "park"
  | "issue_all"
  | "copy_next"
  | "undo"
  | "print_sheet"
  | "pay"
  | "exempt"
  | "capture"
  | "produce"
  | "ready"
  | "interpreter"
  | "help";

interface Pressed {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** The letters are those of the Spanish words and stay the same in English: hands do not change language. */
export const SHORTCUTS: readonly { readonly key: string; readonly shown: string; readonly does: Shortcut }[] = [
  { key: "/", shown: "/", does: "find" },
  { key: "q", shown: "Q", does: "scan" },
  { key: "ArrowUp", shown: "↑", does: "up" },
  { key: "ArrowDown", shown: "↓", does: "down" },
  { key: "ArrowRight", shown: "→", does: "next_tab" },
  { key: "ArrowLeft", shown: "←", does: "previous_tab" },
  { key: "l", shown: "L", does: "check_in" },
  { key: "v", shown: "V", does: "call" },
  { key: "a", shown: "A", does: "serve" },
  { key: "s", shown: "S", does: "call_next" },
  { key: "p", shown: "P", does: "pass" },
  { key: "d", shown: "D", does: "park" },
  { key: "e", shown: "E", does: "issue_all" },
  { key: "n", shown: "N", does: "copy_next" },
  { key: "z", shown: "Z", does: "undo" },
  { key: "i", shown: "I", does: "print_sheet" },
  { key: "b", shown: "B", does: "pay" },
  { key: "x", shown: "X", does: "exempt" },
  { key: "c", shown: "C", does: "capture" },
  { key: "m", shown: "M", does: "produce" },
  { key: "r", shown: "R", does: "ready" },
  { key: "t", shown: "T", does: "interpreter" },
  { key: "Escape", shown: "Esc", does: "close" },
  { key: "?", shown: "?", does: "help" },
];

/** In a text box letters are letters, and the arrows left and right move the caret. */
const ALSO_IN_A_TEXT_BOX: readonly string[] = ["ArrowUp", "ArrowDown", "Escape"];

/**
 * What a key does. `letters` is false for whoever has switched single letters off, because speech
 * input or a trembling hand presses them by accident (WCAG 2.1.4).
 */
export function shortcutOf(pressed: Pressed, where: { inTextBox: boolean; letters: boolean }): Shortcut | undefined {
  if (pressed.ctrlKey || pressed.metaKey || pressed.altKey) return undefined;
  const key = pressed.key.length === 1 ? pressed.key.toLowerCase() : pressed.key;
  if (where.inTextBox && !ALSO_IN_A_TEXT_BOX.includes(key)) return undefined;
  if (!where.letters && key.length === 1) return undefined;
  return SHORTCUTS.find((one) => one.key === key)?.does;
}
