// A chime and a voice. Browsers let a page sound only after somebody touched it: once, at the start of the day.

/** Two soft tones, high enough for a full hall: hertz, and seconds from the beginning. */
const TONES = [
  { hertz: 784, at: 0 },
  { hertz: 587, at: 0.35 },
];
const TONE_SECONDS = 0.9;
const LOUDNESS = 0.35;
/** Between the chime and the voice. */
const VOICE_AFTER_MS = 1_300;
/** A voice that never says that it ended does not silence the hall. */
const MOST_SPEECH_MS = 15_000;

let sound: AudioContext | undefined;
let before: Promise<void> = Promise.resolve();

/** Call it from a touch. */
export function unlock(): void {
  sound ??= new AudioContext();
  void sound.resume();
}

export function isSilent(): boolean {
  return sound?.state !== "running";
}

/** Says one call in each language, after what is being said already. Without a voice only the chime is heard. */
export function announce(sentences: readonly { readonly lang: string; readonly text: string }[]): void {
  before = before.then(async () => {
    chime();
    await pause(VOICE_AFTER_MS);
    for (const { lang, text } of sentences) await say(lang, text);
  });
}

function chime(): void {
  if (sound?.state !== "running") return;
  for (const { hertz, at } of TONES) {
    const [tone, volume] = [sound.createOscillator(), sound.createGain()];
    const starts = sound.currentTime + at;
    tone.frequency.value = hertz;
    volume.gain.setValueAtTime(LOUDNESS, starts);
    volume.gain.exponentialRampToValueAtTime(0.001, starts + TONE_SECONDS);
    tone.connect(volume).connect(sound.destination);
    tone.start(starts);
    tone.stop(starts + TONE_SECONDS);
  }
}

/** Only with a voice of that language: an English voice that reads Spanish helps nobody. */
async function say(lang: string, text: string): Promise<void> {
  if (isSilent() || !("speechSynthesis" in window)) return;
  const voices = speechSynthesis.getVoices();
  const voice = voices.find((one) => one.lang === lang) ?? voices.find((one) => one.lang.startsWith(lang.slice(0, 2)));
  if (!voice) return;
  const words = new SpeechSynthesisUtterance(text);
  words.voice = voice;
  words.lang = voice.lang;
  const ended = new Promise<void>((resolve) => (words.onend = words.onerror = () => resolve()));
  speechSynthesis.speak(words);
  await Promise.race([ended, pause(MOST_SPEECH_MS)]);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
