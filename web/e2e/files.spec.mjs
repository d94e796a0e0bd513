// Scenario files: chosen, dropped, refused, saved and opened again.
import { readFileSync } from "node:fs";

import { golden, read, seconds } from "./golden.mjs";
import { Compare, expect, Play, test } from "./page.mjs";

const json = (name, text) => ({ name, mimeType: "application/json", buffer: Buffer.from(text) });

/** Opens files through the dialog. */
async function open(whitewater, ...files) {
  await whitewater.files.first().click();
  await whitewater.dialog.getByLabel("Choose a file…").setInputFiles(files);
}

/** Lets files fall onto the page, somewhere on the stage. */
async function drop(page, ...files) {
  const given = await page.evaluateHandle((files) => {
    const carried = new DataTransfer();
    for (const { name, text } of files) carried.items.add(new File([text], name, { type: "application/json" }));
    return carried;
  }, files);
  const happen = (kind) =>
    page.locator("svg.stage").first().evaluate(
      (stage, [kind, dataTransfer]) => {
        const event = new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true });
        // The browser would show the file in place of the page.
        return !stage.dispatchEvent(event);
      },
      [kind, given],
    );
  expect(await happen("dragover"), "the page takes files").toBe(true);
  await expect(page.locator("body")).toHaveAttribute("data-dropping", "Let go to open it");
  expect(await happen("drop"), "the page takes the file").toBe(true);
  await expect(page.locator("body")).not.toHaveAttribute("data-dropping");
}

/** Saves the run; its file's name and text. */
async function save(whitewater) {
  await whitewater.files.first().click();
  const coming = whitewater.page.waitForEvent("download");
  await whitewater.dialog.getByRole("button", { name: "Save as a file" }).click();
  const download = await coming;
  await expect(whitewater.dialog.getByRole("status")).toContainText(`Saved as ${download.suggestedFilename()}`);
  await whitewater.page.keyboard.press("Escape");
  const path = await download.path();
  return { name: download.suggestedFilename(), text: readFileSync(path, "utf8") };
}

test("a chosen file is played, under a protocol that it is about", async ({ page, cluster }) => {
  const text = read("scenarios/resurrected-leader.json");
  const { title, watch, nodes, until, protocols } = JSON.parse(text);
  await open(cluster, json("mine.json", text));
  await expect(cluster.dialog).toHaveCount(0);
  await expect(cluster.scenario.locator("option:checked")).toHaveText(title);
  await expect(page.getByRole("region", { name: "Scenarios of one click" })).toContainText(watch);
  await expect(page.locator(".chip[aria-pressed=true]")).toHaveCount(0);
  const name = !protocols || protocols.includes("raft") ? "Raft" : "Oldest peer";
  const play = new Play(page, name);
  await expect(play.side.nodes).toHaveCount(nodes ?? 5);
  await play.still();
  await play.seek(seconds(until));
  expect(await play.side.digest()).toEqual(golden("resurrected-leader", name === "Raft" ? "raft" : "almighty"));
});

test("a dropped file is played, and another scenario takes its place", async ({ page, cluster }) => {
  const text = read("scenarios/cut.json");
  await drop(page, { name: "cut.json", text: text.replace(/"title": "[^"]*"/, '"title": "Mine"') });
  await expect(cluster.scenario.locator("option:checked")).toHaveText("Mine");
  await cluster.still();
  await cluster.seek(seconds(JSON.parse(text).until));
  expect(await cluster.side.digest()).toEqual(golden("cut", "raft"));
  await page.getByRole("button", { name: "Leader stops", exact: true }).click();
  await expect(cluster.scenario.locator("option:checked")).toHaveText("The leader stops");
  await expect(cluster.scenario.locator("option", { hasText: "Mine" })).toHaveCount(0);
});

test("what is dragged within the page is no file", async ({ page, cluster }) => {
  const words = await page.evaluateHandle(() => {
    const carried = new DataTransfer();
    carried.setData("text/plain", "words");
    return carried;
  });
  await page.locator("svg.stage").dispatchEvent("dragover", { dataTransfer: words });
  await page.locator("svg.stage").dispatchEvent("drop", { dataTransfer: words });
  await cluster.still();
  await expect(page.locator("body")).not.toHaveAttribute("data-dropping");
  await expect(cluster.dialog).toHaveCount(0);
});

const bad = {
  "no JSON": ["{\n  nodes: 5\n}", /^Line 2, /],
  "an unknown field": ['{\n  "title": "x",\n  "seed": 1,\n  "until": "1s",\n  "nods": 5\n}', /^Line 5, .*nods/],
  "too many nodes": ['{\n  "title": "x",\n  "seed": 1,\n  "until": "1s",\n  "nodes": 500\n}', /^Line 5, nodes: .*31/],
  "somebody who is not there": [
    '{\n  "title": "x",\n  "seed": 1,\n  "until": "1s", "nodes": 5,\n  "steps": [\n    {"at": "1ms", "do": {"stop": "Q"}}\n  ]\n}',
    /^Line 6, steps\[0\]\.do\.stop: /,
  ],
};

for (const [what, [text, place]] of Object.entries(bad)) {
  test(`a file with ${what} is refused with the place, and the run stays`, async ({ page, cluster }) => {
    await cluster.playTo(0.4);
    const [before, at] = [await cluster.side.digest(), await cluster.at()];
    await drop(page, { name: "bad.json", text });
    const alert = cluster.dialog.getByRole("alert");
    await expect(alert).toContainText("“bad.json” cannot be opened");
    await expect(alert.getByRole("paragraph").first()).toHaveText(place);
    await expect(alert).toContainText("Your run is as it was.");
    await page.keyboard.press("Escape");
    await cluster.still();
    expect(await cluster.side.digest()).toEqual(before);
    await cluster.expectAt(at);
    await expect(cluster.scenario.locator("option:checked")).toHaveText("Calm water");
  });
}

test("two files, and one that is too large, are refused", async ({ page, cluster }) => {
  await drop(page, { name: "a.json", text: "{}" }, { name: "b.json", text: "{}" });
  await expect(cluster.dialog.getByRole("alert")).toContainText("give one file");
  await page.keyboard.press("Escape");
  await open(cluster, json("large.json", " ".repeat(1_200_000)));
  await expect(cluster.dialog.getByRole("alert")).toContainText("1200 kB");
});

test("a mended file can be chosen again under its name", async ({ cluster }) => {
  const text = read("scenarios/calm.json");
  await open(cluster, json("mine.json", text.slice(0, 40)));
  await expect(cluster.dialog.getByRole("alert")).toBeVisible();
  await cluster.dialog.getByLabel("Choose a file…").setInputFiles(json("mine.json", text));
  await expect(cluster.dialog).toHaveCount(0);
});

test("a run of one cluster, saved and opened again, is the same run", async ({ cluster }) => {
  await cluster.size(4);
  await cluster.seed.fill("77");
  await cluster.seed.press("Enter");
  await cluster.still();
  await cluster.playTo(0.6);
  await cluster.tool("Stop the leader").click();
  await cluster.rough("Loss", "10%");
  await cluster.playTo(0.9);
  const reached = Math.floor(Number(await cluster.time.getAttribute("max")) / 1000) / 1000;
  await cluster.seek(reached);
  const digest = await cluster.side.digest();
  const { name, text } = await save(cluster);
  expect(name).toBe("calm-water-77.json");
  const { seed, nodes, protocols, steps } = JSON.parse(text);
  expect({ seed, nodes, protocols }).toEqual({ seed: 77, nodes: 4, protocols: ["raft"] });
  expect(steps.length).toBeGreaterThanOrEqual(2);
  // Something else is played in between.
  await cluster.choose("A cut, two against three");
  await open(cluster, json(name, text));
  await expect(cluster.dialog).toHaveCount(0);
  await expect(cluster.side.nodes).toHaveCount(4);
  await cluster.still();
  await cluster.seek(reached);
  expect(await cluster.side.digest()).toEqual(digest);
});

test("a run of two sides is opened under the same two protocols", async ({ page }) => {
  const compare = new Compare(page);
  await compare.open();
  await compare.seek(0.4);
  await compare.tool("Stop the leader").click();
  await compare.seek(0.8);
  const digests = await compare.digests();
  const { name, text } = await save(compare);
  expect(JSON.parse(text).protocols).toEqual(["raft", "almighty"]);
  await compare.choose("The leader stops");
  await open(compare, json(name, text));
  await expect(compare.dialog).toHaveCount(0);
  await compare.still();
  await compare.seek(0.8);
  expect(await compare.digests()).toEqual(digests);
});

test("a rule that is switched off cannot be saved, and it is said why", async ({ page, cluster }) => {
  await cluster.side.region.getByRole("button", { name: /checks? (holds?|waits?)/ }).click();
  await cluster.dialog.getByText("Switch a rule off…").click();
  await cluster.dialog.locator(".breaker").first().click();
  await expect(cluster.dialog).toHaveCount(0);
  await cluster.files.first().click();
  await cluster.dialog.getByRole("button", { name: "Save as a file" }).click();
  await expect(cluster.dialog.getByRole("alert")).toContainText("switch it on again, then save");
  await page.keyboard.press("Escape");
});
