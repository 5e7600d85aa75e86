import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { setStaffToken } from "#channels/api/console/console.ts";
import { getNetwork } from "#modules/offices/index.ts";
import { openStaffSession, type StaffMember } from "#modules/people/index.ts";
import { contextFor, type Services } from "#platform/context.ts";
import { problem } from "#platform/http/index.ts";
import { DEMO_OFFICE } from "./demo-world/staff.ts";
import { DEV_URLS } from "./pages/frame.tsx";

const choice = z.object({
  role: z.enum(["clerk", "door", "supervisor", "office_head", "hq", "analyst", "agent", "admin"]),
  officeId: z.string().max(60).optional(),
  /** Where two have one role: an appeal is decided by the other analyst. */
  name: z.string().max(120).optional(),
});

export interface DemoLogin {
  readonly role: StaffMember["role"];
  readonly officeId: string | undefined;
  readonly name: string;
  /** City of the office, or that it is the whole network. */
  readonly place: string;
}

export async function demoLogins(services: Services, staff: readonly StaffMember[]): Promise<DemoLogin[]> {
  const { officeById } = await getNetwork(services);
  return staff.map(({ role, officeId, name }) => ({
    role,
    officeId,
    name,
    place: officeId === undefined ? "toda la red" : officeById.get(officeId)!.shortName.es,
  }));
}

/** A button for each demo role in place of a passkey. It sets the very cookie that a passkey would. */
export function registerSignIn(web: FastifyInstance, services: Services, staff: readonly StaffMember[]): void {
  web.get("/api/v1/console/dev/roles", async () => {
    const logins = await demoLogins(services, staff);
    const isFirst = ({ officeId }: DemoLogin) => officeId === undefined || officeId === DEMO_OFFICE;
    const shown = ({ role, officeId, name, place }: DemoLogin) => ({
      role,
      name,
      office: place,
      officeId: officeId ?? null,
    });
    return { roles: logins.filter(isFirst).map(shown), others: logins.filter((one) => !isFirst(one)).map(shown) };
  });

  web.post("/api/v1/console/dev/sign-in", async (request, reply) => {
    const member = await signIn(request, reply);
    if (!member) return problem(reply, 404, "no_such_staff", "Choose one of GET /api/v1/console/dev/roles.");
    const { id, name, role, officeId } = member;
    return { staff: { id, name, role, officeId: officeId ?? null } };
  });

  web.post(DEV_URLS.signIn, async (request, reply) => {
    const member = await signIn(request, reply);
    return reply.redirect(member ? "/consola/" : DEV_URLS.index, 303);
  });

  async function signIn(request: FastifyRequest, reply: FastifyReply): Promise<StaffMember | undefined> {
    const { data } = choice.safeParse(request.body);
    const member =
      data &&
      staff.find(
        (one) =>
          one.role === data.role &&
          (data.officeId === undefined || one.officeId === data.officeId) &&
          (data.name === undefined || one.name === data.name),
      );
    if (!member) return undefined;
    const ctx = contextFor(services, {
      actor: { kind: "visitor", sessionId: undefined },
      channel: "console",
      purpose: "demo_sign_in",
      requestId: request.id,
      language: "es",
    });
    const opened = await openStaffSession(ctx, member.id);
    if (!opened.ok) return undefined;
    void reply.header("cache-control", "no-store");
    setStaffToken(reply, services.publicOrigin, opened.value.token);
    return member;
  }
}
