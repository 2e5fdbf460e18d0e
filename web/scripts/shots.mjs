// node scripts/shots.mjs REPORT.html FOLDER: pictures of a report, wide, narrow, dark, Chinese, and
// its printed form. Needs Chromium ($CHROMIUM, or `chromium` of the distribution).
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [file, folder] = process.argv.slice(2);
if (!file || !folder) {
  console.error("usage: shots.mjs REPORT.html FOLDER");
  process.exit(2);
}
await mkdir(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const url = pathToFileURL(path.resolve(file)).href;
const views = [
  ["wide-en", { width: 1280, height: 900 }, "light", "en"],
  ["wide-zh", { width: 1280, height: 900 }, "light", "zh"],
  ["dark-en", { width: 1280, height: 900 }, "dark", "en"],
  ["narrow-zh", { width: 360, height: 780 }, "light", "zh"],
  ["narrow-en", { width: 360, height: 780 }, "light", "en"],
];
for (const [name, viewport, colorScheme, lang] of views) {
  const context = await browser.newContext({ viewport, colorScheme });
  const page = await context.newPage();
  await page.goto(`${url}?lang=${lang}`);
  await page.waitForSelector("h1");
  await page.screenshot({ path: path.join(folder, `${name}-top.png`) });
  await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: true });
  if (name === "wide-en" || name === "wide-zh") {
    await page.pdf({ path: path.join(folder, `${lang}.pdf`), preferCSSPageSize: true, printBackground: true });
  }
  await context.close();
}
await browser.close();
