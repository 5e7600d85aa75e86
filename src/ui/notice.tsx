import type { ReactNode } from "react";
import { Pictogram, type PictogramName } from "./pictogram.tsx";

export type Tone = "info" | "warning" | "success" | "danger";

const SIGN: Readonly<Record<Tone, PictogramName>> = {
  info: "info",
  warning: "warning",
  success: "check",
  danger: "warning",
};

interface NoticeProps {
  tone?: Tone | undefined;
  title?: ReactNode;
  titleAs?: "h1" | "h2" | "h3" | "p" | undefined;
  children?: ReactNode;
}

/** The sign beside the words carries the tone for those who do not see the colour. */
export function Notice({ tone = "info", title, titleAs: Title = "h2", children }: NoticeProps) {
  return (
    <div className={`note note-${tone}`}>
      <Pictogram name={SIGN[tone]} />
      <div>
        {title && <Title className="note-title">{title}</Title>}
        {children}
      </div>
    </div>
  );
}

/** A state in one or two words. */
export function Tag({ tone = "info", children }: { tone?: Tone | undefined; children: ReactNode }) {
  return <strong className={`tag note-${tone}`}>{children}</strong>;
}
