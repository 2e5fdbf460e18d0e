import { existsSync } from "node:fs";
import path from "node:path";
import { assert, finish, folder, open } from "./browser.mjs";

const page = await open("report.html", { lang: "en" });

// Keyboard: the first stop is the skip link, and it leads into the report.
await page.keyboard.press("Tab");
assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
await page.keyboard.press("Enter");
await page.waitForFunction(() => document.activeElement.id === "main");

// The coverage map has a cell for each topic, and each leads to its chapter.
const targets = await page.locator(".cell").evaluateAll((all) => all.map((a) => a.getAttribute("href").slice(1)));
assert.ok(targets.length > 0);
for (const id of targets) assert.equal(await page.locator(`[id="${id}"]`).count(), 1, id);
await page.locator(".cell").last().click();
await page.waitForFunction((id) => document.activeElement.id === id, targets[targets.length - 1]);

// Every link within the page has one target, and no id is there twice.
const broken = await page.evaluate(() => {
  const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
  const twice = ids.filter((id, i) => ids.indexOf(id) !== i);
  const lost = [...document.querySelectorAll('a[href^="#"]')].map((a) => a.getAttribute("href").slice(1)).filter((id) => !ids.includes(id));
  return { twice, lost };
});
assert.deepEqual(broken, { twice: [], lost: [] });

// The method of a figure: on focus, closed by Escape.
const strip = page.locator('.figure-strip [role="img"]').first();
await strip.focus();
assert.ok(await page.getByRole("tooltip").isVisible());
await page.keyboard.press("Escape");
assert.equal(await page.getByRole("tooltip").count(), 0);

// The filter, also when a link leads to a chapter that it hides.
const chapters = page.locator("article.chapter");
const all = await chapters.count();
await page.getByRole("checkbox", { name: "Not measured" }).check();
const some = await chapters.count();
assert.ok(some < all);
assert.match(await page.locator(".filter-note").innerText(), new RegExp(`${some} of ${all}`));
const hidden = page.locator(".cell.status-measured").first();
if (await hidden.count() > 0) {
  await hidden.click();
  await page.waitForFunction((n) => document.querySelectorAll("article.chapter").length === n, all);
}
await page.getByRole("searchbox").fill("no chapter has these words");
assert.equal(await chapters.count(), 0);
await page.locator(".filter-note button").click();
assert.equal(await chapters.count(), all);

// A link into a folded part opens it.
if (!process.env.ASSAY_REPORT_HTML) {
  const folded = await open("report.html", { lang: "en", hash: "#example-arithmetic-en-arithmetic-en-0099" });
  await folded.waitForFunction(() => document.activeElement.id === "example-arithmetic-en-arithmetic-en-0099");
  assert.ok(await folded.locator('[id="example-arithmetic-en-arithmetic-en-0099"]').isVisible());
}
if (existsSync(path.join(folder, "unfinished.html"))) {
  const unfinished = await open("unfinished.html", { lang: "en" });
  assert.match(await unfinished.locator(".unfinished").innerText(), /not finished/);
  assert.equal(await page.locator(".unfinished").count(), 0);
}
await finish();
