// What clients do about a node that does not answer: a circuit breaker, told as it works.
import { expect, test } from "./page.mjs";

test("a client stops asking a node that stands still, and tries it once in a while", async ({ whitewater }) => {
  const { raft } = whitewater;
  await whitewater.seek(0.9);
  const old = await raft.leader();
  await whitewater.do(raft, old, "Pause");
  await whitewater.writeAt(raft, old, 77);
  // Three attempts of a quarter of a second fail, then a second passes for each trial.
  for (const [at, told] of [
    [1.9, `Client 1 stops asking ${old}: too many answers in a row failed to come.`],
    [2.85, `Client 1 may try ${old} once.`],
    [3.2, `Client 1 tried ${old} in vain, and leaves it alone again.`],
    [1.9, `Client 1 stops asking ${old}: too many answers in a row failed to come.`],
  ]) {
    await whitewater.seek(at);
    for (const side of whitewater.sides) await expect(side.caption).toContainText(told);
  }
});
