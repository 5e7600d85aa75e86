import {
  chooseSafeContact,
  endAccountElsewhere,
  removeAccountContact,
  removeAccountPasskey,
} from "#modules/people/index.ts";
import { isUuid } from "#kernel/ids.ts";
import { typedOf } from "../visit/forms.ts";
import type { Answer, Route, Visit } from "../visit/visit.tsx";
import { CONTACT, NOBODY, ownPage } from "./account.page.tsx";
import { doorPage } from "./door.tsx";
import { backToAccount } from "./entering.ts";

type Outcome = { readonly ok: true } | { readonly ok: false; readonly refusal: { readonly code: string } };

/** A form of the account's own page: it changes one thing and comes back, or asks for PIN or passkey again. */
function change(path: string, done: string, decide: (visit: Visit, id: string) => Promise<Outcome>): Route<Visit> {
  return {
    path,
    get: (visit) => backToAccount(visit),
    async post(visit): Answer {
      const { [CONTACT]: id } = typedOf(visit.request.body, [CONTACT]);
      if (!isUuid(id) && id !== NOBODY) return ownPage(visit, "unknown_contact");
      const outcome = await decide(visit, id);
      if (outcome.ok) return backToAccount(visit, done);
      const { code } = outcome.refusal;
      if (code === "prove_again") return doorPage(visit, code);
      return ownPage(visit, code === "not_yet" || code === "newer_waits" ? code : "unknown_contact");
    },
  };
}

export const changes: readonly Route<Visit>[] = [
  change("/mi-cuenta/avisos", "avisos", ({ ctx, session }, id) =>
    chooseSafeContact(ctx, { sessionId: session.id, id: id === NOBODY ? null : id }),
  ),
  change("/mi-cuenta/quitar-contacto", "quitado", ({ ctx, session }, id) =>
    removeAccountContact(ctx, { sessionId: session.id, id: id === NOBODY ? session.id : id }),
  ),
  change("/mi-cuenta/quitar-llave", "sin-llave", ({ ctx, session }, id) =>
    removeAccountPasskey(ctx, { sessionId: session.id, id: id === NOBODY ? session.id : id }),
  ),
  {
    path: "/mi-cuenta/cerrar-otras",
    get: (visit) => backToAccount(visit),
    async post(visit) {
      await endAccountElsewhere(visit.ctx, visit.session.id);
      return backToAccount(visit, "cerradas");
    },
  },
];
