// The document, and its index, for every part of the page.
import { createContext, useContext } from "react";
import type { Index } from "../load";
import type { Report } from "../types";

export interface Document {
  report: Report;
  index: Index;
  seed: string; // all of its digits
}

export const DocumentContext = createContext<Document | null>(null);

export function useDocument(): Document {
  const value = useContext(DocumentContext);
  if (!value) throw new Error("no document");
  return value;
}
