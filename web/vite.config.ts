// Builds ONE file: scripts and styles go into index.html, so that a report works from file://.
import { defineConfig, type Plugin } from "vite";

// The page may run and style itself, and nothing else: no request can leave it.
const policy = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";
const marker = "__ASSAY_REPORT_JSON__";

/** Puts the bundle into the HTML file and checks that the data's marker stays unique. */
function oneFile(): Plugin {
  return {
    name: "assay-one-file",
    enforce: "post",
    generateBundle(_options, bundle) {
      const page = bundle["index.html"];
      if (page?.type !== "asset") return;
      let html = String(page.source);
      let script = "";
      let style = "";
      for (const [name, item] of Object.entries(bundle)) {
        if (item === page) continue;
        if (item.type === "chunk") {
          script += item.code;
        } else if (name.endsWith(".css")) {
          style += String(item.source);
        } else {
          this.error(`${name} is not script, style or page: it can't go into one file`);
        }
        delete bundle[name];
      }
      script = script.replace(/<(\/script|!--)/gi, "\\x3c$1"); // inside string literals only
      html = html
        .replace(/\s*<script type="module"[^>]*src=[^>]*><\/script>/, "")
        .replace(/\s*<link rel="(stylesheet|modulepreload)"[^>]*>/g, "")
        .replace('<meta charset="utf-8">', (charset) => `${charset}\n<meta http-equiv="Content-Security-Policy" content="${policy}">`)
        .replace("</head>", () => `<style>${style}</style>\n</head>`)
        .replace("</body>", () => `<script type="module">${script}</script>\n</body>`);
      if (html.split(marker).length !== 2) this.error(`${marker} must be in the page exactly once`);
      if (/(src|href)="(\.|\/|https?:)/.test(html.replace(script, ""))) {
        this.error("the page still refers to another file");
      }
      page.source = html;
    },
  };
}

export default defineConfig({
  base: "./",
  plugins: [oneFile()],
  esbuild: { jsx: "automatic", legalComments: "none" },
  build: {
    target: "es2021",
    cssCodeSplit: false,
    modulePreload: false,
    assetsInlineLimit: Number.MAX_SAFE_INTEGER,
    chunkSizeWarningLimit: 2000,
    emptyOutDir: true,
    rollupOptions: { output: { inlineDynamicImports: true } },
  },
});
