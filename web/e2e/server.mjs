// Serves the release site under a sub-path of a host, as a course's web space would, and nothing
// else: a page that asks for anything outside its own folder gets a 404, and its test fails.
import { readFile, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gzip } from "node:zlib";

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

const squeeze = promisify(gzip);

/** Every file as it was squeezed, since hosts do that once as well. */
const squeezed = new Map();

/** Whether to squeeze what is sent, as most hosts do. */
const squeezes = Boolean(process.env.WHITEWATER_GZIP);

/** What a file holds, squeezed where that is wanted and the browser takes it. */
async function read(file, { headers }) {
  const bytes = await readFile(file);
  const taken = squeezes && /\bgzip\b/.test(headers["accept-encoding"] ?? "");
  if (!taken || file.endsWith(".png") || file.endsWith(".woff2")) return { body: bytes };
  const before = squeezed.get(file);
  if (before?.bytes.equals(bytes)) return before;
  const now = { bytes, body: await squeeze(bytes), encoding: "gzip" };
  squeezed.set(file, now);
  return now;
}

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
  const { body, encoding } = await read(file, request);
  response.writeHead(200, {
    // A sandboxed frame has no origin of its own: without this it may not read what it loads.
    "access-control-allow-origin": "*",
    "cache-control": "no-store",
    "content-length": body.length,
    "content-type": kinds[extname(file)] ?? "application/octet-stream",
    ...(encoding && { "content-encoding": encoding }),
  });
  response.end(body);
}

createServer((request, response) => {
  answer(request, response).catch(() => response.writeHead(400).end());
}).listen(Number(process.env.WHITEWATER_E2E_PORT), "127.0.0.1", () => {
  // Whoever started this waits for a word.
  console.log("listening");
});
