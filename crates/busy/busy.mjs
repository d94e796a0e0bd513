// Measures the busy cluster as WebAssembly: prints its steps and the seconds that they took, a line
// for each round. The arguments: the glue that wasm-bindgen made, and how many rounds.

import { pathToFileURL } from 'node:url';

/** How many minutes of it are one round. */
const MINUTES = 5;

const [glue, rounds = '1'] = process.argv.slice(2);
const { play } = await import(pathToFileURL(glue).href);
for (let round = 0; round < Number(rounds); round += 1) {
  const begin = performance.now();
  let steps = 0;
  for (let minute = 0; minute < MINUTES; minute += 1) {
    steps += play();
  }
  console.log(`${steps} ${((performance.now() - begin) / 1000).toFixed(6)}`);
}
