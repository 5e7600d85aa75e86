import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { utf8 } from "#kernel/digest.ts";
import type { Brake } from "./brake.ts";
import { forgetRecordKeys, keyIdOf, openBox, sealBox, shareRefOf } from "./box.ts";
import { SHARED_FIELDS, type DigestName, type PublicKeyName, type SealedField, type YearlyDigest } from "./fields.ts";
import { yearKey } from "./names.ts";
import { signerOf } from "./signer.ts";
import { openVault, type Secret, type VaultOptions } from "./vault.ts";
import type { Digest, Keyring } from "./index.ts";

export interface KeyringOptions extends VaultOptions {
  /** Counts the keys under which something is read for the first time; only a process of keys has one. */
  readonly brake?: Brake;
}

/** Bytes of a signature in a link or a QR code: short enough to print, long enough not to be guessed. */
const SIGNATURE_BYTES = 18;

/** Opens the keyring over its own database connection. The root key never leaves this closure. */
export function openKeyring(options: KeyringOptions): Keyring {
  const vault = openVault(options);
  const read = new Set<string>();
  /** Writing is never braked, so that a family books any day in the minute after a restart; nor does it make reading free. */
  const countRead = (ids: ReadonlySet<string>): void => {
    for (const id of ids) {
      if (read.has(id)) continue;
      options.brake?.count();
      read.add(id);
    }
  };

  const digestAll = async (name: DigestName, values: readonly string[]): Promise<Digest[][]> =>
    digestUnder(
      name === "subject"
        ? [await vault.named(yearKey(name, options.clock.now().getUTCFullYear()))]
        : await vault.versions(`digest:${name}`),
      values,
    );
  const digestYears = async (name: YearlyDigest, values: readonly string[]): Promise<Digest[][]> =>
    digestUnder(await vault.startingWith(`digest:${name}:`), values);
  const sign = async (name: string, text: string): Promise<Buffer> => {
    const [newest] = await vault.versions(`sign:${name}`);
    return createHmac("sha256", newest!.secret).update(text).digest().subarray(0, SIGNATURE_BYTES);
  };

  /** What never lives longer than its key's few days, and what has no day of erasure, needs none. */
  const shareFor = (field: SealedField, { destroyAfter }: Secret) =>
    destroyAfter !== null && SHARED_FIELDS.has(field) ? vault.shares.take(destroyAfter) : Promise.resolve(undefined);

  const secretOf = async (name: PublicKeyName): Promise<Uint8Array> => {
    const [newest] = await vault.versions(`public:${name}`);
    return newest!.secret;
  };

  return {
    async seal(items) {
      const keys = await Promise.all(items.map((item) => vault.named(item.under)));
      const shares = await Promise.all(items.map(({ field }, i) => shareFor(field, keys[i]!)));
      return items.map(({ field, row, plain }, i) =>
        sealBox(keys[i]!.secret, keys[i]!.id, field, row, plain, shares[i]),
      );
    },
    async open(items) {
      const blobs = items.map(({ sealed }) => (Buffer.isBuffer(sealed) ? sealed : Buffer.from(sealed)));
      const ids = blobs.map(keyIdOf);
      countRead(new Set(ids));
      const refs = blobs.map(shareRefOf);
      const needed = new Set(refs.filter((one) => one !== undefined));
      const [keys, shares] = await Promise.all([vault.byIds(new Set(ids)), vault.shares.read(needed)]);
      return items.map(({ field, row }, i) => {
        const key = keys.get(ids[i]!);
        const ref = refs[i];
        return key && openBox(key.secret, field, row, blobs[i]!, ref === undefined ? undefined : shares.get(ref));
      });
    },
    digest: digestAll,
    digestYears,
    sign: async (name, text) => (await sign(name, text)).toString("base64url"),
    async verify(name, text, signature) {
      const given = Buffer.from(signature, "base64url");
      const right = await sign(name, text);
      return given.length === right.length && timingSafeEqual(given, right);
    },
    publicKey: async (name) => signerOf(await secretOf(name)).publicKey,
    signPublic: async (name, text) => signerOf(await secretOf(name)).sign(utf8(text)),
    rotate: (name) => vault.addVersion(`digest:${name}`, randomBytes(32)),
    endRotation: (name) => vault.dropOldVersions(`digest:${name}`),
    async shred(refs) {
      const changed = await vault.shares.destroy(refs);
      forgetRecordKeys();
      return changed;
    },
    destroyDue: (on) => vault.destroyDue(on),
    close: () => vault.close(),
  };
}

function digestUnder(secrets: readonly Secret[], values: readonly string[]): Digest[][] {
  return values.map((value) =>
    secrets.map(({ version, secret }) => ({ version, digest: createHmac("sha256", secret).update(value).digest() })),
  );
}
