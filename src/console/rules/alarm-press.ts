/** How long the key is held to call for help. */
export const HOLD_MS = 800;
/** Within this time a second press calls. */
export const AGAIN_MS = 2_000;

/** Since when the key is down, and when it was pressed before; both undefined at rest. */
export interface Pressing {
  readonly downAt?: number | undefined;
  readonly armedAt?: number | undefined;
}

export const AT_REST: Pressing = {};

/** A press at that instant of any clock: the second one calls, the first one only waits for it. */
export function press(before: Pressing, now: number): { readonly next: Pressing; readonly calls: boolean } {
  const calls = isArmed(before, now);
  return { next: calls ? AT_REST : { downAt: now, armedAt: now }, calls };
}

/** Whether the key has been down for so long that it calls. */
export function isHeld({ downAt }: Pressing, now: number): boolean {
  return downAt !== undefined && now - downAt >= HOLD_MS;
}

export function release({ armedAt }: Pressing): Pressing {
  return { armedAt };
}

/** Whether the next press calls. */
export function isArmed({ armedAt }: Pressing, now: number): boolean {
  return armedAt !== undefined && now - armedAt <= AGAIN_MS;
}
