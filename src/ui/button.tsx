import type { ReactNode } from "react";

export type ButtonTone = "primary" | "secondary" | "danger";

interface Look {
  tone?: ButtonTone | undefined;
  children: ReactNode;
}
interface LinkButton extends Look {
  href: string;
}
interface SubmitButton extends Look {
  name?: string | undefined;
  value?: string | undefined;
  /** For a second way to send the same form, such as "add another person". */
  formAction?: string | undefined;
}

/** With `href` a link, else a button that sends its form. Only a form may change something: links just go somewhere. */
export function Button(props: LinkButton | SubmitButton) {
  const { tone = "primary", children } = props;
  const className = tone === "primary" ? "btn" : `btn btn-${tone}`;
  if ("href" in props) {
    return (
      <a className={className} href={props.href}>
        {children}
      </a>
    );
  }
  return (
    <button className={className} type="submit" name={props.name} value={props.value} formAction={props.formAction}>
      {children}
    </button>
  );
}

export function ButtonRow({ children }: { children: ReactNode }) {
  return <div className="btns">{children}</div>;
}
