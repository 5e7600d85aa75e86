export {
  cosignatureLine,
  cosignedAt,
  cosignedText,
  isNoteSignedBy,
  joinNote,
  parseNote,
  signatureLine,
} from "#kernel/notes.ts";
