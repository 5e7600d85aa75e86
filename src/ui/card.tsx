import type { ReactNode } from "react";
import { Pictogram, type PictogramName } from "./pictogram.tsx";

export function CardList({ children }: { children: ReactNode }) {
  return <ul className="cards">{children}</ul>;
}

interface CardProps {
  href: string;
  title: ReactNode;
  titleAs?: "h2" | "h3" | "p" | undefined;
  pictogram?: PictogramName | undefined;
  children?: ReactNode;
}

/** The title is the link; its target covers the whole card. */
export function Card({ href, title, titleAs: Title = "h2", pictogram, children }: CardProps) {
  return (
    <li className="card">
      {pictogram && <Pictogram name={pictogram} />}
      <div>
        <Title className="card-title">
          <a href={href}>{title}</a>
        </Title>
        {children}
      </div>
    </li>
  );
}
