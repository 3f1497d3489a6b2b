// Run a parser over the files that the command line names, and print what it shows of each entry,
// or what it says of a file that it does not read.
import { readFileSync } from "node:fs";

export async function show(entriesOf) {
  const found = {};
  for (const path of process.argv.slice(2)) {
    try {
      found[path] = await entriesOf(readFileSync(path, "utf8"));
    } catch (error) {
      found[path] = String(error);
    }
  }
  console.log(JSON.stringify(found));
}
