// The sentences of feedback: complete in every language, with the same places for formulas, and in the right number.
import { describe, expect, it } from "vitest";
import type { Language } from "../src/derivation/wording/wordings.ts";
import { misconceptions } from "../src/grading/misconceptions/table.ts";
import { gradingWordings } from "../src/grading/wording/wordings.ts";

/** Arguments that fit every function of the table: numbers, texts of numbers and lists are all counted alike. */
const argumentsTried: readonly (readonly unknown[])[] = [
  ["1", "1"],
  ["2", "3"],
];

const listsOfLines: readonly (readonly unknown[])[] = [[[]], [[1]], [[1, 2]]];

function textsOf(table: object, prefix = ""): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [key, entry] of Object.entries(table)) {
    const name = `${prefix}${key}`;
    if (typeof entry === "string") found.set(name, entry);
    else if (typeof entry === "function") {
      const calls = key === "lines" && prefix === "" ? listsOfLines : argumentsTried;
      for (const [position, args] of calls.entries())
        found.set(`${name}(${position})`, (entry as (...args: readonly unknown[]) => string)(...args));
    } else for (const [inner, text] of textsOf(entry as object, `${name}.`)) found.set(inner, text);
  }
  return found;
}

const placesOf = (sentence: string) => [...new Set(sentence.match(/\{\w+\}/g) ?? [])].sort();

const languages = Object.keys(gradingWordings) as Language[];
const english = textsOf(gradingWordings.en);

describe.each(languages)("The sentences of feedback in %s", (language) => {
  const own = textsOf(gradingWordings[language]);

  it("are complete, with the same places for formulas", () => {
    expect([...own.keys()]).toEqual([...english.keys()]);
    for (const [key, text] of own) {
      expect(placesOf(text), key).toEqual(placesOf(english.get(key)!));
      expect(text, key).not.toMatch(/undefined|NaN|\s{2}/);
    }
  });

  it("have one point in the singular", () => {
    expect([...own.values()].join(" ")).not.toMatch(/\b1 (of|von) 1 (points|Punkten)/);
  });

  it("say what to look at for every misconception", () => {
    for (const { code, look } of misconceptions)
      expect(placesOf(look[language]), code).toEqual(placesOf(look.en));
  });
});
