import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { assert, finish, folder, open, unfold } from "./browser.mjs";

const marker = /(<script type="application\/json" id="assay-report">)([\s\S]*?)(<\/script>)/;
const html = await readFile(path.join(folder, "report.html"), "utf8");
const report = JSON.parse(marker.exec(html)[2]);

for (const lang of ["en", "zh"]) {
  const page = await open("report.html", { lang });
  const whole = report.safety_case;
  // Folded at first, so that the section stays short.
  assert.equal(await page.locator(".goals").first().isVisible(), false);
  assert.equal(await page.locator(".clauses").first().isVisible(), false);
  await unfold(page);
  // A goal for each topic, in the list and in the drawing; the weakest solution of each is marked.
  const goals = whole.nodes.filter((node) => node.kind === "goal" && node.topic !== "");
  assert.equal(await page.locator(".goals > li").count(), goals.length);
  assert.equal(await page.locator(".case-tree .case-box").count(), 1 + whole.areas.length + goals.length);
  const marked = goals.filter((goal) => goal.supported_by.includes(goal.weakest)).length;
  assert.equal(await page.locator(".solutions .tag").count(), marked);
  for (const state of ["supported", "open", "undeveloped", "rebutted"]) {
    assert.equal(await page.locator(`.goal-text .support-${state}`).count(), goals.filter((goal) => goal.state === state).length, state);
  }
  // A row for each clause, with its state in words.
  const clauses = report.crosswalk.standards.flatMap((standard) => standard.clauses);
  assert.equal(await page.locator(".clauses tbody tr").count(), clauses.length);
  const shown = await page.locator(".clauses tbody tr td:nth-of-type(2)").allTextContents();
  const words = lang === "en"
    ? { measured: "Measured", partly: "Partly measured", not_assessable: "Cannot be assessed", not_measured: "Not measured" }
    : { measured: "已测量", partly: "部分测量", not_assessable: "无法评定", not_measured: "未测量" };
  assert.deepEqual(shown, clauses.map((clause) => words[clause.status]));
  // Links lead somewhere.
  const lost = await page.evaluate(() => [...document.querySelectorAll('.safety-case a[href^="#"], .crosswalk a[href^="#"]')]
    .map((a) => a.getAttribute("href").slice(1)).filter((id) => !document.getElementById(id)));
  assert.deepEqual(lost, []);
  await page.close();
}

// A report of an older version has neither section, and is whole.
const { safety_case: _case, crosswalk: _crosswalk, ...older } = report;
const text = JSON.stringify(older).replaceAll("<", "\\u003c");
await writeFile(path.join(folder, "older.html"), html.replace(marker, (_all, begin, _json, end) => begin + text + end));
const page = await open("older.html", { lang: "en" });
assert.equal(await page.locator("#safety-case, #crosswalk").count(), 0);
assert.equal(await page.locator('#contents a[href="#crosswalk"]').count(), 0);
assert.equal(await page.locator("#appendix").count(), 1);
await finish();
