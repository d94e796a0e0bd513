// Measures what the page's script costs per frame, as Chromium traces it: `node web/soak/frames.mjs`
// prints a line for each load and fails where one is over its limit. It wants a page that was built
// with the loads (`WHITEWATER_LOADS=web/soak/loads`).
import { chromium } from "@playwright/test";

import { Play } from "../e2e/page.mjs";
import { findChromium } from "../e2e/place.mjs";
import { ARGUMENTS, serve } from "./site.mjs";

/** Milliseconds of script per frame that 95 of 100 frames keep to, and on what machine. */
const LOADS = [
  { title: "Nine nodes, 150 messages", throttle: 4, limit: 6 },
  { title: "Thirty-one nodes, 1,000 messages", throttle: 1, limit: 8 },
];
/** At this stop of the speed control a message of the loads takes a second, as it should. */
const SPEED = 8;
/** Seconds of virtual time until as many messages fly as will. */
const FULL = 3;
/** How long is measured, in milliseconds. */
const SPAN = 12_000;

/** What the main thread does on behalf of the page's script. */
const SCRIPT = new Set([
  "FireAnimationFrame",
  "FunctionCall",
  "EventDispatch",
  "TimerFire",
  "RunMicrotasks",
  "MinorGC",
  "MajorGC",
  "V8.GCIncrementalMarking",
]);

/** The thread that the page's frames run in: whichever fires most of them. */
function mainThread(events) {
  const counts = new Map();
  for (const { name, pid, tid } of events) {
    if (name !== "FireAnimationFrame") continue;
    const thread = `${pid} ${tid}`;
    counts.set(thread, (counts.get(thread) ?? 0) + 1);
  }
  const [most] = [...counts].sort(([, one], [, other]) => other - one);
  if (!most) throw new Error("no frame was drawn");
  return most[0];
}

/**
 * Milliseconds of each frame that `names` take, one within another counted once. By the thread's own
 * clock, which stands while the machine has other things to do.
 */
function perFrame(events, thread, names) {
  const here = events.filter(({ pid, tid, ph, tts }) => ph === "X" && tts !== undefined && `${pid} ${tid}` === thread);
  const starts = here.filter(({ name }) => name === "FireAnimationFrame").map(({ tts }) => tts);
  starts.sort((one, other) => one - other);
  const spans = here.filter(({ name }) => names.has(name)).map(({ tts, tdur }) => [tts, tts + (tdur ?? 0)]);
  spans.sort(([one], [other]) => one - other);
  const frames = starts.slice(0, -1).map(() => 0);
  let frame = 0;
  let counted = 0;
  for (const [from, to] of spans) {
    while (frame < frames.length && from >= starts[frame + 1]) frame += 1;
    if (from < starts[0] || frame >= frames.length) continue;
    frames[frame] += Math.max(0, to - Math.max(from, counted)) / 1000;
    counted = Math.max(counted, to);
  }
  return frames;
}

const quantile = (numbers, part) => numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length * part)];

/** Plays a load and traces it; gives script, and style and painting, per frame. */
async function measure(browser, address, { title, throttle }) {
  const page = await browser.newPage({ baseURL: address, viewport: { width: 1440, height: 900 } });
  const play = new Play(page);
  await play.open();
  await play.choose(title);
  await play.playPast(FULL);
  await play.speed.fill(String(SPEED));
  await play.play();
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: throttle });
  await play.frames(60);
  await browser.startTracing(page, { categories: ["devtools.timeline", "v8"] });
  await new Promise((done) => setTimeout(done, SPAN));
  const { traceEvents } = JSON.parse(await browser.stopTracing());
  await page.close();
  const thread = mainThread(traceEvents);
  return {
    script: perFrame(traceEvents, thread, SCRIPT),
    rest: perFrame(traceEvents, thread, new Set(["UpdateLayoutTree", "Layout", "PrePaint", "Paint", "Layerize", "Commit"])),
  };
}

const { address, close } = await serve();
let slow = false;
try {
  const browser = await chromium.launch({ executablePath: findChromium(), args: ARGUMENTS });
  for (const load of LOADS) {
    const { script, rest } = await measure(browser, address, load);
    const told = (numbers) => [0.5, 0.95, 0.99].map((part) => quantile(numbers, part).toFixed(1)).join(", ");
    console.log(
      `${load.title}, ${load.throttle}x slower: script ${told(script)} ms (median, p95, p99; limit ${load.limit}), ` +
        `style and paint ${told(rest)} ms, ${script.length} frames`,
    );
    slow ||= quantile(script, 0.95) > load.limit;
  }
  await browser.close();
} finally {
  close();
}
if (slow) throw new Error("The script takes more of a frame than it may.");
