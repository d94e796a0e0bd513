// The seed: read, typed or drawn; one that is none changes nothing but the message.
import { expect, test } from "./page.mjs";

const trouble = (page) => page.locator("#seed-trouble");

test("a new seed is another run from its start", async ({ whitewater }) => {
  await whitewater.seek(1);
  const [seed, digests] = [await whitewater.seed.inputValue(), await whitewater.digests()];
  await whitewater.button("New seed").click();
  await expect(whitewater.seed).not.toHaveValue(seed);
  await whitewater.expectAt(0);
  await whitewater.seek(1);
  expect(await whitewater.digests()).not.toEqual(digests);
});

test("a typed seed is the one that is played", async ({ page, whitewater }) => {
  const run = async (seed) => {
    await whitewater.seed.fill(seed);
    await whitewater.seed.press("Enter");
    await whitewater.expectAt(0);
    await expect(trouble(page)).toBeEmpty();
    await whitewater.seek(1);
    return whitewater.digests();
  };
  const eleven = await run("11");
  expect(await run("79c914fb")).not.toEqual(eleven);
  await expect(whitewater.seed).toHaveValue("79c914fb");
  expect(await run("0xb")).toEqual(eleven);
  await expect(whitewater.seed).toHaveValue("11");
});

for (const [typed, told] of [
  ["river", "is not a number"],
  ["", "Write a number"],
  ["123456789abcdef01", "too large"],
]) {
  test(`“${typed}” is refused, and the run goes on`, async ({ page, whitewater }) => {
    await whitewater.seek(0.5);
    const digests = await whitewater.digests();
    await whitewater.seed.fill(typed);
    await whitewater.seed.press("Enter");
    await expect(trouble(page)).toContainText(told);
    await expect(trouble(page)).toHaveRole("alert");
    await expect(whitewater.seed).toHaveAttribute("aria-invalid", "true");
    await whitewater.expectAt(0.5);
    expect(await whitewater.digests()).toEqual(digests);
  });
}
