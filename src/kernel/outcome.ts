/** An expected answer of a command: what was asked for, or a refusal that a channel puts into words. */
export type Outcome<T, R extends Refusal = Refusal> = Accepted<T> | Refused<R>;
export interface Accepted<T> {
  readonly ok: true;
  readonly value: T;
}
export interface Refused<R extends Refusal> {
  readonly ok: false;
  readonly refusal: R;
}
/** Stable snake_case code, part of the contract; further fields are the facts that the words need. */
export interface Refusal {
  readonly code: string;
}

export function accept<T>(value: T): Accepted<T> {
  return { ok: true, value };
}

export function refuse<const R extends Refusal>(refusal: R): Refused<R> {
  return { ok: false, refusal };
}
