import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { assert, finish, folder, open, revealAll, takeFaults, unfold } from "./browser.mjs";

const empty = await readFile(path.join(folder, "empty.html"), "utf8");
assert.equal(empty.split("__ASSAY_REPORT_JSON__").length, 2, "the marker is there exactly once");
assert.match(empty, /<script type="application\/json" id="assay-report">__ASSAY_REPORT_JSON__<\/script>/);

const report = await open("report.html", { lang: "en" });
assert.equal(await report.locator("h1").count(), 1);
await unfold(report);
await revealAll(report);
assert.equal(await report.evaluate(() => window.__hostile), undefined, "a transcript ran");
assert.equal(await report.locator("main img, main script, main iframe, main .speech-text *").count(), 0);
assert.ok(await report.locator(".drawing svg").count() > 0);

const none = await open("empty.html", { lang: "en" });
assert.match(await none.locator("h1").innerText(), /No report/);
assert.match(await (await open("empty.html", { lang: "zh" })).locator("h1").innerText(), /没有报告/);

// A document of another schema, and one with parts missing: said, not a white page.
for (const [name, text] of [["other", '{"schema":"assay.report/9"}'], ["parts", '{"schema":"assay.report/1","run":{"seed":1}}'], ["broken", '{"schema":"assay.report/1","title":{},"run":{},"model":{},"machine":{},"versions":{},"summary":{},"ledger":{},"areas":[{}],"topics":[{}],"results":[{}],"methods":[]}'], ["cut", '{"schema":']]) {
  await writeFile(path.join(folder, `${name}.html`), empty.replace("__ASSAY_REPORT_JSON__", () => text));
}
for (const name of ["other", "cut", "parts"]) {
  const page = await open(`${name}.html`, { lang: "en" });
  assert.match(await page.locator("h1").innerText(), /can't be shown/, name);
}
assert.deepEqual(takeFaults(), []);
const broken = await open("broken.html", { lang: "en" });
assert.match(await broken.locator("h1").innerText(), /can't be shown/, "parts missing");
assert.ok(takeFaults().every((fault) => !fault.startsWith("request")));

// Nothing can leave the page, whatever runs in it.
const sent = await report.evaluate(() => fetch("https://example.invalid/").then(() => "sent", () => "refused"));
assert.equal(sent, "refused");
assert.ok(takeFaults().some((fault) => /Content Security Policy/.test(fault)));
await finish();
