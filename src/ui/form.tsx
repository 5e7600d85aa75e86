import type { ReactNode } from "react";

interface FormProps {
  action: string;
  method?: "post" | "get" | undefined;
  /** What earlier pages learned and this form must carry on. */
  hidden?: Readonly<Record<string, string>> | undefined;
  /** It carries a file. */
  files?: boolean | undefined;
  children: ReactNode;
}

/** The browser's own validation is off: its bubbles vanish, cannot be styled and speak the browser's language. */
export function Form({ action, method = "post", hidden = {}, files, children }: FormProps) {
  return (
    <form action={action} method={method} encType={files ? "multipart/form-data" : undefined} noValidate>
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} defaultValue={value} />
      ))}
      {children}
    </form>
  );
}
