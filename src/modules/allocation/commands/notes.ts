import type { Context } from "#platform/context.ts";
import { joinNote, signatureLine, type Signer } from "#kernel/notes.ts";

/** Who signs a draw's papers: the service under its own address. */
export async function operatorOf(ctx: Pick<Context, "keyring" | "publicOrigin">): Promise<Signer> {
  return { name: new URL(ctx.publicOrigin).host, key: await ctx.keyring.publicKey("draw") };
}

/** A text as a note with the operator's signature. */
export async function signedNote(ctx: Pick<Context, "keyring">, operator: Signer, text: string): Promise<string> {
  return joinNote(text, [signatureLine(operator, await ctx.keyring.signPublic("draw", text))]);
}
