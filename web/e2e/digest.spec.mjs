// The same scenario and seed give the same digest here as natively and in Node: the golden file is
// the one that those tests compare with.
import { golden, read, seconds } from "./golden.mjs";
import { expect, test } from "./page.mjs";

for (const name of ["calm", "leader-stops", "cut"]) {
  // What is drawn is the real core's run (P1).
  test(`${name}: Chromium agrees with the golden digests, also after going back and forth`, async ({ page, whitewater }) => {
    const { title, until } = JSON.parse(read(`scenarios/${name}.json`));
    const expected = [golden(name, "raft"), golden(name, "almighty")];
    const end = seconds(until);
    await whitewater.choose(title);
    await whitewater.seek(end);
    await expect(page.locator(".app")).toHaveAttribute("data-at", String(end * 1_000_000));
    expect(await whitewater.digests()).toEqual(expected);

    await whitewater.step(-50);
    expect(await whitewater.digests()).not.toEqual(expected);
    await whitewater.step(50);
    expect(await whitewater.digests()).toEqual(expected);

    await whitewater.seek(0);
    expect(await whitewater.digests()).not.toEqual(expected);
    await whitewater.seek(end);
    expect(await whitewater.digests()).toEqual(expected);
  });
}

test("every scenario that the page offers is compared", async ({ whitewater }) => {
  const titles = ["calm", "leader-stops", "cut"].map((name) => JSON.parse(read(`scenarios/${name}.json`)).title);
  await expect(whitewater.scenario.getByRole("option")).toHaveText(titles);
});
