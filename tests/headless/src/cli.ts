/**
 * `node dist/cli.js <address of the site> <folder>`: builds the site; then each line on standard input is an order
 * (`build`, `update`), and each answer a line of JSON. `--once` ends after the first build.
 */

import { createInterface } from "node:readline";
import { Api, FullSyncNeeded } from "./api.js";
import { Builder, type Report } from "./build.js";

const [address, folder, ...options] = process.argv.slice(2);
if (!address || !folder) {
  console.error("Usage: node dist/cli.js <address of the site> <folder> [--once]");
  process.exit(2);
}

const builder = new Builder(new Api(address), folder);
const say = (report: Report) => console.log(JSON.stringify(report));

say(await builder.buildAll());
if (!options.includes("--once")) {
  for await (const order of createInterface({ input: process.stdin })) {
    if (order === "update") {
      say(
        await builder.update().catch((error: unknown) => {
          if (error instanceof FullSyncNeeded) return builder.buildAll();
          throw error;
        }),
      );
    } else if (order === "build") say(await builder.buildAll());
    else console.error(`No such order: ${order}`);
  }
}
