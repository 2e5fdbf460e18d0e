import { assert, axeSource, finish, open, revealAll, unfold } from "./browser.mjs";

const axe = axeSource();
async function violations(page) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  }));
  return found.violations.map((v) => `${v.impact} ${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join(" | ")}`);
}

/** Opens all that is folded, also what is sensitive. */
async function whole(page) {
  await unfold(page);
  await revealAll(page);
  return page;
}

// Each language and each appearance, as opened and whole.
assert.deepEqual(await violations(await open("report.html", { lang: "en" })), [], "English, light");
assert.deepEqual(await violations(await open("report.html", { lang: "zh", colorScheme: "dark" })), [], "Chinese, dark");
assert.deepEqual(await violations(await whole(await open("report.html", { lang: "en", colorScheme: "dark" }))), [], "English, dark, whole");
assert.deepEqual(await violations(await whole(await open("report.html", { lang: "zh" }))), [], "Chinese, light, whole");
const narrow = await open("report.html", { lang: "en", viewport: { width: 360, height: 780 } });
await narrow.locator(".menu-button").click();
assert.deepEqual(await violations(narrow), [], "narrow, with its menu");
assert.deepEqual(await violations(await open("empty.html", { lang: "en" })), [], "without a report");

// Headings go down one level at a time, and each drawing says in words what it shows.
const page = await open("report.html", { lang: "en" });
const levels = await page.locator("h1, h2, h3, h4, h5, h6").evaluateAll((all) => all.map((h) => Number(h.tagName[1])));
levels.forEach((level, i) => assert.ok(i === 0 ? level === 1 : level <= levels[i - 1] + 1, `heading ${i}: h${levels[i - 1]} to h${level}`));
const drawn = await page.locator('.figure-strip [role="img"]').evaluateAll((all) => all.map((e) => e.getAttribute("aria-label")));
assert.ok(drawn.length > 0);
for (const text of drawn) assert.match(text, /interval|at most|at least|no figure/, "a figure without its interval");
await finish();
