/** Kinds of picture that are taken, each by its first bytes. */
export type PhotoType = "image/jpeg" | "image/png" | "image/webp";

const JPEG_START = Buffer.from([0xff, 0xd8, 0xff]);
const PNG_START = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

export function photoTypeOf(bytes: Buffer): PhotoType | undefined {
  if (bytes.subarray(0, 3).equals(JPEG_START)) return "image/jpeg";
  if (bytes.subarray(0, 8).equals(PNG_START)) return "image/png";
  const isWebp = bytes.toString("latin1", 0, 4) === "RIFF" && bytes.toString("latin1", 8, 12) === "WEBP";
  return isWebp ? "image/webp" : undefined;
}

/**
 * The picture without what a camera writes into it: where it was taken, when, by which telephone. Undefined for what is no
 * whole JPEG, PNG or WebP. The colours are not touched; a JPEG that was only marked as turned lies on its side.
 */
export function withoutMetadata(bytes: Buffer): Buffer | undefined {
  const type = photoTypeOf(bytes);
  try {
    if (type === "image/jpeg") return cleanJpeg(bytes);
    if (type === "image/png") return cleanPng(bytes);
    if (type === "image/webp") return cleanWebp(bytes);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return undefined;
}

const MARKER = 0xff;
const START_OF_SCAN = 0xda;
/** Of the application segments those that say how to read the colours: JFIF, ICC profile, Adobe. */
const JPEG_KEPT = [0xe0, 0xe2, 0xee];
const isSegmentDropped = (marker: number): boolean =>
  marker === 0xfe || (marker >= 0xe0 && marker <= 0xef && !JPEG_KEPT.includes(marker));

function cleanJpeg(bytes: Buffer): Buffer | undefined {
  const kept = [bytes.subarray(0, 2)];
  let at = 2;
  while (at < bytes.length) {
    if (bytes.readUInt8(at) !== MARKER) return undefined;
    const marker = bytes.readUInt8(at + 1);
    // From here on there is only the picture itself.
    if (marker === START_OF_SCAN) {
      const end = bytes.lastIndexOf(Buffer.from([MARKER, 0xd9]));
      return end < at ? undefined : Buffer.concat([...kept, bytes.subarray(at, end + 2)]);
    }
    const next = at + 2 + bytes.readUInt16BE(at + 2);
    if (next > bytes.length) return undefined;
    if (!isSegmentDropped(marker)) kept.push(bytes.subarray(at, next));
    at = next;
  }
  return undefined;
}

/** Chunks without which a PNG looks otherwise. */
const PNG_KEPT = ["IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "sBIT", "pHYs"];

function cleanPng(bytes: Buffer): Buffer | undefined {
  const kept = [bytes.subarray(0, 8)];
  for (let at = 8; at < bytes.length;) {
    const type = bytes.toString("latin1", at + 4, at + 8);
    const next = at + 12 + bytes.readUInt32BE(at);
    if (next > bytes.length) return undefined;
    if (PNG_KEPT.includes(type)) kept.push(bytes.subarray(at, next));
    if (type === "IEND") return Buffer.concat(kept);
    at = next;
  }
  return undefined;
}

const WEBP_DROPPED = ["EXIF", "XMP "];
/** Flags of the extended header that announce them. */
const EXIF_AND_XMP = 0x08 | 0x04;

function cleanWebp(bytes: Buffer): Buffer | undefined {
  const end = 8 + bytes.readUInt32LE(4);
  if (end > bytes.length) return undefined;
  const kept: Buffer[] = [];
  for (let at = 12; at < end;) {
    const type = bytes.toString("latin1", at, at + 4);
    const size = bytes.readUInt32LE(at + 4);
    const next = at + 8 + size + (size % 2);
    if (next > bytes.length) return undefined;
    const chunk = Buffer.from(bytes.subarray(at, next));
    if (type === "VP8X") chunk.writeUInt8(chunk.readUInt8(8) & ~EXIF_AND_XMP, 8);
    if (!WEBP_DROPPED.includes(type)) kept.push(chunk);
    at = next;
  }
  const body = Buffer.concat([Buffer.from("WEBP", "latin1"), ...kept]);
  const head = Buffer.alloc(8, "RIFF", "latin1");
  head.writeUInt32LE(body.length, 4);
  return Buffer.concat([head, body]);
}
