import { randomBytes as nodeRandomBytes, randomInt, randomUUID } from "node:crypto";

/** A random UUIDv4: nothing that leaves the system is sequential (hardening 7). */
export function newId<Id extends string>(): Id {
  return randomUUID() as Id;
}

export function randomBytes(count: number): Buffer {
  return nodeRandomBytes(count);
}

/** `count` decimal digits, each equally likely. */
export function randomDigits(count: number): string {
  let digits = "";
  for (let i = 0; i < count; i++) digits += randomInt(10).toString();
  return digits;
}
