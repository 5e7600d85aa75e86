/** Why passkeys cannot work on this page, or undefined when they can. */
export type PasskeyObstacle = "insecure" | "byAddress" | "unsupported";

interface Surroundings {
  readonly hostname: string;
  readonly secure: boolean;
  readonly supported: boolean;
}

export function passkeyObstacle({ hostname, secure, supported }: Surroundings): PasskeyObstacle | undefined {
  if (!secure) return "insecure";
  // A passkey belongs to a name: browsers refuse numbers, 127.0.0.1 among them.
  if (/^[\d.]+$|^\[/.test(hostname)) return "byAddress";
  return supported ? undefined : "unsupported";
}
