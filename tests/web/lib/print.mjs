import { assert, finish, open } from "./browser.mjs";

for (const lang of ["en", "zh"]) {
  const page = await open("report.html", { lang, colorScheme: "dark" });
  const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
  assert.equal(pdf.subarray(0, 5).toString(), "%PDF-");
  assert.ok(pdf.length > 50_000, `${pdf.length} bytes`);
  await page.emulateMedia({ media: "print" });
  const seen = await page.evaluate(() => {
    const shown = (e) => e.getClientRects().length > 0;
    const count = (selector) => [...document.querySelectorAll(selector)].filter(shown).length;
    return {
      folded: [...document.querySelectorAll(".fold-body")].filter((e) => !shown(e)).length,
      cut: [...document.querySelectorAll(".cut")].filter((e) => e.scrollHeight > e.clientHeight + 1).length,
      controls: count("button, select, input, nav, .bar"),
      sticky: [...document.querySelectorAll("body *")].filter((e) => shown(e) && /sticky|fixed/.test(getComputedStyle(e).position)).length,
      paper: getComputedStyle(document.documentElement).backgroundColor,
    };
  });
  assert.deepEqual(seen, { folded: 0, cut: 0, controls: 0, sticky: 0, paper: "rgb(255, 255, 255)" });
}
await finish();
