import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type EditorEvent, LineEditor } from "./line-editor.ts";

function press(editor: LineEditor, keys: string | Uint8Array): readonly EditorEvent[] {
  return [...Buffer.from(keys)].map((byte) => editor.press(byte));
}

function typed(keys: string): string {
  const editor = new LineEditor();
  press(editor, keys);
  return Buffer.from(editor.typed).toString("utf8");
}

describe("a line typed on a terminal", () => {
  it("is the text as it was typed, of whatever script", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        fc.pre(!/[\p{Cc}]/u.test(text));
        expect(typed(text)).toBe(text);
      }),
    );
  });

  it("loses its last character at Backspace, all of it at Ctrl-U", () => {
    expect(typed("pä\u007f")).toBe("p");
    expect(typed("😀\b")).toBe("");
    expect(typed("\u007f\u007fx")).toBe("x");
    expect(typed("wrong\u0015right")).toBe("right");
  });

  it("is not changed by keys that move the cursor, nor by other controls", () => {
    expect(typed("a\u001b[Db\u001bOPc\u001b[1;5Cd\u0000\u0007e\tf")).toBe("abcde\tf");
  });

  it("ends at Enter, once for a carriage return with its line feed", () => {
    const editor = new LineEditor();
    expect(press(editor, "a\r\n").filter((event) => event === "line")).toHaveLength(1);
    expect(press(new LineEditor(), "\n\n")).toEqual(["line", "line"]);
  });

  it("is given up at Ctrl-C, and at Ctrl-D only when it is empty", () => {
    expect(press(new LineEditor(), "\u0003")).toEqual(["interrupt"]);
    expect(press(new LineEditor(), "\u0004")).toEqual(["end"]);
    expect(press(new LineEditor(), "a\u0004")).toEqual(["changed", "changed"]);
  });

  it("is zeros once it is cleared", () => {
    const editor = new LineEditor();
    press(editor, "secret");
    const view = editor.typed;
    editor.clear();
    expect([...view]).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it("keeps to its bounds, however much is pasted", () => {
    const editor = new LineEditor();
    press(editor, Buffer.alloc(100_000, "x"));
    expect(editor.typed).toHaveLength(16 * 1024);
  });
});
