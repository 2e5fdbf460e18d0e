// Opens reports in Chromium for the checks beside this file. Every console error, page error and
// network request is recorded; `finish` fails on any of them.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(path.join(process.env.NODE_MODULES, "any.js"));
const { chromium } = require("playwright-core");
export const axeSource = () => require("node:fs").readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

export const folder = process.argv[2];
const faults = [];

/** The faults so far, which are then forgotten: for pages that are meant to fail. */
export const takeFaults = () => faults.splice(0);

const browser = await chromium.launch({ // playwright makes a fresh profile for each launch
  executablePath: process.env.CHROMIUM,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"],
});

/** A page of its own context. options: lang, hash, and those of a browser context. */
export async function open(name, { lang, hash = "", context: shared, ...options } = {}) {
  const context = shared ?? await browser.newContext({
    viewport: { width: 1280, height: 900 }, colorScheme: "light", reducedMotion: "reduce", locale: "en-GB", ...options,
  });
  const page = await context.newPage();
  const url = pathToFileURL(path.join(folder, name)).href;
  page.on("console", (message) => message.type() === "error" && faults.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => faults.push(`error: ${error}`));
  page.on("request", (request) => request.url().split(/[?#]/)[0] === url || faults.push(`request: ${request.url()}`));
  await page.goto(url + (lang ? `?lang=${lang}` : "") + hash);
  await page.waitForSelector("h1");
  return page;
}

/** Unfolds everything but what is sensitive, until nothing is left to unfold. */
export async function unfold(page) {
  for (let i = 0; i < 5; i += 1) {
    const count = await page.evaluate(() => {
      const buttons = [...document.querySelectorAll('main [aria-expanded="false"]')];
      for (const button of buttons) button.click();
      return buttons.length;
    });
    if (count === 0) return;
  }
}

/** Asks for every sensitive example. */
export async function revealAll(page) {
  await page.evaluate(() => document.querySelectorAll(".reveal").forEach((button) => button.click()));
  assert.equal(await page.locator(".reveal").count(), 0);
}

export async function finish() {
  await browser.close();
  assert.deepEqual(faults, []);
}

export { assert };
