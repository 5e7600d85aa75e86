import type { RenderedMessage, SenderChannel } from "../types.ts";

/** What to do with a row: send this, forget it and why, or wait for a decent hour. */
export type Rendering =
  | { readonly channel: SenderChannel; readonly message: RenderedMessage }
  | { readonly dropped: string }
  | { readonly waitUntil: Date };

/** Nobody answers these addresses, and no holiday note should answer them. */
export const HEADERS = { "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All" };
