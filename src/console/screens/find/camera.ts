/** Why there is no camera; the dialog says it in a sentence and offers the other ways. */
export type NoCamera = "insecure" | "none" | "denied";

export async function startCamera(video: HTMLVideoElement): Promise<NoCamera | { readonly stop: () => void }> {
  if (!isSecureContext || navigator.mediaDevices === undefined) return "insecure";
  let stream: MediaStream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({
      video: { facingMode: "environment", width: { ideal: 1280 } },
      audio: false,
    });
  } catch (error) {
    return error instanceof DOMException && error.name === "NotAllowedError" ? "denied" : "none";
  }
  video.srcObject = stream;
  await video.play().catch(() => undefined);
  return {
    stop() {
      for (const track of stream.getTracks()) track.stop();
      video.srcObject = null;
    },
  };
}

/** The browser's own reader of QR codes; TypeScript's library does not know it yet. */
interface Detector {
  detect(image: ImageBitmapSource): Promise<readonly { readonly rawValue: string }[]>;
}
type DetectorClass = { new (options: { formats: string[] }): Detector; getSupportedFormats(): Promise<string[]> };

/** Reads a QR from a picture or a frame of the camera; undefined when there is none in it. */
export type ReadQr = (picture: HTMLVideoElement | ImageBitmap) => Promise<string | undefined>;

/** The browser's reader where there is one, else ours, which only then is loaded. */
export async function qrReader(): Promise<ReadQr> {
  const own = (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector;
  const formats = own && (await own.getSupportedFormats().catch((): string[] => []));
  if (own && formats?.includes("qr_code")) {
    const detector = new own({ formats: ["qr_code"] });
    return async (picture) => (await detector.detect(picture).catch(() => []))[0]?.rawValue;
  }
  const { decodeQR } = await import("qr/decode.js");
  const canvas = document.createElement("canvas");
  return async (picture) => {
    const width = picture instanceof HTMLVideoElement ? picture.videoWidth : picture.width;
    const height = picture instanceof HTMLVideoElement ? picture.videoHeight : picture.height;
    if (width === 0 || height === 0) return undefined;
    const scale = Math.min(1, LARGEST_SIDE / Math.max(width, height));
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    const pen = canvas.getContext("2d", { willReadFrequently: true })!;
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    try {
      return decodeQR(pen.getImageData(0, 0, canvas.width, canvas.height));
    } catch {
      return undefined;
    }
  };
}

/** Pixels; a slip photographed by a telephone reads no better beyond it. */
const LARGEST_SIDE = 1600;
