// Reads pairs of frames and tells where a terminal shows them differently outside of what may differ.
//
// Standard input: lines of JSON {"name", "columns", "rows", "hostile", "harmless", "mask"}: the frames in base64, the mask as rows
// of characters, "." for a cell that must be the same in both. Standard output: one line of JSON per difference, then "done N".
import { createInterface } from "node:readline";
import xterm from "@xterm/headless";

const KEPT_MODES = [
  "applicationCursorKeysMode",
  "applicationKeypadMode",
  "bracketedPasteMode",
  "insertMode",
  "mouseTrackingMode",
  "originMode",
  "reverseWraparoundMode",
  "sendFocusMode",
  "wraparoundMode",
];

function show(frame, columns, rows) {
  const terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 100 });
  const noise = [];
  terminal.onBell(() => noise.push("bell"));
  terminal.onTitleChange((title) => noise.push(`title ${title}`));
  terminal.onData((data) => noise.push(`answer ${JSON.stringify(data)}`));
  for (const code of [0, 1, 2, 4, 8, 10, 11, 12, 52, 104, 777]) {
    terminal.parser.registerOscHandler(code, (data) => {
      noise.push(`osc ${code} ${data}`);
      return true;
    });
  }
  return new Promise((resolve) => {
    terminal.write(Buffer.from(frame, "base64"), () => {
      const seen = look(terminal, columns, rows);
      seen.noise = noise;
      terminal.dispose();
      resolve(seen);
    });
  });
}

function look(terminal, columns, rows) {
  const buffer = terminal.buffer.active;
  const cells = [];
  for (let y = 0; y < rows; y++) {
    const line = buffer.getLine(buffer.viewportY + y);
    for (let x = 0; x < columns; x++) {
      const cell = line.getCell(x);
      cells.push(
        [
          cell.getChars() || " ",
          cell.getWidth(),
          cell.getFgColorMode(),
          cell.getFgColor(),
          cell.getBgColorMode(),
          cell.getBgColor(),
          cell.isBold(),
          cell.isDim(),
          cell.isInverse(),
          cell.isUnderline(),
          cell.isInvisible(),
          cell.isBlink(),
        ].join(" "),
      );
    }
  }
  const modes = Object.fromEntries(KEPT_MODES.map((mode) => [mode, terminal.modes[mode]]));
  return { cells, modes, kind: buffer.type, cursor: [buffer.cursorX, buffer.cursorY], scrolled: buffer.baseY };
}

function differences(pair, hostile, harmless) {
  const found = [];
  for (const aspect of ["modes", "kind", "cursor", "scrolled", "noise"]) {
    const [a, b] = [JSON.stringify(hostile[aspect]), JSON.stringify(harmless[aspect])];
    if (a !== b) found.push({ name: pair.name, aspect, hostile: a, harmless: b });
  }
  if (hostile.noise.length > 0) found.push({ name: pair.name, aspect: "noise", hostile: hostile.noise });
  pair.mask.forEach((row, y) => {
    [...row].forEach((mark, x) => {
      const at = y * pair.columns + x;
      if (mark === "." && hostile.cells[at] !== harmless.cells[at]) {
        found.push({ name: pair.name, aspect: `cell ${x},${y}`, hostile: hostile.cells[at], harmless: harmless.cells[at] });
      }
    });
  });
  return found;
}

let count = 0;
for await (const line of createInterface({ input: process.stdin })) {
  const pair = JSON.parse(line);
  const hostile = await show(pair.hostile, pair.columns, pair.rows);
  const harmless = await show(pair.harmless, pair.columns, pair.rows);
  for (const difference of differences(pair, hostile, harmless)) console.log(JSON.stringify(difference));
  count++;
}
console.log(`done ${count}`);
