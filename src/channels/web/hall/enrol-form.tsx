interface Words {
  readonly code: string;
  readonly enrol: string;
  readonly wrongCode: string;
}

/** Asks for the code that the console gave, of a browser that nobody enrolled: a screen on the wall or a kiosk. */
export function EnrolForm({
  action,
  words,
  wrong,
  className,
}: {
  action: string;
  words: Words;
  /** The code that was typed is none, or is over. */
  wrong: boolean;
  /** How the page shows what is wrong, and its button. */
  className: { readonly wrong: string; readonly send?: string };
}) {
  return (
    <form method="post" action={action}>
      <label htmlFor="codigo">{words.code}</label>
      {wrong && (
        <p id="wrong" className={className.wrong} role="alert">
          {words.wrongCode}
        </p>
      )}
      <input
        id="codigo"
        name="codigo"
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        maxLength={40}
        aria-invalid={wrong || undefined}
        aria-describedby={wrong ? "wrong" : undefined}
      />
      <button className={className.send}>{words.enrol}</button>
    </form>
  );
}
