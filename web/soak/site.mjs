// The release site as the long bars see it: served as the browser tests do, from a process of its own.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

import { freePort, SUB_PATH } from "../e2e/place.mjs";

/** What a browser is told: who runs this may be root in a container, where its sandbox cannot start. */
export const ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"];

/** Serves the site, gives its address and how to end it. */
export async function serve() {
  const port = await freePort();
  const server = spawn(process.execPath, [fileURLToPath(new URL("../e2e/server.mjs", import.meta.url))], {
    env: { ...process.env, WHITEWATER_E2E_PORT: String(port), WHITEWATER_GZIP: "1" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  await Promise.race([
    once(server.stdout, "data"),
    once(server, "exit").then(() => {
      throw new Error("the server of the site did not come up");
    }),
  ]);
  return { address: `http://127.0.0.1:${port}${SUB_PATH}`, close: () => server.kill() };
}
