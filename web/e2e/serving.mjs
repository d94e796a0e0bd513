// Starts the server of the release site, for scripts that are no tests.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

import { freePort, SUB_PATH } from "./place.mjs";

/** The site's address, and what stops its server. */
export async function serve() {
  const port = String(await freePort());
  const server = spawn(process.execPath, [fileURLToPath(new URL("server.mjs", import.meta.url))], {
    env: { ...process.env, WHITEWATER_E2E_PORT: port },
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(server.stdout, "data");
  return { site: `http://127.0.0.1:${port}${SUB_PATH}`, stop: () => server.kill() };
}
