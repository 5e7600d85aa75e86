import type { ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";

/** The whole document as text: what a route sends. */
export function renderPage(page: ReactElement): string {
  return `<!DOCTYPE html>${renderToStaticMarkup(page)}`;
}
