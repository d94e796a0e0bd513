// Any two of the three protocols, side by side, on the same seed and the same faults.
import { golden, read, seconds } from "./golden.mjs";
import { expect, Side, test } from "./page.mjs";

/** Picks a protocol for the first or the second side. */
async function pick(page, whitewater, side, protocol) {
  await page.getByRole("combobox", { name: `Protocol of the ${side} side` }).selectOption(protocol);
  await whitewater.still();
}

/** The protocols, left and right. */
const sides = (page) => page.getByRole("heading", { level: 2, name: /^(Raft|Oldest peer|WaterCraft)( [12])?$/ }).allInnerTexts();

test("each side takes any protocol, also the other one's", async ({ page, whitewater }) => {
  expect(await sides(page)).toEqual(["Raft", "Oldest peer"]);
  await pick(page, whitewater, "first", "WaterCraft");
  expect(await sides(page)).toEqual(["WaterCraft", "Oldest peer"]);
  await pick(page, whitewater, "second", "Raft");
  expect(await sides(page)).toEqual(["WaterCraft", "Raft"]);
  for (const protocol of ["Raft", "Oldest peer", "WaterCraft"]) {
    await pick(page, whitewater, "first", protocol);
    await pick(page, whitewater, "second", protocol);
    expect(await sides(page)).toEqual([`${protocol} 1`, `${protocol} 2`]);
  }
});

test("a run under WaterCraft has the golden digests, left and right", async ({ page, whitewater }) => {
  const { title, until } = JSON.parse(read("scenarios/leader-stops.json"));
  const watercraft = new Side(page, "WaterCraft");
  await whitewater.choose(title);
  for (const [side, other] of [["second", "first"], ["first", "second"]]) {
    await pick(page, whitewater, other, "Raft");
    await pick(page, whitewater, side, "WaterCraft");
    await whitewater.seek(seconds(until));
    await whitewater.still();
    expect(await watercraft.digest()).toEqual(golden("leader-stops", "watercraft"));
    expect(await whitewater.raft.digest()).toEqual(golden("leader-stops", "raft"));
  }
});

test("another protocol keeps scenario and seed, and begins at the start", async ({ page, whitewater }) => {
  const watercraft = new Side(page, "WaterCraft");
  await whitewater.seed.fill("11");
  await whitewater.seed.press("Enter");
  await whitewater.seek(1);
  await pick(page, whitewater, "first", "WaterCraft");
  await whitewater.expectAt(0);
  await expect(whitewater.seed).toHaveValue("11");
  await whitewater.seek(1);
  expect(await watercraft.leader()).toBe("A");
  await expect(whitewater.news).toContainText("WaterCraft: A leads.");
});
