// The library's whole surface: HTTP, the command line and the benchmarks call these functions and nothing else.
export { catalogue } from "./catalogue.ts";
export { isLanguage } from "./code/formats.ts";
export { costEstimate } from "./cost.ts";
export { derivation, type Format, type Outside } from "./derivations.ts";
export { gradeFeedback, grades, hint } from "./grades.ts";
export { gradients } from "./gradients.ts";
export { lintPage } from "./linting.ts";
export { translation } from "./translations.ts";
export {
  seedsOf,
  variantFiles,
  worksheet,
  worksheetDocument,
  worksheetMoodle,
  worksheetPrairieLearn,
} from "./worksheets.ts";
export { isPictureFormat } from "./writers/pictures.ts";
