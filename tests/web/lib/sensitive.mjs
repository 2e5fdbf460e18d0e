import { assert, finish, open, unfold } from "./browser.mjs";

for (const lang of ["en", "zh"]) {
  const page = await open("report.html", { lang });
  await unfold(page);
  const reveal = page.locator(".reveal");
  const count = await reveal.count();
  if (!process.env.ASSAY_REPORT_HTML) assert.ok(count >= 2, "the sample has sensitive examples");
  if (count === 0) continue;
  const first = page.locator(".example", { has: page.locator(".reveal") }).first();
  const id = await first.getAttribute("id");
  const example = page.locator(`[id="${id}"]`);
  assert.equal(await example.locator(".transcript, .outcome").count(), 0, "folded content is not in the page");
  await page.emulateMedia({ media: "print" });
  assert.equal(await example.locator(".transcript").count(), 0);
  await page.emulateMedia({ media: "screen" });
  if (!process.env.ASSAY_REPORT_HTML) assert.ok(!(await page.locator("main").innerText()).includes("SENSITIVE-ANSWER"));
  await example.locator(".reveal").focus();
  await page.keyboard.press("Enter");
  assert.equal(await example.locator(".transcript").count(), 1);
  assert.ok(await example.locator(".transcript").isVisible());
  await example.locator(".quiet").first().click();
  assert.equal(await example.locator(".transcript").count(), 0, "hidden again");
}
await finish();
