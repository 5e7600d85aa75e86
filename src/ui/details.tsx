import type { ReactNode } from "react";

export function Details({
  summary,
  open,
  children,
}: {
  summary: string;
  open?: boolean | undefined;
  children: ReactNode;
}) {
  return (
    <details open={open}>
      <summary>{summary}</summary>
      <div>{children}</div>
    </details>
  );
}
