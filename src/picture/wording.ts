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
  detailed: "Inside the units: multiplications, sums and functions",
  inside: "Weighted inputs add up to {sum}, and the function gives {result}.",
  path: "The paths from {parameter} to {loss}",
  pathNumber: "Path {number} goes through {nodes}.",
  steps: "The backward pass, step by step",
  forward: "Forward: everything is computed from what enters it.",
  messages: "Messages forward and backward",
  error: "{unit} gets the error {delta} back from {users}.",
  generalForward: "The forward message of any unit",
  generalWeight: "The two ends of any weight",
  generalBackward: "The backward message of any unit",
  generalBoth: "Messages forward and backward through any unit",
  preActivation: "pre-activation",
  activation: "activation",
  sends: "Each unit that sends to {unit} is like {source}, times {weight}.",
  stated: "{left} is {right}.",
  comesBack: "Every unit that {unit} sends to gives its error back, such as {error}.",
  graph: "The computational graph",
  computedFrom: "{quantity} is computed from {sources}.",
  isNumber: "{quantity} is a number.",
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
  detailed: "In den Einheiten: Multiplikationen, Summen und Funktionen",
  inside: "Die gewichteten Eingaben ergeben die Summe {sum}, und die Funktion gibt {result}.",
  path: "Die Pfade von {parameter} nach {loss}",
  pathNumber: "Pfad {number} geht durch {nodes}.",
  steps: "Der Rückwärtsdurchlauf, Schritt für Schritt",
  forward: "Vorwärts: alles wird aus dem berechnet, was hineinführt.",
  messages: "Nachrichten vorwärts und rückwärts",
  error: "{unit} erhält den Fehler {delta} von {users} zurück.",
  generalForward: "Die Vorwärtsnachricht einer beliebigen Einheit",
  generalWeight: "Die beiden Enden eines beliebigen Gewichts",
  generalBackward: "Die Rückwärtsnachricht einer beliebigen Einheit",
  generalBoth: "Nachrichten vorwärts und rückwärts durch eine beliebige Einheit",
  preActivation: "Voraktivierung",
  activation: "Aktivierung",
  sends: "Jede Einheit, die an {unit} sendet, ist wie {source}, mal {weight}.",
  stated: "{left} ist {right}.",
  comesBack: "Jede Einheit, an die {unit} sendet, gibt ihren Fehler zurück, so {error}.",
  graph: "Der Rechengraph",
  computedFrom: "{quantity} wird aus {sources} berechnet.",
  isNumber: "{quantity} ist eine Zahl.",
  lossFrom: "Der Verlust {loss} wird aus {sources} berechnet.",
};

export const pictureWordings: Readonly<Record<Language, PictureWording>> = { en: english, de: german };
