import iconv from "iconv-lite";
import { describe, expect, it } from "vitest";
import { decodeText } from "../../../../shared/news/feeds/decodeText.ts";
import { detectLanguage } from "../../../../shared/news/feeds/detectLanguage.ts";
import { htmlToText, toHeadline } from "../../../../shared/news/feeds/htmlToText.ts";
import { repairMojibake } from "../../../../shared/news/feeds/repairMojibake.ts";

const bytes = (text: string, encoding: string) => new Uint8Array(iconv.encode(text, encoding));
const utf16 = (text: string, mark: boolean) => new Uint8Array(iconv.encode(text, "utf-16le", { addBOM: mark }));

describe("decodeText", () => {
  it.each([
    [
      "a byte order mark before all else",
      new Uint8Array([0xef, 0xbb, 0xbf, ...bytes("é", "utf-8")]),
      "text/xml; charset=iso-8859-1",
      "é",
      "utf-8",
    ],
    ["the mark against a label of another script", bytes("\ufeffé", "utf-8"), "text/xml; charset=big5", "é", "utf-8"],
    ["UTF-16 by its mark", utf16("<a>é</a>", true), null, "<a>é</a>", "utf-16le"],
    ["UTF-16 by its look", utf16("<a>é</a>", false), null, "<a>é</a>", "utf-16le"],
    ["UTF-16, its high byte first, by its mark", bytes("\ufeff<a>é</a>", "utf-16be"), null, "<a>é</a>", "utf-16be"],
    ["UTF-16, its high byte first, by its look", bytes("<a>é</a>", "utf-16be"), null, "<a>é</a>", "utf-16be"],
    // Its letters are the bytes of the marks, short of the last one.
    ...["п»ж", "п»", "пж»", "яж", "юж"].map((text): [string, Uint8Array, string, string, string] => [
      `what only begins like a mark: ${text}`,
      bytes(text, "windows-1251"),
      "text/xml; charset=windows-1251",
      text,
      "windows-1251",
    ]),
    [
      "the header before the declaration",
      bytes('<?xml version="1.0" encoding="utf-8"?><a>新台幣</a>', "big5"),
      "text/xml; charset=big5",
      '<?xml version="1.0" encoding="utf-8"?><a>新台幣</a>',
      "big5",
    ],
    [
      "the declaration of XML",
      bytes('<?xml version="1.0" encoding="euc-kr"?><a>원화</a>', "euc-kr"),
      "text/xml",
      '<?xml version="1.0" encoding="euc-kr"?><a>원화</a>',
      "euc-kr",
    ],
    [
      "the declaration of HTML",
      bytes('<html><meta charset="shift_jis"><p>円高</p>', "shift_jis"),
      "text/html",
      '<html><meta charset="shift_jis"><p>円高</p>',
      "shift_jis",
    ],
    ["GB2312 as its superset", bytes("人民币升值", "gb18030"), "text/xml; charset='gb2312'", "人民币升值", "gb18030"],
    ["ISO 8859-1 as windows-1252", bytes("“test” £", "windows-1252"), "text/xml; charset=iso-8859-1", "“test” £", "windows-1252"],
    ["a Latin label on UTF-8", bytes("l’euro à 1,10 €", "utf-8"), "text/html; charset=ISO-8859-1", "l’euro à 1,10 €", "utf-8"],
    [
      "a UTF-8 label on windows-1252",
      bytes("l’euro à parité, très près", "windows-1252"),
      "text/html; charset=utf-8",
      "l’euro à parité, très près",
      "windows-1252",
    ],
    ["a UTF-16 label on what is not wide", bytes("<a>é</a>", "windows-1252"), "text/xml; charset=utf-16", "<a>é</a>", "windows-1252"],
    [
      "a UTF-8 label without its hyphen on windows-1252",
      bytes("é à è", "windows-1252"),
      "text/html; charset=utf8",
      "é à è",
      "windows-1252",
    ],
    [
      "a declaration behind white space",
      bytes(' <?xml version="1.0" encoding="euc-kr"?><a>원화</a>', "euc-kr"),
      null,
      ' <?xml version="1.0" encoding="euc-kr"?><a>원화</a>',
      "euc-kr",
    ],
    ["no label at all", bytes("Últimas Notícias", "windows-1252"), null, "Últimas Notícias", "windows-1252"],
    ["a label nobody knows", bytes("café", "utf-8"), "text/xml; charset=bogus", "café", "utf-8"],
    ["a broken header", bytes("café", "utf-8"), "text/xml; charset:iso-8859-1", "café", "utf-8"],
  ])("%s", (_name, raw, content_type, text, encoding) => {
    expect(decodeText(raw, content_type)).toEqual({ text, encoding });
  });

  it("keeps a damaged letter among right ones as damage", () => {
    const raw = new Uint8Array([...bytes("Ñ é ü", "utf-8"), 0xf1]);
    expect(decodeText(raw, "text/xml; charset=utf-8").text).toBe("Ñ é ü\ufffd");
  });
});

describe("repairMojibake", () => {
  it.each([
    ["Koreaâ€™s wobbles", "Korea’s wobbles"],
    ["SÃ£o Paulo", "São Paulo"],
    ["don\u0092t", "don’t"],
    ["São Paulo, Zürich, Åland", "São Paulo, Zürich, Åland"],
    ["Côte d’Ivoire", "Côte d’Ivoire"],
    ["日本銀行", "日本銀行"],
  ])("%s", (text, repaired) => {
    expect(repairMojibake(text)).toBe(repaired);
  });
});

describe("htmlToText", () => {
  it.each([
    ["Fed &amp; ECB: 5 < 6", "Fed & ECB: 5 < 6"],
    ["<p>One</p><p>Two<br/>three</p>", "One\nTwo\nthree"],
    ["<ul><li>a</li><li>b</li></ul>", "a\nb"],
    ["<script>alert('x')</script><style>p{}</style>text<img src=x onerror=alert(1)>", "text"],
    ["don&#146;t", "don’t"],
    ["a\u00a0b\u200bc  d", "a bc d"],
    ["", ""],
    ["AT&T rises; P&L falls", "AT&T rises; P&L falls"],
  ])("%j", (html, text) => {
    expect(htmlToText(html)).toBe(text);
  });

  it("reads markup that is nested deeper than any stack, or never closed", () => {
    expect(htmlToText(`${"<div>".repeat(50_000)}deep`)).toBe("deep");
    expect(htmlToText(`<p>a${"<b".repeat(1_000)}`).startsWith("a")).toBe(true);
  });

  it("makes one line of a headline", () => {
    expect(toHeadline("<b>MAS</b>\n holds&#8217; <i>course</i>")).toBe("MAS holds’ course");
  });
});

describe("detectLanguage", () => {
  it.each([
    ["The Fed kept its rate on hold", null, "en"],
    ["Wall Street drifts lower in mixed trading", null, "en"],
    ["Wall Street ouvre en hausse, les bénéfices des entreprises accélèrent", null, "fr"],
    ["Wall Street łapie oddech po tąpnięciu", null, "pl"],
    ["投資人關注美中貿易戰市場預期Fed降息", null, "zh"],
    ["円高が進む", "en", "ja"],
    ["원화 강세", null, "ko"],
    ["Stock Market Today: भारतीय शेयर बाजार में तेजी", null, "hi"],
    // What the source says holds unless the text clearly speaks against it.
    ["Ringgit firms", "en-US", "en"],
    ["MAS", "en", "en"],
    ["Die Notenbank lässt den Leitzins unverändert und warnt vor Risiken", "en", "de"],
    ["12345", "zh_Hant", "zh"],
    [
      "Die Notenbank lässt den Leitzins unverändert und warnt vor Risiken für die deutsche Wirtschaft, sagte der Präsident der Bundesbank at Frankfurt",
      null,
      "de",
    ],
    ["", null, null],
  ])("%s, said to be %s: %s", (text, hint, language) => {
    expect(detectLanguage(text, hint)).toBe(language);
  });
});
