import { writeFileSync } from "node:fs";
import { formatPage } from "../dist/passwords/formats/index.js";

/** Writes the page of password formats anew; wants a build. */
writeFileSync(new URL("../docs/reference/password-formats.md", import.meta.url), formatPage());
