import type { ReactNode } from "react";
import { PAPER_NAMES, PaperPicture } from "#ui/index.ts";

/** The drawing that the catalogue names for a paper; nothing where it names none of ours. */
export function pictureOf(name: string | undefined): ReactNode {
  const paper = PAPER_NAMES.find((one) => one === name);
  return paper && <PaperPicture name={paper} />;
}
