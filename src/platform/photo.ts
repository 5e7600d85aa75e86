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
const END_OF_IMAGE = 0xd9;
/** Of the application segments those that say how to read the colours: JFIF, ICC profile, Adobe. */
const JPEG_KEPT = [0xe0, 0xe2, 0xee];
/** The segment of profiles is also that of telephones that put a second picture behind the first. */
const PROFILES = 0xe2;
const isSegmentDropped = (marker: number, segment: Buffer): boolean =>
  marker === 0xfe ||
  (marker >= 0xe0 && marker <= 0xef && !JPEG_KEPT.includes(marker)) ||
  (marker === PROFILES && segment.toString("latin1", 4, 15) !== "ICC_PROFILE");

/** Ends with the first picture: a second one behind it would bring its own place and hour. */
function cleanJpeg(bytes: Buffer): Buffer | undefined {
  const kept = [bytes.subarray(0, 2)];
  let hasScan = false;
  for (let at = 2; at < bytes.length;) {
    if (bytes.readUInt8(at) !== MARKER) return undefined;
    const marker = bytes.readUInt8(at + 1);
    if (marker === END_OF_IMAGE) return hasScan ? Buffer.concat([...kept, bytes.subarray(at, at + 2)]) : undefined;
    const header = at + 2 + bytes.readUInt16BE(at + 2);
    const next = marker === START_OF_SCAN ? endOfScan(bytes, header) : header;
    if (next > bytes.length) return undefined;
    const segment = bytes.subarray(at, next);
    if (!isSegmentDropped(marker, segment)) kept.push(segment);
    hasScan ||= marker === START_OF_SCAN;
    at = next;
  }
  return undefined;
}

/** The first marker behind the data of a scan: those that restart it, and a byte that only looks like one, belong to the data. */
function endOfScan(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(MARKER, from); at >= 0; at = bytes.indexOf(MARKER, at + 1)) {
    const next = bytes[at + 1] ?? 0;
    const isData = next === 0 || next === MARKER || (next >= 0xd0 && next <= 0xd7);
    if (!isData) return at;
  }
  return bytes.length;
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

/** Width times height as the head of the picture states it; undefined where it states none. */
export function pixelsOf(bytes: Buffer): number | undefined {
  const type = photoTypeOf(bytes);
  try {
    if (type === "image/png") return bytes.readUInt32BE(16) * bytes.readUInt32BE(20);
    if (type === "image/jpeg") return jpegPixels(bytes);
    if (type === "image/webp") return webpPixels(bytes);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return undefined;
}

/** The segments that begin a frame: SOF0 to SOF15 without the tables between them. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

function jpegPixels(bytes: Buffer): number | undefined {
  for (let at = 2; at < bytes.length; at += 2 + bytes.readUInt16BE(at + 2)) {
    if (isFrame(bytes.readUInt8(at + 1))) return bytes.readUInt16BE(at + 5) * bytes.readUInt16BE(at + 7);
  }
  return undefined;
}

function webpPixels(bytes: Buffer): number | undefined {
  const form = bytes.toString("latin1", 12, 16);
  if (form === "VP8X") return (bytes.readUIntLE(24, 3) + 1) * (bytes.readUIntLE(27, 3) + 1);
  if (form === "VP8 ") return (bytes.readUInt16LE(26) & 0x3fff) * (bytes.readUInt16LE(28) & 0x3fff);
  if (form !== "VP8L") return undefined;
  const sides = bytes.readUInt32LE(21);
  return ((sides & 0x3fff) + 1) * (((sides >> 14) & 0x3fff) + 1);
}
