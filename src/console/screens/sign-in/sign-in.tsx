import {
  browserSupportsWebAuthn,
  startAuthentication,
  type PublicKeyCredentialRequestOptionsJSON,
} from "@simplewebauthn/browser";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { sessionQuery } from "../../api/queries.ts";
import { post, Refused, Unreachable } from "../../api/request.ts";
import { sessionBegun, type SessionEnd } from "../../api/session-end.ts";
import type { PasskeyOptions, Session } from "../../api/types.ts";
import { refusalTexts, wordsFor } from "../../texts/refusals.ts";
import { signInTexts } from "../../texts/sign-in.ts";
import { useTexts } from "../../texts/texts.ts";
import { api } from "../../urls.ts";
import { Pictogram } from "#ui/pictogram.tsx";
import { DemoRoles } from "./demo-roles.tsx";
import { Door } from "./door.tsx";
import { passkeyObstacle } from "./passkeys.ts";

/** The door, and the screen that covers everything when nobody is there. */
export function SignIn({ why }: { why?: SessionEnd }) {
  const t = useTexts(signInTexts);
  const client = useQueryClient();
  const enter = (session: Session) => {
    client.setQueryData(sessionQuery.queryKey, session);
    sessionBegun();
  };
  const signIn = useMutation({ mutationFn: signInWithPasskey, onSuccess: enter });
  const obstacle = passkeyObstacle({
    hostname: location.hostname,
    secure: isSecureContext,
    supported: browserSupportsWebAuthn(),
  });

  return (
    <Door title={t.title}>
      {why && (
        <p className="door-note" role="status">
          <Pictogram name="lock" />
          {t.ended[why]}
        </p>
      )}
      {obstacle ? (
        <p className="door-note warning">
          <Pictogram name="warning" />
          {obstacle === "insecure" ? t.insecure(location.origin) : t[obstacle]}
        </p>
      ) : (
        <>
          <p>{t.lead}</p>
          <button
            type="button"
            className="button primary large"
            disabled={signIn.isPending}
            onClick={() => signIn.mutate()}
          >
            <Pictogram name="lock" />
            {signIn.isPending ? t.waiting : why ? t.again : t.signIn}
          </button>
        </>
      )}
      {signIn.error && (
        <p className="door-note warning" role="alert">
          <Pictogram name="warning" />
          <WhyNotIn error={signIn.error} />
        </p>
      )}
      <DemoRoles enter={enter} />
      <p className="soft small-print">{t.privacy}</p>
    </Door>
  );
}

async function signInWithPasskey(): Promise<Session> {
  const { options } = await post<PasskeyOptions>(api.signInOptions);
  const response = await startAuthentication({
    optionsJSON: options as unknown as PublicKeyCredentialRequestOptionsJSON,
  });
  return post<Session>(api.signInVerify, { response });
}

function WhyNotIn({ error }: { error: Error }) {
  const t = useTexts(signInTexts);
  const words = useTexts(refusalTexts);
  if (error instanceof Unreachable) return words.unreachable;
  if (error instanceof Refused)
    return error.status < 500 && error.status !== 429 ? t.notAccepted : wordsFor(error, words);
  return t.dismissed;
}
