// Acting in the past keeps the future that was there, and it can be taken up again.
import { expect, test } from "./page.mjs";

test("a branch that is taken up again is the very same run", async ({ page, whitewater }) => {
  const branch = page.getByRole("button", { name: /^Earlier future kept/ });
  await whitewater.seek(1.5);
  await whitewater.tool("Stop the leader").click();
  await whitewater.still();
  // Acting in the past of nothing but the slider's own reach makes branches too: this one is ours.
  const before = await branch.count();
  await whitewater.playTo(2);
  const reached = await whitewater.at();
  // In words: another branch takes a line of the timeline, and the stages become a little smaller.
  // Sorted: which elements of a pool stand where depends on the way here.
  const words = async () => {
    const told = await Promise.all(whitewater.sides.map((side) => side.stage.ariaSnapshot()));
    return told.map((lines) => lines.split("\n").sort());
  };
  const [digests, told] = [await whitewater.digests(), await words()];

  await whitewater.seek(1);
  await whitewater.cut(["A", "B"]);
  await expect(branch).toHaveCount(before + 1);
  await whitewater.playTo(1.8);
  expect(await whitewater.digests()).not.toEqual(digests);

  await branch.filter({ hasText: "the leader stops" }).first().click();
  await whitewater.expectAt(reached);
  await expect.poll(() => whitewater.digests()).toEqual(digests);
  await expect.poll(words).toEqual(told);
  // The other future was not lost either.
  await expect(branch.filter({ hasText: "it is cut" })).toHaveCount(1);
});

test("all that was done by hand can be undone", async ({ whitewater }) => {
  await whitewater.seek(1);
  const digests = await whitewater.digests();
  await whitewater.tool("Stop the leader").click();
  await whitewater.button("Undo all that was done by hand").click();
  await whitewater.expectAt(0);
  await expect(whitewater.button("Undo all that was done by hand")).toBeDisabled();
  await whitewater.seek(1);
  expect(await whitewater.digests()).toEqual(digests);
});
