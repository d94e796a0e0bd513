// Measures what ten minutes of play leave behind: `node web/soak/memory.mjs [MINUTES]` prints the heap
// of scripts, the memory of the WebAssembly and the number of elements each minute, and fails where
// one of them is larger at the end than it was after a fifth of the time.
import { chromium } from "@playwright/test";

import { Play } from "../e2e/page.mjs";
import { findChromium } from "../e2e/place.mjs";
import { ARGUMENTS, serve } from "./site.mjs";

const minutes = Number(process.argv[2] ?? 10);
/** A story with a cut, a crash and writes, and the stop of the speed control: half of real time. */
const [TITLE, SPEED] = ["A cut, two against three", 8];
/** What may come and go: scripts' garbage is not all found at once, and the WebAssembly's memory grows in steps. */
const SLACK = { heap: 1_000_000, wasm: 1_048_576, elements: 300 };

/** Bytes of memory that WebAssembly has; the page does not hand it out, the debugger does. */
async function wasm(session) {
  const { result } = await session.send("Runtime.evaluate", { expression: "WebAssembly.Memory.prototype" });
  const { objects } = await session.send("Runtime.queryObjects", { prototypeObjectId: result.objectId });
  const sum = await session.send("Runtime.callFunctionOn", {
    objectId: objects.objectId,
    functionDeclaration: "function () { return this.reduce((sum, one) => sum + one.buffer.byteLength, 0); }",
    returnByValue: true,
  });
  await session.send("Runtime.releaseObject", { objectId: objects.objectId });
  return sum.result.value;
}

async function sample(session) {
  await session.send("HeapProfiler.collectGarbage");
  const { metrics } = await session.send("Performance.getMetrics");
  const metric = (name) => metrics.find((one) => one.name === name).value;
  return { heap: metric("JSHeapUsedSize"), wasm: await wasm(session), elements: metric("Nodes") };
}

const { address, close } = await serve();
const grown = [];
try {
  const browser = await chromium.launch({ executablePath: findChromium(), args: ARGUMENTS });
  const page = await browser.newPage({ baseURL: address, viewport: { width: 1440, height: 900 } });
  const play = new Play(page);
  await play.open();
  await play.choose(TITLE);
  await play.speed.fill(String(SPEED));
  await play.play();
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  await session.send("HeapProfiler.enable");
  const samples = [];
  for (let part = 0; part < 10; part += 1) {
    await new Promise((done) => setTimeout(done, (minutes * 60_000) / 10));
    samples.push(await sample(session));
    const { heap, wasm: linear, elements } = samples.at(-1);
    console.log(`${(heap / 1e6).toFixed(2)} MB of heap, ${(linear / 1e6).toFixed(2)} MB of WebAssembly, ${elements} nodes`);
  }
  const [early, late] = [samples[1], samples.at(-1)];
  for (const what of Object.keys(SLACK)) if (late[what] > early[what] + SLACK[what]) grown.push(what);
  await browser.close();
} finally {
  close();
}
if (grown.length) throw new Error(`It grew: ${grown.join(", ")}.`);
