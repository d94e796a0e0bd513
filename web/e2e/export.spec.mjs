// The files that keep a diagram are whole: they open, and show what the page showed.
import { readFile } from "node:fs/promises";

import { expect, test } from "./page.mjs";
import { View } from "./view.mjs";

test.beforeEach(async ({ cluster }) => {
  await cluster.button("Minority leader").click();
  await cluster.expectAt(0);
  await cluster.still();
  await cluster.seek(0.9);
});

/** Presses, and takes the file that comes of it. */
async function file(view, name) {
  const [download] = await Promise.all([
    view.page.waitForEvent("download"),
    view.region.getByRole("button", { name }).click(),
  ]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

for (const colorScheme of ["light", "dark"]) {
  test(`the SVG needs nothing but itself, ${colorScheme}`, async ({ page, cluster }) => {
    await page.emulateMedia({ colorScheme });
    const view = new View(cluster, "Raft");
    await view.turn("Space-time");
    const { name, bytes } = await file(view, "Save the diagram as SVG");
    expect(name).toBe("whitewater-raft-seed-6-0.900s.svg");
    const text = bytes.toString("utf8");
    expect(text).not.toMatch(/var\(|light-dark|href|url\(|<script|<style/);
    const told = await page.evaluate((text) => {
      const parsed = new DOMParser().parseFromString(text, "image/svg+xml");
      const root = parsed.documentElement;
      return {
        faults: parsed.querySelectorAll("parsererror").length,
        root: root.localName,
        title: parsed.querySelector("title").textContent,
        ground: parsed.querySelector("rect").getAttribute("fill"),
        paper: getComputedStyle(document.body).backgroundColor,
        names: [...parsed.querySelectorAll("text")].map((it) => it.textContent),
        colours: [...parsed.querySelectorAll("[stroke]")].filter((it) => !CSS.supports("color", it.getAttribute("stroke")) && it.getAttribute("stroke") !== "none").length,
      };
    }, text);
    expect(told).toMatchObject({ faults: 0, root: "svg", title: "Raft, seed 6", colours: 0 });
    expect(told.ground).toBe(told.paper);
    expect(told.names).toEqual(expect.arrayContaining(["A", "B", "C", "D", "E"]));
  });
}

test("the PNG has the diagram's size, twice as sharp, and is not empty", async ({ page, cluster }) => {
  const view = new View(cluster, "Raft");
  await view.turn("Space-time");
  const { width, height } = await view.marks.boundingBox();
  const { name, bytes } = await file(view, "Save the diagram as PNG");
  expect(name).toBe("whitewater-raft-seed-6-0.900s.png");
  expect([...bytes.subarray(1, 4)].map((it) => String.fromCharCode(it)).join("")).toBe("PNG");
  const told = await page.evaluate(async (base64) => {
    const raw = Uint8Array.from(atob(base64), (it) => it.charCodeAt(0));
    const image = await createImageBitmap(new Blob([raw], { type: "image/png" }));
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    const colours = new Set();
    for (let at = 0; at < data.length; at += 4 * 7) colours.add(`${data[at]} ${data[at + 1]} ${data[at + 2]}`);
    return { width: image.width, height: image.height, colours: colours.size };
  }, bytes.toString("base64"));
  expect(told.width).toBe(Math.round(width) * 2);
  expect(told.height).toBe(Math.round(height) * 2);
  expect(told.colours).toBeGreaterThan(20);
});
