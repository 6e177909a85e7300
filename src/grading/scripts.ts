// A side with other scripts: a layer mark one higher or lower, another index letter, or all scripts of another name.
export interface ScriptEdit {
  readonly text: string;
  readonly code: "layer-off-by-one" | "index-clash" | "derivative-at-wrong-unit" | "wrong-quantity";
}

/** (3), (l), (l+1): what stands in a superscript's brackets. */
const layerMark = /(?<=\^\{?\()([0-9]+|[lL])(?:\s*([+-])\s*1)?(?=\)\}?)/g;

/** The subscript and superscript of a name in either order. */
const scripts =
  /(?<=[a-zA-Z}'])(?:_(?:\{[^{}]*\}|\w)\^(?:\{\([^{}]*\)\}|\w)|\^\{\([^{}]*\)\}_(?:\{[^{}]*\}|\w))/g;

const subscript = /(?<=_)(?:\{([a-z,]+)\}|([a-z]))/g;

/** One name changed at a time, layers first: the plainest slip. `head` is the other side, whose letters and scripts may belong. */
export function scriptEdits(side: string, head: string): readonly ScriptEdit[] {
  return [...otherLayers(side), ...otherLetters(side, head), ...otherScripts(side, head)];
}

function otherLayers(side: string): readonly ScriptEdit[] {
  return [...side.matchAll(layerMark)].flatMap(({ 0: mark, 1: base = "", 2: sign, index }) =>
    shifted(base, sign).map(
      (other): ScriptEdit => ({
        text: `${side.slice(0, index)}${other}${side.slice(index + mark.length)}`,
        code: "layer-off-by-one",
      }),
    ),
  );
}

/** The layers beside one: 2 and 4 of 3, l and l+1 of l, l of l−1. */
function shifted(base: string, sign: string | undefined): readonly string[] {
  if (/[0-9]/.test(base)) return [Number(base) - 1, Number(base) + 1].map(String);
  return sign === undefined ? [`${base}-1`, `${base}+1`] : [base];
}

function otherLetters(side: string, head: string): readonly ScriptEdit[] {
  const places = lettersIn(side);
  const letters = [...new Set([...places, ...lettersIn(head)].map(({ character }) => character))];
  return places.flatMap(({ character, at }) =>
    letters
      .filter((letter) => letter !== character)
      .map(
        (letter): ScriptEdit => ({
          text: side.slice(0, at) + letter + side.slice(at + 1),
          code: "index-clash",
        }),
      ),
  );
}

function lettersIn(side: string): readonly { readonly character: string; readonly at: number }[] {
  return [...side.matchAll(subscript)].flatMap(({ 0: written, index }) =>
    [...written].flatMap((character, at) => (/[a-z]/.test(character) ? [{ character, at: index + at }] : [])),
  );
}

/** Both scripts of a name as another name of the line has them; inside a slope, that is another unit's slope. */
function otherScripts(side: string, head: string): readonly ScriptEdit[] {
  const places = [...side.matchAll(scripts)].map(({ 0: text, index }) => ({ text, index }));
  const texts = [...new Set([...places.map(({ text }) => text), ...(head.match(scripts) ?? [])])];
  return places.flatMap(({ text, index }) =>
    texts
      .filter((other) => other !== text)
      .map(
        (other): ScriptEdit => ({
          text: side.slice(0, index) + other + side.slice(index + text.length),
          code: isOfSlope(side.slice(0, index)) ? "derivative-at-wrong-unit" : "wrong-quantity",
        }),
      ),
  );
}

/** f'(z, σ'(z, 1 − a: the name stands in the derivative of a function. */
function isOfSlope(before: string): boolean {
  return /(?:'|\\prime\}?)\s*(?:\\left)?\(\s*[a-z]+$|1\s*-\s*(?:\\left)?\(?\s*[a-z]+$/.test(before);
}
