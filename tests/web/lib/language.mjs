import { assert, finish, open } from "./browser.mjs";

const headings = (page) => page.locator("h1, h2, h3").allInnerTexts();
const page = await open("report.html", { lang: "en" });
assert.equal(await page.evaluate(() => document.documentElement.lang), "en");
const english = await headings(page);
const title = await page.title();
await page.getByRole("button", { name: "中文" }).click();
assert.equal(await page.evaluate(() => document.documentElement.lang), "zh-Hans");
const chinese = await headings(page);
assert.equal(chinese.length, english.length);
const same = english.filter((text, i) => text === chinese[i]);
assert.deepEqual(same, [], "these headings did not change");
assert.notEqual(await page.title(), title);
assert.ok(chinese.every((text) => /[\u4e00-\u9fff]/.test(text)), chinese.join(" | "));

// Remembered, and overruled by the address.
const context = page.context();
const again = await open("report.html", { context });
assert.equal(await again.evaluate(() => document.documentElement.lang), "zh-Hans");
assert.equal(await (await open("report.html", { context, lang: "en" })).evaluate(() => document.documentElement.lang), "en");
const byHash = await open("report.html", { hash: "#zh" });
assert.equal(await byHash.evaluate(() => document.documentElement.lang), "zh-Hans");
assert.equal(await (await open("report.html", { locale: "zh-CN" })).evaluate(() => document.documentElement.lang), "zh-Hans");

// Appearance: the system's until chosen.
const background = (p) => p.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
const dark = await open("report.html", { lang: "en", colorScheme: "dark" });
const light = await open("report.html", { lang: "en", colorScheme: "light" });
assert.notEqual(await background(dark), await background(light));
await dark.getByLabel("Appearance").selectOption("light");
assert.equal(await background(dark), await background(light));
assert.equal(await background(await open("report.html", { lang: "en", context: dark.context() })), await background(light));
await dark.getByLabel("Appearance").selectOption("auto");
await dark.emulateMedia({ colorScheme: "light" });
await dark.waitForFunction(() => document.documentElement.dataset.theme === "light");
await finish();
