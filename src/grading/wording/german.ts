// German: the same sentences under the same keys.
import { counted } from "../../derivation/wording/count.ts";
import type { GradingWording } from "./english.ts";

export const german: GradingWording = {
  title: "Rückmeldung",
  and: "und",
  line: (number) => `Zeile ${number}`,
  points: (points, maxPoints) => `${points} von ${maxPoints} ${maxPoints === "1" ? "Punkt" : "Punkten"}`,
  score: (score, maxScore) => `Ergebnis: ${score} von ${maxScore} ${maxScore === "1" ? "Punkt" : "Punkten"}.`,
  written: "Geschrieben:",
  read: "Gelesen als:",
  notRead: "In dieser Zeile wurde keine Relation gelesen; es gibt nichts zu bewerten.",
  relation: (number) => `Relation ${number}: `,

  verdicts: {
    true: "Richtig.",
    false: "Falsch.",
    followThrough:
      "Nicht, was das Netz ergibt, aber der richtige Schritt aus deinem eigenen früheren Ergebnis: er bringt die Punkte.",
    conditional: "Nur unter einer Bedingung richtig.",
    notation: "Richtige Mathematik mit einem Versehen in der Schreibweise.",
    unreadable: "Das konnte nicht gelesen werden; ein Mensch sieht es sich an.",
    undecided: "Das ließ sich weder bestätigen noch widerlegen; ein Mensch sieht es sich an.",
  },
  consequence: "Diese Seite stimmt wieder; der Fehler steht in der Seite davor.",
  trivial:
    "Das folgt nur, weil das frühere Ergebnis so einfach ist, dass nichts mehr zu rechnen bleibt; es bringt keine Punkte.",
  cancels: "Das stimmt, obwohl es auf einem falschen Ergebnis aufbaut.",
  twoErrors:
    "Mit deinem eigenen früheren Ergebnis kommt der richtige Wert heraus, für sich genommen gilt es nicht: zwei Fehler heben sich auf.",
  arithmetic: "Der Weg stimmt, die Zahl nicht.",
  coarse: "Die Seiten stimmen nur überein, weil {decimal} so grob gerundet ist.",
  withinTolerance: "Die Zahl ist nicht richtig gerundet, liegt aber innerhalb der Toleranz.",
  conditions: {
    positive: (count) => `Es gilt, wo {symbols} positiv ${count === 1 ? "ist" : "sind"}.`,
    distribution: () => "Es gilt, wo sich {symbols} zu 1 addieren.",
  },
  noDiagnosis: "Die beiden Seiten sind verschieden; die Zahlen unten zeigen es.",
  counterexample: "Bei {numbers} ist die linke Seite {left} und die rechte Seite {right}.",
  values: "Die linke Seite ist {left}, die rechte {right}.",
  upsideDown:
    "{derivative} hat keinen Wert: die Größe unten hängt von der oben ab. Steht der Bruch auf dem Kopf?",
  hint: "Sieh dir diese Zeile noch einmal an: die beiden Seiten haben nicht denselben Wert.",
  hintAt: "Sieh dir {at} noch einmal an.",
  several: "Jedes davon erklärt die Zeile:",
  together: "Zwei Fehler zusammen erklären die Zeile:",
  missing: "Der fehlende Pfad: {path}.",
  solution: "Das Netz ergibt {head} = {solution}.",

  questions: {
    "chain-rule":
      "Über welche Größen hängt der Verlust von {by} ab? Schreibe {head} als Produkt entlang dieses Weges.",
    "output-delta":
      "Wie ändert sich der Verlust mit {by}? Finde {head} aus dem Verlust und der Funktion der Ausgangseinheit.",
    "hidden-delta": "Welche Einheiten speist {by}? Finde {head} aus ihren Fehlern.",
    gradient:
      "Was multipliziert {by}, oder wozu wird es addiert? Finde {head} aus dem Fehler, bei dem es ankommt.",
    update: "Der Schritt geht gegen die Ableitung: Welche Lernrate ist gegeben? Finde {head}.",
    value: "Welche Zahlen sind gegeben? Setze sie ein, um {head} zu finden.",
    lines: "Wie ändert sich der Verlust mit {by}?",
  },
  rule: "Die Regel: {rule}.",
  chainRule: "Kettenregel, summiert über alles, was die Größe speist",
  lookAgain: (line) => `Zeile ${line} gilt nicht; sieh sie dir an, bevor du weitergehst.`,
  done: "Alles, was gefragt war, ist da.",

  rubric: "Punkte",
  rubricColumns: { requirement: "Verlangt", points: "Punkte", step: "Gezeigt in" },
  requirements: {
    "chain-rule": "Die Kettenregel, genannt oder benutzt",
    "output-delta": "Der Fehler am Ausgang",
    "hidden-delta": "Der Fehler an einer verdeckten Einheit",
    gradient: "Die gefragte Ableitung",
    update: "Der Parameter nach dem Schritt",
    value: "Ihr Wert",
    lines: "Jede Zeile",
  },

  review: "Für einen Menschen zum Ansehen",
  reasons: {
    unreadable: (line) => `Zeile ${line} konnte nicht gelesen werden.`,
    undecided: (line) => `Zeile ${line} ließ sich weder bestätigen noch widerlegen.`,
    conditional: (line) => `Zeile ${line} stimmt nur unter einer Bedingung.`,
    cancels: (line) =>
      `Zeile ${line} stimmt, obwohl sie auf einem falschen Ergebnis aufbaut: zwei Fehler heben sich auf, oder die Zeile kommt nicht aus den vorigen.`,
    "nothing-read": () => "Die Abgabe sagt nichts, was sich beurteilen ließe.",
  },
  lines: (lines) => (lines.length === 0 ? "–" : lines.map((line) => String(line)).join(", ")),
  marked: (lines) => `${counted(lines, "Zeile", "Zeilen")} bewertet.`,
};
