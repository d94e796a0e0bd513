// Loads the chunks of the app. `cargo xtask build` puts this into the app's glue, where `wasm` is
// what the app exports, together with `shared`, what chunks import from the app, and `loaders`.

/** The chunks that are here or on their way, by their files. */
const chunks = new Map();

function chunk(file) {
  if (!chunks.has(file)) {
    const coming = fetchChunk(file);
    // What failed once may be asked for again.
    coming.catch(() => chunks.delete(file));
    chunks.set(file, coming);
  }
  return chunks.get(file);
}

async function fetchChunk(file) {
  const response = await fetch(new URL(file, import.meta.url));
  if (!response.ok) throw new Error(`${file}: ${response.status} ${response.statusText}`);
  // Labelled, so that it compiles on arrival from a host that does not know its type.
  const labelled = new Response(response.body, { headers: { "content-type": "application/wasm" } });
  await WebAssembly.instantiateStreaming(labelled, { __wasm_split: shared() });
}

/** What the app calls to load a chunk that is made up of these files; `told` hears whether it came. */
const loader =
  (...files) =>
  async (told, context) => {
    let came = true;
    try {
      await Promise.all(files.map(chunk));
    } catch (error) {
      came = false;
      console.warn(error);
    }
    wasm.__indirect_function_table.get(told)(context, came);
  };

/** Loads all chunks, one after the other, so that they are here when they are asked for. */
export async function warm(files = allFiles) {
  for (const file of files) await chunk(file);
}
