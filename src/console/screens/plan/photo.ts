/** It is no picture, or none that this browser reads. */
export class UnreadablePhoto extends Error {
  constructor() {
    super("unreadable_photo");
  }
}

/** Longest side in pixels: enough to know a door again on a telephone. */
const LONGEST_SIDE = 1280;
/** The server takes 300,000 bytes; tried from the better picture to the smaller. */
const MOST_BYTES = 300_000;
const QUALITIES = [0.82, 0.7, 0.55, 0.4] as const;

/** The picture made small, as JPEG in base64: drawn anew, so that nothing of what the camera wrote into it is left. */
export async function smallPhoto(file: File): Promise<string> {
  const picture = await createImageBitmap(file).catch(() => {
    throw new UnreadablePhoto();
  });
  const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d")!.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  for (const quality of QUALITIES) {
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/jpeg", quality));
    if (blob && blob.size <= MOST_BYTES) return base64Of(blob);
  }
  throw new UnreadablePhoto();
}

async function base64Of(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  const CHUNK = 8192;
  let text = "";
  for (let i = 0; i < bytes.length; i += CHUNK) text += String.fromCharCode(...bytes.subarray(i, i + CHUNK));
  return btoa(text);
}
