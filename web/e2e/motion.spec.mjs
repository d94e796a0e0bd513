// Who asks for less motion sees one event after the other, and nothing that travels between them.
import { expect, test } from "./page.mjs";

test.use({ contextOptions: { reducedMotion: "reduce" } });

test("steps through the run, and nothing moves between two events", async ({ page, whitewater }) => {
  await whitewater.seek(0);
  await expect(whitewater.paused).toHaveAccessibleName("Step through");
  await whitewater.playing.or(whitewater.paused).click();
  await expect(whitewater.playing).toBeVisible();
  // Frame by frame: what is drawn may only change together with the clock of events.
  const seen = await page.evaluate(
    () =>
      new Promise((done) => {
        const stage = document.querySelector("section svg.stage");
        const changes = [];
        const observer = new MutationObserver(() => changes.push(performance.now()));
        observer.observe(stage.parentElement.parentElement.parentElement, {
          subtree: true,
          attributes: true,
          attributeFilter: ["transform", "d", "stroke-dasharray"],
        });
        setTimeout(() => {
          observer.disconnect();
          done(changes);
        }, 3000);
      }),
  );
  await whitewater.pause();
  // One event every 0.9 s draws once; sixty frames a second would draw a hundred times.
  expect(seen.length).toBeGreaterThan(0);
  expect(seen.length).toBeLessThanOrEqual(8);
});

test("a cut puts everybody in place at once", async ({ page, whitewater }) => {
  await whitewater.cut(["A", "B"]);
  const pictures = await whitewater.pictures();
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  expect(await whitewater.pictures()).toEqual(pictures);
  const running = await page.evaluate(() => document.getAnimations().filter((it) => it.playState === "running").length);
  expect(running).toBe(0);
});
