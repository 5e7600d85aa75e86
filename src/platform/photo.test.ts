import { describe, expect, it, test } from "vitest";
import { photoTypeOf, pixelsOf, withoutMetadata } from "./photo.ts";

const SECRET = "GPS 36.7 N";
const segment = (marker: number, text: string): Buffer => {
  const body = Buffer.from(text, "latin1");
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
};
const scan = Buffer.from([0xff, 0xda, 0x00, 0x02, 0x11, 0x22, 0xff, 0xd9]);
/** With what restarts it and a stuffed byte; another scan follows. */
const openScan = Buffer.from([0xff, 0xda, 0x00, 0x02, 0x11, 0xff, 0x00, 0xff, 0xd0, 0x22]);
const start = Buffer.from([0xff, 0xd8]);
const jfif = segment(0xe0, "JFIF\0");
const jpeg = Buffer.concat([start, jfif, segment(0xe1, `Exif ${SECRET}`), segment(0xfe, SECRET), scan]);

const chunk = (type: string, text: string): Buffer => {
  const size = Buffer.alloc(4);
  size.writeUInt32BE(text.length);
  return Buffer.concat([size, Buffer.from(type + text, "latin1"), Buffer.alloc(4)]);
};
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const png = Buffer.concat([
  PNG,
  chunk("IHDR", "size"),
  chunk("tEXt", SECRET),
  chunk("eXIf", SECRET),
  chunk("IDAT", "picture"),
  chunk("IEND", ""),
]);

const part = (type: string, text: string): Buffer => {
  const size = Buffer.alloc(4);
  size.writeUInt32LE(text.length);
  return Buffer.concat([Buffer.from(type, "latin1"), size, Buffer.from(text + "\0".repeat(text.length % 2), "latin1")]);
};
const riff = (...parts: Buffer[]): Buffer => {
  const body = Buffer.concat([Buffer.from("WEBP"), ...parts]);
  const size = Buffer.alloc(4);
  size.writeUInt32LE(body.length);
  return Buffer.concat([Buffer.from("RIFF"), size, body]);
};
const webp = riff(part("VP8X", "\x1c\0\0\0\0\0\0\0\0\0"), part("VP8 ", "picture"), part("EXIF", SECRET));

describe("a photograph", () => {
  test.each([
    ["image/jpeg", jpeg, Buffer.concat([start, jfif, scan])],
    ["image/png", png, Buffer.concat([PNG, chunk("IHDR", "size"), chunk("IDAT", "picture"), chunk("IEND", "")])],
    ["image/webp", webp, riff(part("VP8X", "\x10\0\0\0\0\0\0\0\0\0"), part("VP8 ", "picture"))],
  ])("as %s loses what the camera wrote and nothing else", (type, bytes, clean) => {
    expect(photoTypeOf(bytes)).toBe(type);
    expect(bytes.includes(SECRET)).toBe(true);
    expect(withoutMetadata(bytes)).toEqual(clean);
  });

  it("keeps the whole of a picture in several scans, with its colours", () => {
    const whole = Buffer.concat([start, segment(0xe2, "ICC_PROFILE\0\x01\x01colours"), openScan, scan]);
    expect(withoutMetadata(whole)).toEqual(whole);
  });

  test.each([
    ["what comes after its end is not kept", Buffer.concat([png, Buffer.from(SECRET)]), true],
    ["a second picture behind the first is not kept", Buffer.concat([jpeg, jpeg]), true],
    ["nor what says where it stands", Buffer.concat([start, segment(0xe2, `MPF ${SECRET}`), scan]), true],
    ["nor what stands between two scans", Buffer.concat([start, openScan, segment(0xe1, SECRET), scan]), true],
    ["a JPEG without a picture is none", Buffer.concat([start, jfif, Buffer.from([0xff, 0xd9])]), false],
    ["a page is no picture", Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>"), false],
    ["half a JPEG is none", jpeg.subarray(0, 20), false],
    ["half a PNG is none", png.subarray(0, 30), false],
    ["half a WebP is none", webp.subarray(0, 30), false],
    ["nothing is none", Buffer.alloc(0), false],
  ])("%s", (_, bytes, isPicture) => {
    const clean = withoutMetadata(bytes);
    expect(clean !== undefined).toBe(isPicture);
    expect(clean?.includes(SECRET) ?? false).toBe(false);
  });
});

test("the head of a picture states how many pixels it has, in each of its forms", () => {
  const ihdr = Buffer.alloc(8);
  ihdr.writeUInt32BE(640, 0);
  ihdr.writeUInt32BE(480, 4);
  expect(pixelsOf(Buffer.concat([PNG, chunk("IHDR", ihdr.toString("latin1"))]))).toBe(640 * 480);
  const frame = segment(0xc2, "\x08\x01\xe0\x02\x80\x03");
  expect(pixelsOf(Buffer.concat([start, jfif, frame, scan]))).toBe(640 * 480);
  expect(pixelsOf(riff(part("VP8X", "\x00\0\0\0\x7f\x02\0\xdf\x01\0")))).toBe(640 * 480);
  expect(pixelsOf(riff(part("VP8 ", "\0\0\0\x9d\x01\x2a\x80\x02\xe0\x01")))).toBe(640 * 480);
  const lossless = Buffer.alloc(4);
  lossless.writeUInt32LE(639 | (479 << 14));
  expect(pixelsOf(riff(part("VP8L", `\x2f${lossless.toString("latin1")}\0`)))).toBe(640 * 480);
  expect(pixelsOf(Buffer.concat([start, jfif]))).toBeUndefined();
  expect(pixelsOf(jpeg.subarray(0, 4))).toBeUndefined();
});
