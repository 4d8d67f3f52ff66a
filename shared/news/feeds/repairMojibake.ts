import iconv from "iconv-lite";

/** A lead byte of UTF-8 and its continuation bytes, as they look when each byte was taken for a character of windows-1252. */
const MISREAD =
  /[\u00c2-\u00f4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013\u2014\u2018-\u201a\u201c-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122]{1,3}/g;
/** C1 controls are no text: windows-1252 bytes that were taken for code points. */
const CONTROL = /[\u0080-\u009f]/g;

/**
 * UTF-8 that was decoded as windows-1252 and encoded again ("Koreaâ€™s"), and windows-1252 bytes that became C1 controls. Only what
 * decodes strictly as UTF-8 is replaced, so that text which is right as it stands stays as it is.
 */
export function repairMojibake(text: string): string {
  if (!/[\u0080-\u009f\u00c2-\u00f4]/.test(text)) return text;
  return text
    .replace(MISREAD, decodeMisread)
    .replace(CONTROL, (control) => iconv.decode(Uint8Array.of(control.charCodeAt(0)), "windows-1252"));
}

function decodeMisread(run: string): string {
  const bytes = Uint8Array.from(run, (character) => byteOf(character));
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return run;
    throw error;
  }
}

/** windows-1252 leaves five bytes without a character: those stay C1 controls in what reads it. */
function byteOf(character: string): number {
  const code = character.charCodeAt(0);
  return code <= 0xff ? code : iconv.encode(character, "windows-1252")[0]!;
}
