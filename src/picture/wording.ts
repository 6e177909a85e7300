// The words of the pictures, by language: titles, and sentences for those who hear a picture instead of seeing it.
// `{name}` marks where formulas go.
import type { Language } from "../derivation/wording/wordings.ts";

const english = {
  and: "and",
  units: "The network as units",
  unitFrom: "{unit} gets {sources}.",
  times: "{source} times {weight}",
  bias: "the bias {bias}",
  dots: "Between {from} and {to} stand {count} more units, drawn as dots.",
  graph: "The computational graph",
  computedFrom: "{quantity} is computed from {sources}.",
  lossFrom: "The loss {loss} is computed from {sources}.",
};

export type PictureWording = typeof english;

const german: PictureWording = {
  and: "und",
  units: "Das Netz in Einheiten",
  unitFrom: "{unit} erhält {sources}.",
  times: "{source} mal {weight}",
  bias: "den Bias {bias}",
  dots: "Zwischen {from} und {to} stehen {count} weitere Einheiten, als Punkte gezeichnet.",
  graph: "Der Rechengraph",
  computedFrom: "{quantity} wird aus {sources} berechnet.",
  lossFrom: "Der Verlust {loss} wird aus {sources} berechnet.",
};

export const pictureWordings: Readonly<Record<Language, PictureWording>> = { en: english, de: german };
