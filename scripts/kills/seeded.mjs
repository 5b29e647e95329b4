// Choices that are the same for the same seed.

/** @param {number} seed */
export function seededChoices(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    share: next,
    /** A whole number from `from` to `to`, both included. */
    whole: (from, to) => from + Math.floor(next() * (to - from + 1)),
    one: (list) => list[Math.floor(next() * list.length)],
    chance: (part) => next() < part,
    text: (length, alphabet) => {
      let text = "";
      for (let at = 0; at < length; at += 1) text += alphabet[Math.floor(next() * alphabet.length)];
      return text;
    },
  };
}
