import { createHash, generateKeyPairSync, randomBytes, randomUUID, sign } from "node:crypto";
import { isoCBOR } from "@simplewebauthn/server/helpers";
import type { StaffId } from "#kernel/ids.ts";
import { contextFor, systemContext, type Actor, type Context, type Services } from "#platform/context.ts";
import { requestCode, type CodeRequest } from "./commands/codes.ts";
import { openSession } from "./commands/sessions.ts";
import { addStaff } from "./commands/staff.ts";
import { verifyCode, type Verified } from "./commands/verification.ts";
import { codeDigits } from "./queries.ts";

export function contextOf(services: Services, actor: Actor = { kind: "visitor", sessionId: undefined }): Context {
  return contextFor(services, { actor, channel: "web", purpose: "test", requestId: "test", language: "es" });
}

/** Opens a session and asks for a code; throws when it is refused. */
export async function askForCode(
  services: Services,
  address: string,
  known?: { sessionId: string },
  kind: CodeRequest["kind"] = "email",
) {
  const ctx = contextOf(services);
  const sessionId = known?.sessionId ?? (await openSession(ctx, { language: "es", channel: "web" })).session.id;
  const asked = await requestCode(ctx, { sessionId, kind, address, language: "es" });
  if (!asked.ok) throw new Error(asked.refusal.code);
  const digits = await codeDigits(ctx, asked.value.codeId);
  return { ...asked.value, sessionId, digits, wrong: digits === "000000" ? "000001" : "000000" };
}

/** A session that has verified this address; throws when anything is refused. */
export async function verifiedSession(
  services: Services,
  address: string,
  known?: { sessionId: string },
): Promise<Verified> {
  const { sessionId, digits } = await askForCode(services, address, known);
  const verified = await verifyCode(contextOf(services), { sessionId, code: digits });
  if (!verified.ok) throw new Error(verified.refusal.code);
  return verified.value;
}

export async function staffActor(services: Services, officeId: string): Promise<Actor & { kind: "staff" }> {
  const added = await addStaff(systemContext(services, "test"), {
    officeId: officeId as never,
    role: "clerk",
    name: "Ana Prueba",
  });
  if (!added.ok) throw new Error(added.refusal.code);
  return { kind: "staff", staffId: added.value.id satisfies StaffId, officeId, role: "clerk" };
}

const USER_PRESENT_AND_VERIFIED = 0x05;
const HAS_CREDENTIAL = 0x40;

/** A passkey device in software: ES256, no attestation, its own counter. */
export function softwareAuthenticator(origin: string) {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const { x, y } = publicKey.export({ format: "jwk" });
  const id = randomBytes(16);
  const rpIdHash = createHash("sha256").update(new URL(origin).hostname).digest();
  let counter = 0;

  const clientData = (type: string, challenge: string): Buffer =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  const authenticatorData = (flags: number): Buffer => {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    return Buffer.concat([rpIdHash, Buffer.of(flags), count]);
  };
  const credential = {
    id: id.toString("base64url"),
    rawId: id.toString("base64url"),
    type: "public-key",
    clientExtensionResults: {},
  };

  return {
    setCounter(next: number) {
      counter = next;
    },
    register(challenge: string) {
      const key = new Map<number, number | Uint8Array<ArrayBuffer>>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, new Uint8Array(Buffer.from(x!, "base64url"))],
        [-3, new Uint8Array(Buffer.from(y!, "base64url"))],
      ]);
      const length = Buffer.alloc(2);
      length.writeUInt16BE(id.length);
      const authData = Buffer.concat([
        authenticatorData(USER_PRESENT_AND_VERIFIED | HAS_CREDENTIAL),
        Buffer.alloc(16),
        length,
        id,
        isoCBOR.encode(key),
      ]);
      const attestation = isoCBOR.encode(
        new Map<string, never>([
          ["fmt", "none"],
          ["attStmt", new Map()],
          ["authData", new Uint8Array(authData)],
        ] as never),
      );
      return {
        ...credential,
        response: {
          clientDataJSON: clientData("webauthn.create", challenge).toString("base64url"),
          attestationObject: Buffer.from(attestation).toString("base64url"),
          transports: ["internal"],
        },
      };
    },
    signIn(challenge: string) {
      const data = clientData("webauthn.get", challenge);
      const authData = authenticatorData(USER_PRESENT_AND_VERIFIED);
      const signature = sign(
        "sha256",
        Buffer.concat([authData, createHash("sha256").update(data).digest()]),
        privateKey,
      );
      return {
        ...credential,
        response: {
          clientDataJSON: data.toString("base64url"),
          authenticatorData: authData.toString("base64url"),
          signature: signature.toString("base64url"),
        },
      };
    },
  };
}

/** What a colleague attested to this member of staff: that somebody is there, or that she looked at a paper too. */
export async function anAttestation(
  services: Pick<Services, "clock"> & { adminQuery(text: string, values: unknown[]): Promise<unknown> },
  { actor }: Context,
): Promise<string> {
  if (actor.kind !== "staff") throw new Error("staff only");
  const [id, second] = [randomUUID(), randomUUID()];
  await services.adminQuery(
    `insert into people.staff (id, office_id, role, name, created_at)
     select s, $2, 'clerk', 'Persona Ficticia', now() from unnest($1::uuid[]) s on conflict do nothing`,
    [[actor.staffId, second], actor.officeId],
  );
  await services.adminQuery(
    `insert into people.presences (id, office_id, staff_id, shown, second_id, shown_at, expires_at)
     values ($1, $2, $3, 'second', $4, $5, $5::timestamptz + interval '15 minutes')`,
    [id, actor.officeId, actor.staffId, second, services.clock.now()],
  );
  return id;
}
