// What two sides are told apart by: where they first differ, and what each of them costs.
import { expect, test } from "./page.mjs";

const compared = (page) => page.getByRole("region", { name: "Side by side" });
const chart = (page, title) => compared(page).getByRole("figure").filter({ hasText: title });

/** The words beside a chart, left and right. */
async function told(page, title) {
  const items = await chart(page, title).getByRole("listitem").allInnerTexts();
  return items.map((words) => words.replace(/\s+/g, " "));
}

/** The value at which each side's line ends at the cursor, as a share of the scale. */
function ends(page, title) {
  return chart(page, title).locator("path:not(.ahead)").evaluateAll((lines) =>
    lines.map((line) => {
      const { y } = line.getPointAtLength(line.getTotalLength());
      return 1 - y / 100;
    }),
  );
}

/** The value at the top of a chart's scale. */
async function top(page, title) {
  const ticks = await chart(page, title).locator(".y-axis > span").allInnerTexts();
  return Number(ticks.at(-1));
}

test("each measure is told in plain words, drawn on one scale, and is the figure above", async ({ page, whitewater }) => {
  await whitewater.choose("A cut, two against three");
  for (const moment of [1.1, 2.6]) {
    await whitewater.seek(moment);
    await expect(compared(page)).toContainText(`At ${moment.toFixed(3)} s`);
    for (const [title, words, kind] of [
      ["Time without a leader", /(?:no leader for (\S+) s|always a leader)$/, "time"],
      ["Two leaders at once", /(?:two leaders for (\S+) s|never two leaders)$/, "time"],
      ["One crash would lose", /(\d+|no) acknowledged writes? (?:is|are) on one node alone$/, "count"],
      ["Writes lost", /(\d+|no) acknowledged writes? lost$/, "count"],
      ["Messages sent", /(\d+) messages$/, "count"],
    ]) {
      const said = await told(page, title);
      const heights = await ends(page, title);
      const scale = await top(page, title);
      for (const [place, side] of whitewater.sides.entries()) {
        const figure = await side.measure(title);
        expect(said[place], `${title} at ${moment}`).toMatch(words);
        expect(said[place].startsWith(side.name)).toBe(true);
        const value = Number(said[place].match(words)[1] ?? 0) || 0;
        expect(value, said[place]).toBe(figure);
        expect(Math.abs(heights[place] * scale - figure)).toBeLessThanOrEqual(kind === "time" ? 0.006 : scale / 1000);
      }
    }
  }
});

test("the lines grow with time, and what lies ahead of the cursor is thin", async ({ page, whitewater }) => {
  await whitewater.choose("A cut, two against three");
  const reach = (selector) =>
    chart(page, "Messages sent").locator(selector).first().evaluate((line) => line.getBBox().x + line.getBBox().width);
  await whitewater.seek(1.5);
  const end = Number(await chart(page, "Messages sent").locator(".x-axis span").last().innerText());
  for (const moment of [1.5, 0.5, 1]) {
    await whitewater.seek(moment);
    expect(await reach("path:not(.ahead)"), `at ${moment} s`).toBeCloseTo((100 * moment) / end, 1);
    expect(await reach("path.ahead")).toBeGreaterThan(140 / end);
  }
});

test("a pointer or the arrow keys read a moment, in every chart at once", async ({ page, whitewater }) => {
  await whitewater.choose("A cut, two against three");
  await whitewater.seek(2);
  const now = await told(page, "Messages sent");
  const slider = chart(page, "Two leaders at once").getByRole("slider");
  const { width, height } = await slider.boundingBox();
  const reached = Number(await slider.getAttribute("max")) / 1e6;
  await slider.hover({ position: { x: width / reached, y: height / 2 } });
  await expect(compared(page)).not.toContainText("At 2.000 s");
  const read = Number((await compared(page).innerText()).match(/At (\d+\.\d+) s/)[1]);
  // A pointer lies on a whole pixel.
  expect(Math.abs(read - 1)).toBeLessThanOrEqual((1.5 * reached) / width);
  expect(await told(page, "Messages sent")).not.toEqual(now);
  await page.mouse.move(0, 0);
  await expect(compared(page)).toContainText("At 2.000 s");
  expect(await told(page, "Messages sent")).toEqual(now);
  await slider.focus();
  await page.keyboard.press("Home");
  await expect(slider).toHaveAttribute("aria-valuetext", "At 0.000 s: Raft: never two leaders; Oldest peer: never two leaders");
  await page.keyboard.press("ArrowRight");
  await expect(compared(page)).not.toContainText("At 0.000 s");
  await page.keyboard.press("End");
  await expect(slider).toHaveAttribute("aria-valuetext", /^At \d+\.\d+ s: Raft: two leaders for \S+ s; /);
  await slider.blur();
  // The run stood still all the while.
  await whitewater.expectAt(2);
});

test("where the sides first differ is told for each, and one press leads there", async ({ page, whitewater }) => {
  await expect(compared(page)).toContainText("No difference so far.");
  await whitewater.choose("A cut, two against three");
  await whitewater.seek(2);
  await expect(compared(page)).toContainText("First difference at 0.993 s");
  await expect(compared(page).getByRole("definition")).toHaveText([
    "Call 2 of client 1 is not done.",
    "Call 2 of client 1 is done at 0.993 s: value 7.",
  ]);
  await compared(page).getByRole("button", { name: "Go there" }).click();
  await whitewater.expectAt(0.993);
});

test("the page of one cluster has nothing to compare", async ({ page, cluster }) => {
  await cluster.still();
  await expect(compared(page)).toHaveCount(0);
  await page.getByRole("link", { name: "Compare" }).click();
  await expect(compared(page).getByRole("figure")).toHaveCount(5);
});
