import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./parts/App";
import { applyTheme, firstTheme } from "./settings";
import { parseDocument, readDocument, type Loaded } from "./load";
import "./styles/base.css";
import "./styles/layout.css";
import "./styles/report.css";
import "./styles/figures.css";
import "./styles/examples.css";
import "./styles/explain.css";
import "./styles/case.css";
import "./styles/print.css";

async function start(): Promise<void> {
  applyTheme(firstTheme());
  let loaded: Loaded = readDocument();
  if (import.meta.env.DEV && loaded.kind === "empty") {
    const { sampleReport } = await import("./sample");
    loaded = parseDocument(JSON.stringify(sampleReport()));
  }
  const root = document.getElementById("root");
  if (root) {
    createRoot(root).render(
      <StrictMode>
        <App loaded={loaded} />
      </StrictMode>,
    );
  }
}

void start();
