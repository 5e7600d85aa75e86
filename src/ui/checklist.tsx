import type { ReactNode } from "react";

interface ChecklistItem {
  text: ReactNode;
  note?: ReactNode;
  /** A drawing of what is meant, for whoever would rather look than read. */
  picture?: ReactNode;
}

/** What to bring. The squares are for a pen on paper, not to be ticked on the screen. */
export function Checklist({ items }: { items: readonly ChecklistItem[] }) {
  return (
    <ul className="checks">
      {items.map((item, index) => (
        <li key={index}>
          {item.picture}
          <span>
            {item.text}
            {item.note && <span className="hint">{item.note}</span>}
          </span>
        </li>
      ))}
    </ul>
  );
}
