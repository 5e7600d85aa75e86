import type { LinkItem } from "./links.ts";

/** Short links side by side, each large enough for a thumb. */
export function LinkList({ links }: { links: readonly LinkItem[] }) {
  return (
    <ul className="links">
      {links.map((link) => (
        <li key={link.href}>
          <a href={link.href}>{link.text}</a>
        </li>
      ))}
    </ul>
  );
}
