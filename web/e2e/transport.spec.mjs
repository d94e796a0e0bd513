// Playback: play and pause, one event at a time, how fast, from the start, from which seed.
import { expect, test } from "./page.mjs";

test("plays, and stands still when paused", async ({ whitewater }) => {
  await whitewater.play();
  await expect.poll(() => whitewater.at()).toBeGreaterThan(0);
  await whitewater.pause();
  const [at, pictures] = [await whitewater.at(), await whitewater.pictures()];
  // Anything that still ran would have been drawn within a few frames.
  await whitewater.frames(3);
  expect(await whitewater.at()).toBe(at);
  expect(await whitewater.pictures()).toEqual(pictures);
});

test("one event forward and back shows the very same picture", async ({ whitewater }) => {
  await whitewater.choose("A cut, two against three");
  for (const moment of [0.05, 1.35, 2.55]) {
    await whitewater.seek(moment);
    // To be exactly at an event: a moment between two is not one that steps come back to.
    await whitewater.step(1);
    const digests = await whitewater.digests();
    const pictures = await whitewater.pictures();
    await whitewater.step(1);
    expect(await whitewater.pictures()).not.toEqual(pictures);
    await whitewater.step(-1);
    expect(await whitewater.digests()).toEqual(digests);
    expect(await whitewater.pictures()).toEqual(pictures);
  }
});

test("who is on the way arrives, though the run stands", async ({ page, whitewater }) => {
  // Two clients stand where one stood.
  await whitewater.choose("A cut, two against three");
  const pictures = await whitewater.pictures();
  // Who asks for less motion sees everybody in place at once.
  await page.emulateMedia({ reducedMotion: "reduce" });
  await whitewater.frames(2);
  expect(await whitewater.pictures()).toEqual(pictures);
});

test("the speed runs on a log scale", async ({ page, whitewater }) => {
  const labels = ["1/1000×", "1/500×", "1/200×", "1/100×", "1/50×", "1/20×", "1/10×", "1/5×", "1/2×", "1×", "2×", "5×", "10×"];
  const shown = page.locator("output");
  await expect(shown).toHaveText("1/50×");
  await expect(whitewater.speed).toHaveAttribute("aria-valuetext", "one 50th of real time");
  for (const [place, label] of labels.entries()) {
    await whitewater.speed.fill(String(place));
    await expect(shown).toHaveText(label);
  }
  await whitewater.speed.press("Home");
  await expect(shown).toHaveText("1/1000×");
  await whitewater.speed.press("ArrowRight");
  await expect(shown).toHaveText("1/500×");
});

test("begins again with the same run", async ({ whitewater }) => {
  const pictures = await whitewater.pictures();
  await whitewater.seek(0.7);
  expect(await whitewater.pictures()).not.toEqual(pictures);
  await whitewater.button("Restart").click();
  await whitewater.expectAt(0);
  await expect.poll(() => whitewater.pictures()).toEqual(pictures);
});

test("the slider goes where its keys say", async ({ whitewater }) => {
  await whitewater.seek(0.5);
  await whitewater.time.press("ArrowRight");
  await whitewater.expectAt(0.501);
  await whitewater.time.press("ArrowLeft");
  await whitewater.expectAt(0.5);
  await whitewater.time.press("Home");
  await whitewater.expectAt(0);
});
