import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";

/** The documents of a YAML file; a key twice, or any other fault of the notation, ends the test. */
export const yamlOf = (root, ...path) =>
  parseAllDocuments(readFileSync(join(root, ...path), "utf8"), { merge: true }).map((document) => {
    if (document.errors.length > 0 || document.warnings.length > 0) {
      throw new Error(`${path.join("/")}: ${[...document.errors, ...document.warnings].join("; ")}`);
    }
    return document.toJS();
  });

/** The settings of a file of variables. */
export const settingsOf = (root, ...path) =>
  Object.fromEntries(
    readFileSync(join(root, ...path), "utf8")
      .split("\n")
      .filter((line) => line.length > 0 && !line.startsWith("#"))
      .map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
  );
