// The same scenario and seed give the same digest here as natively and in Node: the golden file is
// the one that those tests compare with.
import { golden, read, seconds } from "./golden.mjs";
import { expect, test } from "./page.mjs";

const offered = [
  "calm",
  "leader-stops",
  "cut",
  "split-vote",
  "minority-leader",
  "resurrected-leader",
  "newcomer",
  "face-off",
  "overload",
  "flaky-network",
];
const scenario = (name) => JSON.parse(read(`scenarios/${name}.json`));

for (const name of offered) {
  // What is drawn is the real core's run (P1).
  test(`${name}: Chromium agrees with the golden digests, also after going back and forth`, async ({ page, whitewater }) => {
    const { title, until, protocols = ["raft", "almighty"] } = scenario(name);
    const both = async () => {
      const [raft, almighty] = await whitewater.digests();
      return [protocols.includes("raft") && raft, protocols.includes("almighty") && almighty];
    };
    const expected = ["raft", "almighty"].map((protocol) => protocols.includes(protocol) && golden(name, protocol));
    const end = seconds(until);
    await whitewater.choose(title);
    await whitewater.seek(end);
    await expect(page.locator(".app")).toHaveAttribute("data-at", String(end * 1_000_000));
    expect(await both()).toEqual(expected);

    await whitewater.step(-50);
    expect(await both()).not.toEqual(expected);
    await whitewater.step(50);
    expect(await both()).toEqual(expected);

    await whitewater.seek(0);
    expect(await both()).not.toEqual(expected);
    await whitewater.seek(end);
    expect(await both()).toEqual(expected);
  });
}

test("every scenario that the page offers is compared", async ({ whitewater }) => {
  const titles = offered.map((name) => scenario(name).title);
  await expect(whitewater.scenario.getByRole("option")).toHaveText(titles);
});
