import type { LinkItem } from "./links.ts";

/** Leaves for a harmless page at once, in the same tab. The history keeps this page. */
export function QuickExit({ href, text }: LinkItem) {
  return (
    <a className="exit" href={href} rel="noreferrer">
      {text}
    </a>
  );
}
