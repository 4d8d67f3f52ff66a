import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import iconv from "iconv-lite";
import { afterAll, describe, expect, it } from "vitest";
import { importNewsCommand } from "../../../functions/local/commands/importNews.ts";
import { parseCommandLine } from "../../../functions/local/commands/parseCommandLine.ts";
import { findNewsFiles } from "../../../functions/local/import/findNewsFiles.ts";
import { importNews, storedNoArticle } from "../../../functions/local/import/importNews.ts";
import { renderNewsImport } from "../../../functions/local/text/showNewsImport.ts";
import { articleIdOf } from "../../../shared/news/feeds/articleIdentity.ts";
import { createTestApp } from "../../support/api/testApp.ts";
import { createTestPorts } from "../../support/ports/testPorts.ts";

const NOW = Date.UTC(2026, 0, 5, 12);
const folder = mkdtempSync(join(tmpdir(), "fx-news-"));
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, content: string | Uint8Array): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

/** The files through the reader and the Worker's route. */
async function bring(paths: readonly string[], source: string | null = null) {
  const app = createTestApp(await createTestPorts({ now: NOW }));
  const sizes: number[] = [];
  const result = await importNews({
    files: await findNewsFiles(paths),
    source,
    onFile: () => undefined,
    async post(chunk) {
      sizes.push(chunk.lines);
      const { status, body } = await app.call("POST", "/api/import/news", chunk.ndjson);
      if (status !== 200) throw new Error(JSON.stringify(body));
      return body;
    },
  });
  return { ...result, sizes, articles: result.answers.flatMap(({ articles }) => articles) };
}

const RSS = (items: string, head = '<?xml version="1.0" encoding="UTF-8"?>') =>
  `${head}<rss version="2.0"><channel><title>Desk</title><link>https://desk.example/</link><description>d</description>${items}</channel></rss>`;
const ITEM = (title: string, guid: string, link = "") =>
  `<item><title>${title}</title><guid isPermaLink="false">${guid}</guid>${link === "" ? "" : `<link>${link}</link>`}<pubDate>Fri, 02 Jan 2026 09:00:00 GMT</pubDate></item>`;
const ATOM = `<feed xmlns="http://www.w3.org/2005/Atom"><title>Bank</title><id>urn:bank</id><updated>2026-01-02T09:00:00Z</updated>
  <entry><title>Krone review</title><id>urn:bank:7</id><link rel="alternate" type="text/html" href="/review/7.html"/><updated>2026-01-02T09:00:00Z</updated></entry></feed>`;
const RDF = `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
  <channel rdf:about="https://r.example/"><title>R</title><link>https://r.example/</link><description>d</description></channel>
  <item rdf:about="https://r.example/1"><title>Franc firms</title><link>https://r.example/1</link><dc:date>2026-01-02T09:00:00Z</dc:date></item></rdf:RDF>`;
const JSON_FEED = JSON.stringify({
  version: "https://jsonfeed.org/version/1.1",
  title: "J",
  items: [
    { id: "j-1", url: "https://j.example/1", title: "Loonie slips", content_text: "Oil fell.", date_published: "2026-01-02T09:00:00Z" },
  ],
});

describe("fx import news, of feeds that were saved as files", () => {
  it.each([
    ["rss", "desk_wrap.rss", RSS(ITEM("Kiwi gains", "k-1")), "RSS, 1 item, as of the source desk_wrap"],
    ["atom", "Bank-Notes.atom", ATOM, "Atom, 1 item, as of the source bank_notes"],
    ["rdf", "r1.rdf", RDF, "RDF, 1 item, as of the source r1"],
    ["json", "j1.json", JSON_FEED, "JSON Feed, 1 item, as of the source j1"],
    ["a name that is a date", "2026-01-02.xml", RSS(ITEM("Kiwi gains", "k-1")), "RSS, 1 item, as of the source feed_2026_01_02"],
    ["gzip", "packed.xml.gz", gzipSync(RSS(ITEM("Kiwi gains", "k-1"))), "RSS, 1 item, as of the source packed"],
    [
      "UTF-16",
      "wide.xml",
      iconv.encode(RSS(ITEM("Kiwi gains", "k-1"), ""), "utf-16le", { addBOM: true }),
      "RSS, 1 item, as of the source wide",
    ],
    [
      "a feed under the name of NDJSON",
      "mislabelled.ndjson",
      `\ufeff\n${RSS(ITEM("Kiwi gains", "k-1"))}`,
      "RSS, 1 item, as of the source mislabelled",
    ],
  ])("reads %s, and says how it understood it", async (_name, name, content, note) => {
    const { notes, errors, articles } = await bring([write(name, content)]);
    expect([notes.map(({ text }) => text), errors]).toEqual([[note], []]);
    expect(articles).toMatchObject([{ source: note.split(" ").at(-1), published_at: "2026-01-02T09:00:00Z", published_problem: null }]);
  });

  it("reads text in the encoding that the file declares of itself", async () => {
    const head = '<?xml version="1.0" encoding="ISO-8859-2"?>';
    const { articles } = await bring([write("cz.xml", iconv.encode(RSS(ITEM("Česká koruna posílila", "c-1"), head), "iso-8859-2"))]);
    expect(articles[0]?.title).toBe("Česká koruna posílila");
  });

  it("knows an item by its guid within the source, as the live feed of that id does, and keeps a link that is relative", async () => {
    const [first, again] = [
      write("monday.xml", RSS(ITEM("Kiwi gains", "k-1"))),
      write("tuesday.xml", RSS(ITEM("Kiwi gains", "k-1") + ITEM("Kiwi falls", "k-2"))),
    ];
    const apart = await bring([first, again]);
    expect(apart.articles.map(({ source }) => source)).toEqual(["monday", "tuesday", "tuesday"]);
    const together = await bring([first, again], "desk");
    expect(together.answers.map(({ inserted, unchanged }) => [inserted, unchanged])).toEqual([
      [1, 0],
      [1, 1],
    ]);
    expect(together.articles.map(({ article_id }) => article_id)).toEqual(
      ["k-1", "k-1", "k-2"].map((guid) => articleIdOf({ guid, link: null }, "desk")),
    );
    const { articles, answers } = await bring([write("bank.xml", ATOM)], "bank");
    expect(answers).toMatchObject([{ inserted: 1, rejected: {} }]);
    expect(articles[0]?.article_id).toBe(articleIdOf({ guid: "urn:bank:7", link: null }, "bank"));
  });

  it("takes the language that the feed states, else that of a live feed that states none", async () => {
    const dutch = RSS(`<language>nl</language>${ITEM("Pond", "p-1")}`);
    const { articles } = await bring([write("short.xml", RSS(ITEM("BoC minutes: loonie dips", "s-1"))), write("nl.xml", dutch)]);
    expect(articles.map(({ language }) => language)).toEqual(["en", "nl"]);
  });

  it("gives a source to records that name none, and to no other", async () => {
    const records = [{ title: "A", guid: "1" }, { title: "B", guid: "2", source: "Other Wire" }, "no record"];
    const path = write("records.ndjson", records.map((record) => JSON.stringify(record)).join("\n"));
    const { articles, answers } = await bring([path], "desk");
    expect(articles.map(({ source }) => source)).toEqual(["desk", "other_wire"]);
    expect(answers[0]?.rejected).toEqual({ wrong_shape: 1 });
    expect((await bring([path])).articles[0]?.source).toBe("import");
  });

  it("names each file that is no feed, and goes on with the next", async () => {
    const whole = RSS(ITEM("Kiwi gains", "k-1"));
    const paths = [
      write("b_cut.xml", whole.slice(0, -20)),
      write("b_html.xml", "<!doctype html><html><body>404</body></html>"),
      write("b_candles.json", '{"candles": []}'),
      write("b_bomb.xml", `<!DOCTYPE rss [<!ENTITY a "b">]>${whole}`),
      write("b_damaged.xml.gz", gzipSync(whole).subarray(0, 60)),
      write("b_whole.xml", whole),
    ];
    const result = await bring(paths);
    expect(result.errors.map(({ message }) => message)).toEqual([
      expect.stringMatching(/b_cut\.xml: not a feed that can be read: Closing Tag is not closed/),
      expect.stringMatching(/b_html\.xml: .*it is an HTML page/),
      expect.stringMatching(
        /b_candles\.json: not a feed that can be read: .*\. Records with an article a line belong into a file named \.ndjson/,
      ),
      expect.stringMatching(/b_bomb\.xml: .*declares entities/),
      expect.stringMatching(/b_damaged\.xml\.gz: (the gzip data is cut off or damaged|unexpected end of file)/),
    ]);
    expect(result.articles.map(({ title }) => title)).toEqual(["Kiwi gains"]);
    const text = renderNewsImport(result);
    expect(text).toMatch(/b_whole\.xml: RSS, 1 item[\s\S]*1 record: 1 new article,[\s\S]*Not read to its end: .*b_cut\.xml/);
  });

  it("refuses what unpacks without end, a pipe and a link to nothing, before or while it is read", async () => {
    const bomb = await bring([write("z.xml.gz", gzipSync(Buffer.alloc(64 * 1024 * 1024, " ")))]);
    expect(bomb.errors[0]?.message).toMatch(/z\.xml\.gz: it (unpacks to more than|is longer than 32 MB)/);
    execFileSync("mkfifo", [join(folder, "pipe.rss")]);
    await expect(findNewsFiles([join(folder, "pipe.rss")])).rejects.toThrow(/pipe\.rss: not a news file but a named pipe/);
    rmSync(join(folder, "pipe.rss"));
    symlinkSync(join(folder, "gone"), join(folder, "dead.atom"));
    await expect(findNewsFiles([join(folder, "dead.atom")])).rejects.toThrow(/a link to a file that is not there/);
    rmSync(join(folder, "dead.atom"));
  });

  it("has stored nothing when a feed is empty, and something when all was there already", async () => {
    const empty = await bring([write("empty.xml", RSS(""))]);
    expect([storedNoArticle(empty), empty.sizes]).toEqual([true, []]);
    expect(renderNewsImport(empty)).toBe(
      `empty.xml: RSS, 0 items, as of the source empty\n0 records: 0 new articles, 0 known already.\n\nNo article was stored, and none of these was there already.`,
    );
    const twice = write("twice.xml", RSS(ITEM("Kiwi gains", "k-1")));
    expect(storedNoArticle({ answers: (await bring([twice, twice], "desk")).answers.slice(1) })).toBe(true);
  });
});

describe("news files", () => {
  it("are found in folders, unpacked and sent in parts", async () => {
    const inner = mkdtempSync(join(folder, "found-"));
    const line = (i: number) => JSON.stringify({ title: "Fed cuts rates", guid: String(i) });
    writeFileSync(join(inner, "a.ndjson"), `${line(1)}\n`.repeat(4_500));
    writeFileSync(join(inner, "b.jsonl.gz"), gzipSync(`\ufeff${line(2)}\r\n\n${line(3)}`));
    writeFileSync(join(inner, "c.txt"), "x");
    const { sizes, answers } = await bring([inner, join(inner, "a.ndjson")]);
    expect(sizes).toEqual([2_000, 2_000, 500, 2]);
    expect(answers.map(({ inserted }) => inserted)).toEqual([1, 0, 0, 2]);
    await expect(findNewsFiles([join(inner, "c.txt")])).rejects.toThrow(/not a news file \(expected \.ndjson or \.jsonl, or a feed/);
    await expect(findNewsFiles([join(inner, "gone")])).rejects.toThrow(/no such file/);
  });
});

describe("the command line of fx import news", () => {
  it("takes --source in the form of NEWS_FEEDS only, before anything is started", async () => {
    const { args } = parseCommandLine(["import", "news", "x.xml", "--source", "desk_1"], [importNewsCommand]) as {
      args: { values: Record<string, string> };
    };
    expect(args.values).toMatchObject({ source: "desk_1" });
    const run = importNewsCommand.run({} as never, { values: { source: "My Desk" }, positionals: ["x.xml"] });
    await expect(run).rejects.toThrow(/--source: "My Desk" is not 2 to 64 characters.*See: fx help import news/);
  });
});
