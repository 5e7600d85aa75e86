// Lets a telephone sign in or be registered with its own lock. The form beside it is sent like any other; without script, or
// where there are no passkeys, the page has folio and PIN. Browsers of 2021 speak of bytes where the server speaks of text.

interface Options {
  readonly challenge: string;
  readonly user?: { readonly id: string };
  readonly excludeCredentials?: readonly { readonly id: string }[];
}

function bytes(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function text(buffer: ArrayBuffer): string {
  const plain = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
  return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

async function create(options: Options): Promise<object> {
  const publicKey = {
    ...options,
    challenge: bytes(options.challenge),
    user: { ...options.user, id: bytes(options.user!.id) },
    excludeCredentials: options.excludeCredentials!.map((one) => ({ ...one, id: bytes(one.id) })),
  } as unknown as PublicKeyCredentialCreationOptions;
  const made = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential;
  const response = made.response as AuthenticatorAttestationResponse;
  return answerOf(made, { attestationObject: text(response.attestationObject) });
}

async function get(options: Options): Promise<object> {
  const publicKey = { ...options, challenge: bytes(options.challenge) } as PublicKeyCredentialRequestOptions;
  const shown = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential;
  const response = shown.response as AuthenticatorAssertionResponse;
  return answerOf(shown, {
    authenticatorData: text(response.authenticatorData),
    signature: text(response.signature),
  });
}

function answerOf(credential: PublicKeyCredential, response: object): object {
  const clientDataJSON = text(credential.response.clientDataJSON);
  const id = text(credential.rawId);
  return {
    id,
    rawId: id,
    type: credential.type,
    clientExtensionResults: {},
    response: { ...response, clientDataJSON },
  };
}

document.querySelectorAll<HTMLElement>("[data-passkey]").forEach((box) => {
  // A passkey belongs to a name: browsers refuse numbers.
  if (!("PublicKeyCredential" in window) || /^[\d.]+$|^\[/.test(location.hostname)) return;
  box.hidden = false;
  const form = box.querySelector("form")!;
  const options = JSON.parse(box.dataset["options"]!) as Options;
  let waiting = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (waiting) return;
    waiting = true;
    (box.dataset["passkey"] === "create" ? create(options) : get(options)).then(
      (answer) => {
        form.querySelector<HTMLInputElement>("[name=respuesta]")!.value = JSON.stringify(answer);
        form.submit();
      },
      () => {
        // Whoever closed the question of her telephone may press again.
        waiting = false;
        box.querySelector<HTMLElement>("[data-failed]")!.hidden = false;
      },
    );
  });
});
