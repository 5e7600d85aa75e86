import type { ReactNode } from "react";
import { phoneHref, phoneInWords } from "./texts/format.ts";

/** A number that a touch calls; it never breaks in two lines. */
export function Call({ phone }: { phone: string }) {
  return <a href={phoneHref(phone)}>{phoneInWords(phone)}</a>;
}

/** For texts with a link in them. */
export function linkTo(href: string): (words: ReactNode) => ReactNode {
  return (words) => <a href={href}>{words}</a>;
}

/** For texts with a telephone number in them: `<call>{phone}</call>`. */
export function phoneTexts(phone: string): { phone: string; call: (words: ReactNode) => ReactNode } {
  return { phone: phoneInWords(phone), call: linkTo(phoneHref(phone)) };
}

/** For texts with an emphasis in them. */
export function bold(words: ReactNode): ReactNode {
  return <b>{words}</b>;
}
