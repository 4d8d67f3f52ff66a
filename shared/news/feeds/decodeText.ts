import iconv from "iconv-lite";

export interface DecodedText {
  readonly text: string;
  /** Encoding that was used, as its IANA or WHATWG name in lower case. */
  readonly encoding: string;
}

/** Bytes of the head in which a declaration is looked for: HTML's prescan reads 1,024 (WHATWG), feeds begin with comments at times. */
const HEAD_BYTES = 2_048;
/** Latin labels mean windows-1252 on the Web (WHATWG Encoding), us-ascii included. */
const LATIN = /^(us-?ascii|ascii|iso-?8859-?1|latin-?1|l1|cp819|windows-1252|cp1252|x-cp1252)$/;
/** Chinese text labelled with the older sets is written in their superset (WHATWG). */
const CHINESE = /^(gb2312|gbk|gb_2312-80|x-gbk|euc-cn|gb18030)$/;

/**
 * Text of an answer: byte order mark, else the charset of the Content-Type, else the one that the text declares about itself (XML
 * declaration, <meta>), else UTF-8. A label that is not known, or that the bytes contradict, gives way to UTF-8 where the bytes are UTF-8
 * and to windows-1252 where they are not. Never throws: what is wrong becomes U+FFFD.
 *
 * UTF-8 and UTF-16 are the runtime's own; the rest is iconv-lite's, since workerd's TextDecoder knows few others.
 */
export function decodeText(bytes: Uint8Array, content_type: string | null): DecodedText {
  const marked = markedEncoding(bytes);
  if (marked) return { text: decodeUnicode(bytes, marked), encoding: marked };
  const label = charsetOf(content_type) ?? declaredEncoding(bytes);
  const encoding = label === null ? "utf-8" : canonicalLabel(label);
  if (encoding === "utf-16le" || encoding === "utf-16be") return decodeWide(bytes, encoding);
  if (encoding === "utf-8" || encoding === "windows-1252" || !iconv.encodingExists(encoding)) return decodeByContent(bytes, encoding);
  return { text: iconv.decode(bytes, encoding), encoding };
}

function markedEncoding(bytes: Uint8Array): "utf-8" | "utf-16le" | "utf-16be" | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return "utf-8";
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  return bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : null;
}

function charsetOf(content_type: string | null): string | null {
  return /charset\s*=\s*["']?\s*([\w.:-]+)/i.exec(content_type ?? "")?.[1]?.toLowerCase() ?? null;
}

/** What the text says of itself. Its head is ASCII in every encoding that can declare itself this way. */
function declaredEncoding(bytes: Uint8Array): string | null {
  if (bytes[0] === 0x3c && bytes[1] === 0) return "utf-16le";
  if (bytes[0] === 0 && bytes[1] === 0x3c) return "utf-16be";
  const head = iconv.decode(bytes.subarray(0, HEAD_BYTES), "latin1");
  const declared =
    /<\?xml[^>]*?\bencoding\s*=\s*["']([\w.:-]+)["']/i.exec(head) ?? /<meta[^>]+?charset\s*=\s*["']?\s*([\w.:-]+)/i.exec(head);
  return declared?.[1]?.toLowerCase() ?? null;
}

function canonicalLabel(label: string): string {
  if (LATIN.test(label)) return "windows-1252";
  if (CHINESE.test(label)) return "gb18030";
  if (label === "utf8" || label === "unicode-1-1-utf-8") return "utf-8";
  return label === "utf-16" ? "utf-16le" : label;
}

/**
 * Bytes that are valid UTF-8 beyond ASCII are UTF-8 whatever a Latin label says: in any other encoding they would be gibberish. Bytes that
 * are said to be UTF-8 and are mostly not, are windows-1252; a stray one among letters that are right is damage, and becomes U+FFFD.
 */
function decodeByContent(bytes: Uint8Array, encoding: string): DecodedText {
  const text = new TextDecoder("utf-8").decode(bytes);
  const damaged = countOf(text, /\ufffd/g);
  const is_utf8 = damaged === 0 || (encoding === "utf-8" && damaged <= countOf(text, /[^\0-\x7f\ufffd]/g));
  if (is_utf8) return { text, encoding: "utf-8" };
  return { text: iconv.decode(bytes, "windows-1252"), encoding: "windows-1252" };
}

function countOf(text: string, what: RegExp): number {
  return text.match(what)?.length ?? 0;
}

/** A declaration of UTF-16 that could be read as ASCII is wrong about itself. */
function decodeWide(bytes: Uint8Array, encoding: "utf-16le" | "utf-16be"): DecodedText {
  const is_wide = bytes[0] === 0 || bytes[1] === 0;
  return is_wide ? { text: decodeUnicode(bytes, encoding), encoding } : decodeByContent(bytes, "windows-1252");
}

function decodeUnicode(bytes: Uint8Array, encoding: "utf-8" | "utf-16le" | "utf-16be"): string {
  return new TextDecoder(encoding).decode(bytes);
}
