// Who asks for less motion sees one event after the other, and nothing that travels between them.
import { expect, test } from "./page.mjs";

test.use({ contextOptions: { reducedMotion: "reduce" } });

/** The least time between two events at the default speed, in milliseconds. */
const RHYTHM = 900;

/** Begins to note the frames in which either stage is drawn anew, in milliseconds. */
function noteDrawings(page) {
  return page.evaluate(() => {
    window.drawings = [];
    const observer = new MutationObserver(() => window.drawings.push(document.timeline.currentTime));
    const attributeFilter = ["transform", "d", "stroke-dasharray"];
    for (const stage of document.querySelectorAll("svg.stage")) {
      observer.observe(stage, { subtree: true, attributes: true, attributeFilter });
    }
  });
}

const drawings = (page) => page.evaluate(() => window.drawings);

test("steps through the run, and nothing moves between two events", async ({ page, whitewater }) => {
  await whitewater.seek(0);
  await expect(whitewater.paused).toHaveAccessibleName("Step through");
  await whitewater.play();
  await noteDrawings(page);
  // As many as the page tells of: when it tells of an event, that event has been drawn.
  const told = await whitewater.raft.region.evaluate(
    (region) =>
      new Promise((done) => {
        let count = 0;
        const regions = region.parentElement.querySelectorAll("section[data-events]");
        const observer = new MutationObserver(() => {
          count += 1;
          if (count === 3) done({ count, drawings: [...window.drawings] });
        });
        for (const one of regions) observer.observe(one, { attributeFilter: ["data-events"] });
      }),
  );
  await whitewater.pause();
  expect(told.drawings.length).toBeGreaterThan(0);
  expect(told.drawings.length).toBeLessThanOrEqual(told.count);
  for (const [place, at] of told.drawings.slice(1).entries()) {
    // Frames are timed to a fraction of a millisecond.
    expect(at - told.drawings[place]).toBeGreaterThan(RHYTHM - 1);
  }
});

test("a cut puts everybody in place at once", async ({ page, whitewater }) => {
  await noteDrawings(page);
  // Sides that do not sit together yet: all have to move.
  await whitewater.cut(["A", "C"]);
  expect(await drawings(page)).toHaveLength(1);
  const pictures = await whitewater.pictures();
  await whitewater.frames(2);
  expect(await whitewater.pictures()).toEqual(pictures);
  const running = await page.evaluate(() => document.getAnimations().filter((it) => it.playState === "running").length);
  expect(running).toBe(0);
});
