import { startAuthentication, type PublicKeyCredentialRequestOptionsJSON } from "@simplewebauthn/browser";
import { useMutation, useQuery } from "@tanstack/react-query";
import { demoRolesQuery, useSession } from "../api/queries.ts";
import { post, Refused, Unreachable } from "../api/request.ts";
import { useTouchAsked } from "../api/touch.ts";
import type { PasskeyOptions } from "../api/types.ts";
import { refusalTexts } from "../texts/refusals.ts";
import { touchTexts } from "../texts/touch.ts";
import { useTexts } from "../texts/texts.ts";
import { api } from "../urls.ts";
import { Pictogram } from "#ui/pictogram.tsx";
import { Dialog } from "./dialog.tsx";

/** Asks for the passkey once more, above whatever is on the screen; a browser wants a press before it asks the device. */
export function TouchDialog() {
  const asked = useTouchAsked();
  return asked && <Touch settle={asked.settle} />;
}

function Touch({ settle }: { settle: (touched: boolean) => void }) {
  const t = useTexts(touchTexts);
  const words = useTexts(refusalTexts);
  const { staff } = useSession();
  const isDemo = useQuery(demoRolesQuery).data !== undefined;
  const touch = useMutation({ mutationFn: touchPasskey, onSuccess: () => settle(true) });
  const demo = useMutation({
    mutationFn: () =>
      post(api.devSignIn, {
        role: staff.role,
        name: staff.name,
        ...(staff.officeId === null ? {} : { officeId: staff.officeId }),
      }),
    onSuccess: () => settle(true),
  });
  const { error } = touch;
  const why = error instanceof Unreachable ? words.unreachable : error instanceof Refused ? t.notAccepted : t.dismissed;
  return (
    <Dialog title={t.title} close={() => settle(false)}>
      <p>{t.lead}</p>
      {error && (
        <p className="door-note warning" role="alert">
          <Pictogram name="warning" />
          {why}
        </p>
      )}
      <div className="step-buttons">
        <button type="button" className="button primary" disabled={touch.isPending} onClick={() => touch.mutate()}>
          <Pictogram name="lock" />
          {touch.isPending ? t.waiting : t.confirm}
        </button>
        {isDemo && (
          <button type="button" className="button" disabled={demo.isPending} onClick={() => demo.mutate()}>
            {t.demo}
          </button>
        )}
        <button type="button" className="button" onClick={() => settle(false)}>
          {t.cancel}
        </button>
      </div>
    </Dialog>
  );
}

async function touchPasskey(): Promise<void> {
  const { options } = await post<PasskeyOptions>(api.touchOptions);
  const response = await startAuthentication({
    optionsJSON: options as unknown as PublicKeyCredentialRequestOptionsJSON,
  });
  await post(api.touchVerify, { response });
}
