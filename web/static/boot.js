// Loads the app, telling how far it is, and draws a readable screen when it cannot run or has
// stopped. It stands outside the app so that it still works when the app does not, and in its own
// file so that the page's Content-Security-Policy can forbid inline scripts.
"use strict";

(() => {
  const host = document.getElementById("whitewater");
  const app = document.getElementById("whitewater-app");
  let mounted = false;

  /** A reason that a person can act on; anything else that is thrown is a defect of ours. */
  class Trouble extends Error {
    constructor(message, remedy) {
      super(message);
      this.remedy = remedy;
    }
  }

  // ---- Loading ----

  const kilobytes = (bytes) => `${Math.round(bytes / 1000)} kB`;

  /** The size that will arrive, where it can be known: a compressed answer tells another one. */
  function expectedBytes(response) {
    if (response.headers.get("content-encoding")) return 0;
    return Number(response.headers.get("content-length")) || 0;
  }

  function showProgress(loaded, expected) {
    const bar = document.getElementById("boot-progress");
    const words = document.getElementById("boot-bytes");
    if (bar && expected) {
      bar.max = expected;
      bar.value = Math.min(loaded, expected);
    }
    if (words) {
      words.textContent = expected
        ? `${kilobytes(loaded)} of ${kilobytes(expected)}`
        : kilobytes(loaded);
    }
  }

  /** The same answer, counted as it streams by, and labelled so that it compiles on arrival. */
  function counted(response) {
    if (!response.body || typeof TransformStream !== "function") return response;
    const expected = expectedBytes(response);
    let loaded = 0;
    const counter = new TransformStream({
      transform(chunk, controller) {
        loaded += chunk.byteLength;
        showProgress(loaded, expected);
        controller.enqueue(chunk);
      },
    });
    return new Response(response.body.pipeThrough(counter), {
      headers: { "content-type": "application/wasm" },
    });
  }

  async function fetchWasm(url) {
    let response;
    try {
      response = await fetch(url);
    } catch (error) {
      throw new Trouble(
        `The file ${fileName(url)} could not be fetched (${error.message}).`,
        self.origin === "null"
          ? "This frame is sandboxed: the site that hosts Whitewater must send the header " +
            "Access-Control-Allow-Origin, or the frame must be given allow-same-origin."
          : "Check the connection, then reload.",
      );
    }
    const kind = response.headers.get("content-type") || "";
    if (!response.ok || kind.startsWith("text/html")) {
      const answer = response.ok ? "a page instead" : `${response.status} ${response.statusText}`;
      throw new Trouble(
        `The file ${fileName(url)} is missing: the site answered with ${answer}.`,
        "The site may just have been updated: reload. If that does not help, tell whoever hosts " +
          "it that its files are not complete.",
      );
    }
    return response;
  }

  const fileName = (url) => new URL(url).pathname.split("/").pop();

  function requireWebAssembly() {
    if (typeof WebAssembly === "object" && typeof WebAssembly.instantiate === "function") return;
    throw new Trouble(
      "This browser does not run WebAssembly, or it is switched off.",
      "Open the page in a current Firefox, Chrome, Edge or Safari. Some browsers switch " +
        "WebAssembly off in their strictest privacy or lockdown mode; allow it for this site.",
    );
  }

  /** How long the app waits at most for its frame to be seen, in milliseconds. */
  const LONGEST_PAINT = 500;

  /** Waits until what stands in the page has been seen, so that a fast load does not skip it. */
  function frameIsSeen() {
    if (document.hidden || typeof PerformanceObserver !== "function") return undefined;
    return new Promise((done) => {
      setTimeout(done, LONGEST_PAINT);
      new PerformanceObserver(done).observe({ type: "paint", buffered: true });
    });
  }

  /**
   * When the app takes the frame's place, the frame stays over it until the app has its stages, so
   * that nobody sees a page that is half built.
   */
  function keepFrame() {
    const frame = host.querySelector(".loading");
    const isBuilt = () => mounted && !host.querySelector("[data-building]");
    const look = () => (isBuilt() ? frame.remove() : frame.isConnected && requestAnimationFrame(look));
    const watch = new MutationObserver(() => {
      if (frame.isConnected) return;
      watch.disconnect();
      if (reports.length > 0) return;
      document.body.append(frame);
      look();
    });
    watch.observe(host, { childList: true });
  }

  async function load() {
    requireWebAssembly();
    const absolute = (path) => new URL(path, document.baseURI).href;
    keepFrame();
    const seen = frameIsSeen();
    const wasm = fetchWasm(absolute(app.dataset.wasm));
    // Whichever fails first is reported; this keeps the other from being called unhandled.
    wasm.catch(() => {});
    const glue = await import(absolute(app.dataset.js)).catch((error) => {
      throw new Trouble(
        `The file ${fileName(absolute(app.dataset.js))} could not be loaded (${error.message}).`,
        "Check the connection, then reload.",
      );
    });
    await seen;
    await glue.default({ module_or_path: counted(await wasm) });
    mounted = true;
    whenIdle(() => fetchTheRest(glue));
  }

  const whenIdle = self.requestIdleCallback?.bind(self) ?? ((then) => setTimeout(then, 1000));

  /**
   * Fetches the chunks that nobody asked for yet, so that nothing waits for them and no network is
   * needed from then on. What does not come is asked for again when a person does.
   */
  async function fetchTheRest(glue) {
    try {
      await glue.warm?.();
      host.dataset.whole = "";
    } catch {
      addEventListener("online", () => fetchTheRest(glue), { once: true });
    }
  }

  // ---- Crash screen ----

  const reports = [];

  function element(tag, attributes, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  }

  function reportText() {
    return [
      ...reports,
      "",
      `Page: ${location.href}`,
      `Browser: ${navigator.userAgent}`,
      `Time: ${new Date().toISOString()}`,
    ].join("\n");
  }

  /**
   * What the app tells of its end, as an error with a readable report: what went wrong and where,
   * and the run that leads there again.
   */
  function told(detail) {
    if (!detail || typeof detail !== "object") return String(detail);
    const seconds = (detail.at / 1e6).toFixed(6);
    const run = detail.scenario
      ? `Run: scenario ${detail.scenario}, seed ${detail.seed}, at ${seconds} s`
      : "Run: none yet";
    const where = detail.location ? `Where: ${detail.location}` : "Where: unknown";
    return { stack: [detail.message, where, run, `Version: ${detail.version}`].join("\n") };
  }

  async function copyReport(report, button) {
    try {
      await navigator.clipboard.writeText(report.textContent);
      button.textContent = "Copied";
    } catch {
      // Without leave to use the clipboard, as in most frames, the selection is one key away.
      getSelection().selectAllChildren(report);
      report.focus();
      button.textContent = "Selected: now press Ctrl+C or ⌘C";
    }
  }

  function crashScreen(title, message, remedy) {
    const report = element("pre", { id: "boot-report", tabindex: "0", "aria-label": "Report" });
    const copy = element("button", { type: "button", class: "btn" }, "Copy the report");
    copy.addEventListener("click", () => copyReport(report, copy));
    const reload = element("button", { type: "button", class: "btn main" }, "Reload");
    reload.addEventListener("click", () => location.reload());
    return element(
      "main",
      { class: "boot crash" },
      element("h1", { tabindex: "-1" }, title),
      element("div", { role: "alert" }, element("p", {}, message), element("p", {}, remedy)),
      element("div", { class: "boot-acts" }, reload, copy),
      report,
    );
  }

  /** Draws the screen; what goes wrong while it stands is only added to the report. */
  function crash(error) {
    const known = error instanceof Trouble;
    const message = String((error && error.message) || error);
    if (reports.length < 8) reports.push((!known && error && error.stack) || message);
    if (!document.getElementById("boot-report")) {
      const screen = known
        ? crashScreen("Whitewater cannot start", error.message, error.remedy)
        : crashScreen(
            mounted ? "Whitewater has stopped" : "Whitewater cannot start",
            "Something went wrong that should not have: this is a defect in Whitewater, not yours.",
            "Reload to begin again. The report below helps to repair it.",
          );
      host.replaceChildren(screen);
      document.querySelector("body > .loading")?.remove();
      screen.querySelector("h1").focus();
    }
    document.getElementById("boot-report").textContent = reportText();
  }

  /** Once the app is up, a stray script error need not stop it; one in its own code has. */
  const isFatal = (error) =>
    !mounted || (typeof WebAssembly === "object" && error instanceof WebAssembly.RuntimeError);

  addEventListener("whitewater:crash", (event) => crash(told(event.detail)));
  addEventListener("error", (event) => {
    if (isFatal(event.error)) crash(event.error || event.message);
  });
  addEventListener("unhandledrejection", (event) => {
    if (isFatal(event.reason)) crash(event.reason);
  });

  load().catch(crash);
})();
