// Serves the release site under a sub-path of a host, as a course's web space would, and nothing
// else: a page that asks for anything outside its own folder gets a 404, and its test fails.
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize, sep } from "node:path";
import { fileURLToPath } from "node:url";

import { SUB_PATH } from "./place.mjs";

const site = fileURLToPath(new URL("../../dist/", import.meta.url));

const kinds = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".md": "text/markdown; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".woff2": "font/woff2",
};

/** The file that an address names, or nothing where it leads out of the site. */
function fileOf(address) {
  const path = decodeURIComponent(new URL(address, "http://host").pathname);
  if (!path.startsWith(SUB_PATH)) return undefined;
  const inside = path.slice(SUB_PATH.length) || "index.html";
  const file = normalize(join(site, inside));
  return file.startsWith(site.endsWith(sep) ? site : site + sep) ? file : undefined;
}

async function answer(request, response) {
  const file = fileOf(request.url);
  const found = file && (await stat(file).catch(() => undefined));
  if (!found?.isFile()) {
    response.writeHead(404, { "content-type": "text/plain" }).end("Not found\n");
    return;
  }
  response.writeHead(200, {
    // A sandboxed frame has no origin of its own: without this it may not read what it loads.
    "access-control-allow-origin": "*",
    "cache-control": "no-store",
    "content-length": found.size,
    "content-type": kinds[extname(file)] ?? "application/octet-stream",
  });
  createReadStream(file).pipe(response);
}

createServer((request, response) => {
  answer(request, response).catch(() => response.writeHead(400).end());
}).listen(Number(process.env.WHITEWATER_E2E_PORT), "127.0.0.1", () => {
  // Whoever started this waits for a word.
  console.log("listening");
});
