// A reader of QR codes that shares nothing with the program that draws them.
import jsqr from "jsqr";

/** The package is CommonJS: its types say `default`, which Node and the test runner have taken already. */
export const decode = jsqr as unknown as typeof jsqr.default;
