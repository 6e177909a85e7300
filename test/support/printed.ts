// Numbers as books print them: equal when rounding to the printed digits gives what is printed.

/** Whether `value`, rounded to as many significant digits as `printed` shows, is `printed`; a printed 0 is exact. */
export function isPrinted(value: number, printed: string): boolean {
  if (Number(printed) === 0) return value === 0;
  return Number(value.toPrecision(significantDigits(printed))) === Number(printed);
}

/** 0.0250 has three, 1.30e-7 has three. */
function significantDigits(printed: string): number {
  const [mantissa = ""] = printed.toLowerCase().split("e");
  return mantissa.replace(/^[-0.]+/, "").replace(".", "").length;
}
