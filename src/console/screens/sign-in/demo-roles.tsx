import { useMutation, useQuery } from "@tanstack/react-query";
import { demoRolesQuery } from "../../api/queries.ts";
import { get, post } from "../../api/request.ts";
import type { Role, Session } from "../../api/types.ts";
import { shellTexts } from "../../texts/shell.ts";
import { signInTexts } from "../../texts/sign-in.ts";
import { useTexts } from "../../texts/texts.ts";
import { api } from "../../urls.ts";

/** What the development server offers; everywhere else the address does not exist and nothing is shown. */
interface DemoRolesAnswer {
  readonly roles: readonly (Role | { readonly role: Role; readonly name?: string; readonly office?: string })[];
}

export function DemoRoles({ enter }: { enter: (session: Session) => void }) {
  const t = useTexts(signInTexts);
  const shell = useTexts(shellTexts);
  const data = useQuery(demoRolesQuery).data as DemoRolesAnswer | undefined;
  const signIn = useMutation({
    mutationFn: async (role: Role) => {
      await post(api.devSignIn, { role });
      return get<Session>(api.session);
    },
    onSuccess: enter,
  });
  if (!data) return null;
  return (
    <section className="demo">
      <h2>{t.demoTitle}</h2>
      <p className="soft">{t.demoLead}</p>
      <div className="demo-roles">
        {data.roles.map((one) => {
          const { role, name = undefined, office = undefined } = typeof one === "string" ? { role: one } : one;
          return (
            <button
              key={role}
              type="button"
              className="button"
              disabled={signIn.isPending}
              onClick={() => signIn.mutate(role)}
            >
              <strong>{shell.roles[role]}</strong>
              {(name ?? office) && <span>{[name, office].filter(Boolean).join(" · ")}</span>}
            </button>
          );
        })}
      </div>
    </section>
  );
}
