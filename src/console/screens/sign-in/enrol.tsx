import {
  browserSupportsWebAuthn,
  startRegistration,
  WebAuthnError,
  type PublicKeyCredentialCreationOptionsJSON,
} from "@simplewebauthn/browser";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { Link } from "react-router";
import { post, Refused, Unreachable } from "../../api/request.ts";
import type { PasskeyOptions, StaffMember } from "../../api/types.ts";
import { refusalTexts } from "../../texts/refusals.ts";
import { enrolTexts, signInTexts } from "../../texts/sign-in.ts";
import { useTexts } from "../../texts/texts.ts";
import { api, pages } from "../../urls.ts";
import { Pictogram } from "#ui/pictogram.tsx";
import { Door } from "./door.tsx";
import { passkeyObstacle } from "./passkeys.ts";

/** A new member of staff makes a passkey by the link that an administrator handed over. */
export function Enrol() {
  const t = useTexts(enrolTexts);
  const signIn = useTexts(signInTexts);
  const [token] = useState(() => location.hash.slice(1));
  // The link is spent soon; until then it need not stand in the address bar or the history.
  useEffect(() => history.replaceState(history.state, "", location.pathname), []);
  const enrol = useMutation({ mutationFn: () => enrolWithPasskey(token) });
  const obstacle = passkeyObstacle({
    hostname: location.hostname,
    secure: isSecureContext,
    supported: browserSupportsWebAuthn(),
  });

  if (enrol.data)
    return (
      <Door title={t.title}>
        <p className="door-note done" role="status">
          <Pictogram name="check" />
          {t.done(enrol.data.name)}
        </p>
        <Link className="button primary large" to={pages.today}>
          {t.toSignIn}
        </Link>
      </Door>
    );
  return (
    <Door title={t.title}>
      {token === "" || obstacle ? (
        <p className="door-note warning">
          <Pictogram name="warning" />
          {token === "" ? t.missing : obstacle === "insecure" ? signIn.insecure(location.origin) : signIn[obstacle!]}
        </p>
      ) : (
        <>
          <p>{t.lead}</p>
          <button
            type="button"
            className="button primary large"
            disabled={enrol.isPending}
            onClick={() => enrol.mutate()}
          >
            <Pictogram name="lock" />
            {enrol.isPending ? t.waiting : t.create}
          </button>
        </>
      )}
      {enrol.error && (
        <p className="door-note warning" role="alert">
          <Pictogram name="warning" />
          <WhyNotEnrolled error={enrol.error} />
        </p>
      )}
    </Door>
  );
}

async function enrolWithPasskey(token: string): Promise<StaffMember> {
  const { options } = await post<PasskeyOptions>(api.enrolOptions, { token });
  const response = await startRegistration({
    optionsJSON: options as unknown as PublicKeyCredentialCreationOptionsJSON,
  });
  return (await post<{ staff: StaffMember }>(api.enrolVerify, { token, response })).staff;
}

function WhyNotEnrolled({ error }: { error: Error }) {
  const t = useTexts(enrolTexts);
  const words = useTexts(refusalTexts);
  if (error instanceof Unreachable) return words.unreachable;
  if (error instanceof WebAuthnError && error.code === "ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED") return t.already;
  return error instanceof Refused && error.code !== "passkey_not_accepted" ? t.invalid : t.notAccepted;
}
