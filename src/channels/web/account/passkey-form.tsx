import type { Begun } from "#modules/people/index.ts";
import { Button, ButtonRow, Form } from "#ui/index.ts";
import { accountTexts } from "../texts/account.ts";
import type { Language } from "../texts/texts.ts";
import { typedOf } from "../visit/forms.ts";

/** Fields of the form: the signed challenge, and what the telephone answered to it. */
const CHALLENGE = "reto";
const RESPONSE = "respuesta";
/** Longest answer of a passkey that is read at all; real ones have two or three thousand characters. */
const MOST_CHARACTERS = 20_000;

/** Hidden until the script finds that this telephone has passkeys. */
export function PasskeyForm({
  language,
  begun,
  does,
  action,
  hidden = {},
  children,
}: {
  language: Language;
  begun: Begun<unknown>;
  does: "create" | "get";
  action: string;
  hidden?: Readonly<Record<string, string>>;
  children: string;
}) {
  const t = accountTexts(language);
  return (
    <div data-passkey={does} data-options={JSON.stringify(begun.options)} hidden>
      <Form action={action} hidden={{ ...hidden, [CHALLENGE]: begun.challenge, [RESPONSE]: "" }}>
        <ButtonRow>
          <Button>{children}</Button>
        </ButtonRow>
      </Form>
      <p className="hint" role="status" data-failed hidden>
        {t("passkeyClosed")}
      </p>
    </div>
  );
}

/** What such a form sent; nothing of it is believed yet. */
export function passkeyAnswer(body: unknown): { challenge: string; response: unknown } {
  const { reto: challenge } = typedOf(body, [CHALLENGE]);
  const sent = typeof body === "object" && body !== null ? (body as Record<string, unknown>)[RESPONSE] : undefined;
  return { challenge, response: typeof sent === "string" && sent.length <= MOST_CHARACTERS ? jsonOf(sent) : undefined };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
