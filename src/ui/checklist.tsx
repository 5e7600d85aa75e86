import type { ReactNode } from "react";

/** What to bring. The squares are for a pen on paper, not to be ticked on the screen. */
export function Checklist({ items }: { items: readonly { text: ReactNode; note?: ReactNode }[] }) {
  return (
    <ul className="checks">
      {items.map((item, index) => (
        <li key={index}>
          {item.text}
          {item.note && <span className="hint">{item.note}</span>}
        </li>
      ))}
    </ul>
  );
}
