// Rough water: what links do to messages, set by sliders, on both sides at the moment shown.
import { expect, test } from "./page.mjs";

test("a slider acts on both sides when it is released, and says what it did", async ({ page, whitewater }) => {
  await whitewater.seek(0.7);
  const before = await whitewater.digests();
  await whitewater.rough("Loss", "20%");
  const after = await whitewater.digests();
  // One action, which is one event on each side.
  for (const place of [0, 1]) expect(after[place].events).toBe(before[place].events + 1);
  for (const side of whitewater.sides) {
    await expect(side.caption).toContainText("From now on 20% of messages are lost.");
  }
  await expect(whitewater.water).toHaveAccessibleName("Now rough… 20% lost");
  await expect(page.getByRole("button", { name: /: 20% of messages are lost$/ })).toHaveCount(1);
});

test("drawing a slider does nothing before it is released", async ({ page, whitewater }) => {
  await whitewater.seek(0.7);
  const before = await whitewater.digests();
  await whitewater.water.click();
  const slider = whitewater.fault("Corruption");
  const { x, y, width, height } = await slider.boundingBox();
  await page.mouse.move(x + 1, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x + width / 2, y + height / 2);
  await expect(slider).toHaveAttribute("aria-valuetext", /^(15|20)% /);
  expect(await whitewater.digests()).toEqual(before);
  await page.mouse.up();
  await expect.poll(async () => (await whitewater.digests())[0].events).toBe(before[0].events + 1);
  await expect(slider).toHaveAttribute("aria-valuetext", /^(15|20)% /);
});

test("the sliders work by keyboard", async ({ page, whitewater }) => {
  await whitewater.water.press("Enter");
  await expect(whitewater.dialog).toHaveAccessibleName("Rough water");
  for (const [name, key, said] of [
    ["Loss", "ArrowRight", "1% fall off their wires"],
    ["Delay", "ArrowRight", "40 to 60 ms on the way, one way"],
    ["Duplication", "End", "100% arrive twice"],
    ["Corruption", "PageUp", /^\d+% arrive damaged$/],
  ]) {
    await whitewater.fault(name).press(key);
    await expect(whitewater.fault(name)).toHaveAttribute("aria-valuetext", said);
    await expect(whitewater.fault(name)).toBeFocused();
  }
  await page.keyboard.press("Escape");
  await expect(whitewater.water).toBeFocused();
});

test("the sliders show the water at the moment shown", async ({ whitewater }) => {
  await whitewater.seek(0.7);
  await whitewater.rough("Duplication", "30%");
  await expect(whitewater.water).toHaveAccessibleName("Now rough… 30% twice");
  // The action is the latest event on either side.
  await whitewater.step(-2);
  await expect(whitewater.water).toHaveAccessibleName("Rough water…");
  await whitewater.water.click();
  await expect(whitewater.fault("Duplication")).toHaveAttribute("aria-valuetext", "none arrive twice");
  await whitewater.dialog.getByRole("button", { name: "Close" }).click();
  await whitewater.seek(0.701);
  await expect(whitewater.water).toHaveAccessibleName("Now rough… 30% twice");
  await whitewater.seek(0.699);
  await expect(whitewater.water).toHaveAccessibleName("Rough water…");
});

test("calm water has no fault left, and does nothing twice", async ({ whitewater }) => {
  await whitewater.rough("Loss", "5%");
  await whitewater.rough("Delay", "80 to 120 ms");
  await whitewater.rough("Duplication", "10%");
  await whitewater.rough("Corruption", "2%");
  await expect(whitewater.water).toHaveAccessibleName(
    "Now rough… 80 to 120 ms, 5% lost, 10% twice, 2% damaged",
  );
  await whitewater.water.click();
  const calm = whitewater.dialog.getByRole("button", { name: "Calm water again" });
  await calm.click();
  await expect(whitewater.fault("Delay")).toHaveAttribute("aria-valuetext", "15 to 25 ms on the way, one way");
  for (const name of ["Loss", "Duplication", "Corruption"]) {
    await expect(whitewater.fault(name)).toHaveAttribute("aria-valuetext", /^none /);
  }
  const digests = await whitewater.digests();
  await calm.click();
  expect(await whitewater.digests()).toEqual(digests);
  await whitewater.dialog.getByRole("button", { name: "Close" }).click();
  await expect(whitewater.water).toHaveAccessibleName("Rough water…");
});

test("where everything is lost nobody is elected by votes, and everybody leads by age", async ({ whitewater }) => {
  await whitewater.rough("Loss", "100%");
  await whitewater.seek(1.5);
  await expect(whitewater.raft.leaders).toHaveCount(0);
  await expect(whitewater.oldest.leaders).not.toHaveCount(0);
});

test("a damaged message is refused: nobody is elected where all are", async ({ whitewater }) => {
  await whitewater.rough("Corruption", "100%");
  await whitewater.seek(1.5);
  await expect(whitewater.raft.leaders).toHaveCount(0);
  await whitewater.rough("Corruption", "none");
  await whitewater.seek((await whitewater.at()) + 1.5);
  await expect(whitewater.raft.leaders).toHaveCount(1);
});
