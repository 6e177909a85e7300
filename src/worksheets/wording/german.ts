// German: the same sentences under the same keys.
import { counted } from "../../derivation/wording/count.ts";
import type { SheetWording } from "./english.ts";

export const german: SheetWording = {
  titles: {
    chain: "Kettenprodukte",
    delta: "Rückwärtsrechnung mit Fehlern δ",
    factors: "Fehlende Faktoren",
    numbers: "Rückwärtsrechnung in Zahlen",
    mistake: "Finde den Fehler",
    update: "Ein Schritt des Gradientenabstiegs",
  },
  solutionOf: (title) => `${title}: Lösung`,
  variant: (code) => `Variante ${code}`,
  name: "Name: ______________________________   Datum: ______________",
  and: "und",

  network: "Das Netz",
  definitions: "Das Netz berechnet der Reihe nach:",
  given: "Gegeben sind:",
  kinds: {
    inputs: "Eingaben: {numbers}.",
    targets: "Zielwerte: {numbers}.",
    parameters: "Gewichte und Biaswerte: {numbers}.",
    constants: "Konstanten: {numbers}.",
    learningRate: "Lernrate: {numbers}.",
  },

  task: "Aufgabe",
  taskPoints: (points) => `Aufgabe (${points} ${points === "1" ? "Punkt" : "Punkte"})`,
  solution: "Antworten",
  worked: "Die ganze Herleitung",
  digits: (digits) =>
    `Gib jede Zahl auf ${counted(digits, "gültige Stelle", "gültige Stellen")} an und rechne mit mehr.`,
  asked: {
    chain:
      "Leite {derivatives} mit der Kettenregel her. Finde jeden Pfad vom Verlust zurück zum Parameter, schreibe ihn als Produkt lokaler Ableitungen und rechne jeden Faktor aus.",
    delta:
      "Leite {derivatives} vom Ausgang rückwärts her: zuerst den Fehler δ jeder Einheit auf dem Weg, jeden aus den Fehlern dahinter, dann die Ableitung.",
    factors:
      "Diese Herleitung von {derivatives} ist bis auf die Kästen vollständig. Schreibe in jeden Kasten, was hineingehört.",
    numbers: "Berechne den Verlust und dann {derivatives}.",
    mistake:
      "Jemand hat {derivatives} hergeleitet und einen Fehler gemacht. Alle anderen Zeilen folgen aus den Zeilen davor.",
    update:
      "Berechne {derivatives} und jeden Parameter nach einem Schritt des Gradientenabstiegs. Alle Ableitungen werden bei den alten Werten genommen.",
  },
  mistakeSteps: [
    "Welche Zeile ist falsch, und was ist in ihr falsch?",
    "Schreibe die Zeile so, wie sie heißen muss, und berichtige die Zeilen, die von ihr abhängen.",
  ],
  errors: "Auf dem Weg liegen die Fehler, vom Ausgang rückwärts:",
  wrongLine: "Zeile {line} ist falsch.",
  rightLine: "Sie muss heißen:",
  corrected: "Die Herleitung, berichtigt:",
  wouldGive: "{wrong} statt {right}",
  columns: {
    quantity: "Größe",
    value: "Wert",
    box: "Kasten",
    answer: "Antwort",
    parameter: "Parameter",
    derivative: "Ableitung",
    updated: "Nach dem Schritt",
    result: "Falsches Ergebnis",
    code: "Fehlvorstellung",
    look: "Was man fragt",
  },
  wrongResults: "Falsche Ergebnisse und woher sie kommen",
  wrongResultsIntro: "Jede dieser Zahlen gehört zu einer Fehlvorstellung; die Frage führt zu ihr zurück.",
  catalogue: "Im Katalog der Fehlvorstellungen: {codes}.",
  unseen: "Auf die richtige Zahl führen hier und zeigen sich nur in der Herleitung: {codes}.",
};
