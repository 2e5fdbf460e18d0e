import { assert, finish, open, revealAll, unfold } from "./browser.mjs";

/** Width that the page takes beyond the screen, and what reaches there. */
const beyond = (page) => page.evaluate(() => {
  const width = document.documentElement.clientWidth;
  const out = [...document.querySelectorAll("body *")].filter((e) =>
    e.getBoundingClientRect().right > width + 0.5 && !e.closest(".scroll, .skip, .unseen, svg"));
  return { over: document.documentElement.scrollWidth - width, what: out.slice(0, 5).map((e) => `${e.tagName}.${e.className}`) };
});

for (const lang of ["en", "zh"]) {
  for (const width of [360, 768, 1100]) {
    const page = await open("report.html", { lang, viewport: { width, height: 780 } });
    await unfold(page);
    await revealAll(page);
    assert.deepEqual(await beyond(page), { over: 0, what: [] }, `${lang} at ${width} px`);
    await page.close();
  }
  const narrow = await open("report.html", { lang, viewport: { width: 360, height: 780 } });
  const contents = narrow.locator("#contents");
  assert.equal(await contents.isVisible(), false);
  await narrow.locator(".menu-button").click();
  assert.equal(await contents.isVisible(), true);
  await contents.locator('a[href="#coverage"]').click();
  assert.equal(await contents.isVisible(), false, "the menu closes when a chapter is chosen");
  await narrow.waitForFunction(() => Math.abs(document.getElementById("coverage").getBoundingClientRect().top) < 200);
  await narrow.locator(".menu-button").click();
  await narrow.keyboard.press("Escape");
  assert.equal(await contents.isVisible(), false);
}

// A drawing and its axis are of one width, and a dot stands where its value says.
if (!process.env.ASSAY_REPORT_HTML) {
  const page = await open("report.html", { lang: "en" });
  const [x0, x1, dot] = await page.evaluate(() => {
    const row = document.getElementById("figure-facts-en-accuracy");
    const lines = [...row.querySelectorAll(".p-grid line")].map((l) => l.getBoundingClientRect().left);
    const box = row.querySelector(".p-dot circle").getBoundingClientRect();
    return [Math.min(...lines), Math.max(...lines), box.left + box.width / 2];
  });
  assert.ok(Math.abs((dot - x0) / (x1 - x0) - 0.48) < 0.01, `dot at ${(dot - x0) / (x1 - x0)}`);
}
await finish();
