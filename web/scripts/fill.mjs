// node scripts/fill.mjs PAGE OUT [REPORT.json | --sample | --unfinished]
// Puts a report into the built page, as the program does; without one, the invented sample.
// $NODE_MODULES: where esbuild is, if not beside this folder.
import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

const marker = "__ASSAY_REPORT_JSON__";

async function sample(unfinished) {
  const folder = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
  const require = createRequire(path.join(process.env.NODE_MODULES ?? path.join(folder, "node_modules"), "any.js"));
  const { build } = require("esbuild");
  const built = await build({
    entryPoints: [path.join(folder, "src/sample.ts")], bundle: true, format: "esm", write: false,
    platform: "node", logLevel: "error",
  });
  const text = built.outputFiles[0].text;
  const module = await import(`data:text/javascript;base64,${Buffer.from(text).toString("base64")}`);
  return JSON.stringify(module.sampleReport(unfinished));
}

const [page, out, which = "--sample"] = process.argv.slice(2);
if (!page || !out) {
  console.error("usage: fill.mjs PAGE OUT [REPORT.json | --sample | --unfinished]");
  process.exit(2);
}
const html = await readFile(page, "utf8");
if (html.split(marker).length !== 2) {
  console.error(`fill: ${page} must hold ${marker} exactly once`);
  process.exit(1);
}
const report = which.startsWith("--") ? await sample(which === "--unfinished") : await readFile(which, "utf8");
await writeFile(out, html.replace(marker, () => report.replaceAll("<", "\\u003c")));
