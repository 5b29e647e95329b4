// Lets Node run TypeScript in worker threads that tests start: `node --import` this file.
// Types are stripped and nothing else, as the compiler's erasableSyntaxOnly allows.
import { register } from "node:module";

register("./typescript-hooks.mjs", import.meta.url);
