import { BOXES_WORDS, Pwxform } from "./pwxform.ts";
import { salsaMix } from "./salsa-mix.ts";
import type { YescryptSettings } from "./settings.ts";
import {
  fillAndReadMemory,
  fillMemory,
  floorToPower,
  readAndWriteMemory,
  readMemory,
} from "./smix.ts";
import { BLOCK_WORDS } from "./words.ts";

/** The S-boxes are made of the first two blocks of a lane. */
const BOX_WORDS = 2 * BLOCK_WORDS;

/** A lane's blocks, and the S-boxes that mix them. */
interface Lane {
  readonly blocks: Int32Array;
  readonly mixer: Pwxform;
}

/**
 * Runs the blocks of all lanes through the memory, in place; yescrypt's `SMix`.
 *
 * @returns the last block of the first lane as it was once the lane's S-boxes were made
 */
export function mixMemory(
  blocks: Int32Array,
  settings: YescryptSettings,
): { readonly boxSeed: Int32Array } {
  const { cost, parallelization } = settings;
  const size = blocks.length / parallelization;
  const memory = new Int32Array(cost * size);
  const { copies, reads, writes } = loopLengths(settings);
  let boxSeed = new Int32Array();
  const lanes: Lane[] = [];
  for (let index = 0; index < parallelization; index += 1) {
    const lane = openLane(blocks.subarray(index * size, (index + 1) * size));
    if (index === 0) boxSeed = lane.blocks.slice(-BLOCK_WORDS);
    const isLast = index === parallelization - 1;
    const own = isLast ? cost - index * copies : copies;
    const part = { ...lane, memory: memory.subarray(index * copies * size) };
    fillAndReadMemory({ ...part, times: own });
    readAndWriteMemory({ ...part, times: writes }, floorToPower(own));
    lanes.push(lane);
  }
  for (const lane of lanes) readMemory({ ...lane, memory, times: reads }, cost);
  memory.fill(0);
  return { boxSeed };
}

function openLane(blocks: Int32Array): Lane {
  const boxes = new Int32Array(BOXES_WORDS);
  fillMemory({
    blocks: blocks.subarray(0, BOX_WORDS),
    memory: boxes,
    mixer: salsaMix,
    times: BOXES_WORDS / BOX_WORDS,
  });
  return { blocks, mixer: new Pwxform(boxes) };
}

/** Copies that a lane writes, how often it then rewrites its own, and how often it reads all of them. */
function loopLengths({ cost, parallelization, time }: YescryptSettings): {
  readonly copies: number;
  readonly writes: number;
  readonly reads: number;
} {
  const copies = Math.floor(cost / parallelization);
  const all = time > 1 ? copies * (time - 1) : Math.ceil((copies * (time + 1)) / 3);
  const writes = evenUp(Math.floor(all / parallelization));
  return { copies: copies - (copies % 2), writes, reads: evenUp(all) - writes };
}

function evenUp(number: number): number {
  return number + (number % 2);
}
