// Deutsch: dieselben Sätze unter denselben Schlüsseln.
import { rowOf } from "../../table.ts";
import { type Count, counted, isOne } from "./count.ts";
import type { Wording } from "./english.ts";

function times(count: number): string {
  return ["gar nicht", "einmal", "zweimal"][count] ?? `${count}-mal`;
}

const lying = { columns: "Spalten", rows: "Zeilen" } as const;
const layouts = { denominator: "Nenner-Layout", numerator: "Zähler-Layout" } as const;

/** Functions that have a German name of their own. */
const functionNames: Readonly<Record<string, string>> = {
  identity: "die Identität",
  sigmoid: "die Sigmoidfunktion",
  exp: "die Exponentialfunktion",
  sin: "der Sinus",
};

/** What is agreed at kinks, and what else keeps the independent engine from comparing, by its English sentence. */
const refereeReasons: Readonly<Record<string, string>> = {
  "The independent engine has no finite value here, even in 64 digits.":
    "Das unabhängige Programm hat hier auch mit 64 Stellen keinen endlichen Wert.",
  "The derivative of ReLU at 0 is taken as 0 (PyTorch, TensorFlow, JAX).":
    "Die Ableitung von ReLU bei 0 wird als 0 vereinbart (PyTorch, TensorFlow, JAX).",
  "The derivative of leaky ReLU at 0 is taken as alpha (PyTorch).":
    "Die Ableitung von Leaky-ReLU bei 0 wird als Alpha vereinbart (PyTorch).",
  "The derivative of ELU at 0 is taken as alpha (PyTorch).":
    "Die Ableitung von ELU bei 0 wird als Alpha vereinbart (PyTorch).",
  "The derivative of SELU at 0 is taken as lambda times alpha (PyTorch).":
    "Die Ableitung von SELU bei 0 wird als Lambda mal Alpha vereinbart (PyTorch).",
  "The derivative of |x| at 0 is taken as 0 (PyTorch, TensorFlow, JAX).":
    "Die Ableitung von |x| bei 0 wird als 0 vereinbart (PyTorch, TensorFlow, JAX).",
  "At a tie each argument of max gets half (PyTorch's maximum, JAX).":
    "Bei Gleichstand erhält jedes Argument von max die Hälfte (maximum in PyTorch, JAX).",
  "At a tie each argument of min gets half (PyTorch's minimum, JAX).":
    "Bei Gleichstand erhält jedes Argument von min die Hälfte (minimum in PyTorch, JAX).",
  "The sign of 0 is 0, and its derivative there is taken as 0 (PyTorch).":
    "Das Vorzeichen von 0 ist 0, und seine Ableitung dort wird als 0 vereinbart (PyTorch).",
  "The step is 0 at 0, and its derivative there is taken as 0.":
    "Die Stufe ist bei 0 gleich 0, und ihre Ableitung dort wird als 0 vereinbart.",
  "The derivative of max(0, x) at its corner is taken as 0 (scikit-learn's hinge).":
    "Die Ableitung von max(0, x) an der Ecke wird als 0 vereinbart (Hinge-Verlust in scikit-learn).",
  "Where the condition is exactly 0, the second case holds.":
    "Wo die Bedingung genau 0 ist, gilt der zweite Fall.",
  "The derivative of clip in x at its lower bound is taken as 0.":
    "Die Ableitung von clip nach x an der unteren Grenze wird als 0 vereinbart.",
  "The derivative of clip in x at its upper bound is taken as 0.":
    "Die Ableitung von clip nach x an der oberen Grenze wird als 0 vereinbart.",
};

export const german: Wording = {
  page: {
    contents: "Inhalt",
    equations: "Gleichungen",
    table: "Tabelle",
    permalink: "Permalink",
    copyOf: (what) => `${what} kopieren`,
    copyHint: "Strg+A oder ⌘A im Feld drücken, dann kopieren. Escape schließt es.",
    close: "Schließen",
    pageOf: "Seite {page} von {pages}",
    colophon: "Diese Herleitung, auch als Webseite, als LaTeX und als Daten:",
    variantAlt: (code) => `QR-Code der Variante ${code}`,
    codeAlt: "QR-Code des Permalinks, der daneben steht",
  },
  title: "Der Gradient, von Hand gerechnet",
  and: "und",

  picture: "Das Netz",
  background: "Worum es geht",
  backgroundForward: "Der Vorwärtsdurchlauf hat drei Teile:",
  backgroundForwardParts: [
    "die Eingaben gelangen in das Netz,",
    "jede verdeckte Einheit und jede Ausgabeeinheit summiert, Schicht für Schicht, ihre gewichteten Eingaben und wendet ihre Aktivierungsfunktion an,",
    "die Verlustfunktion vergleicht die Ausgaben mit den Zielwerten.",
  ],
  backgroundBackward: "Der Rückwärtsdurchlauf hat zwei:",
  backgroundBackwardParts: [
    "die Kettenregel liefert die Ableitung des Verlusts nach jedem Gewicht und jedem Bias, von der Ausgabe zurück zu den Eingaben,",
    "jedes Gewicht und jeder Bias geht einen Schritt gegen seine Ableitung, damit der Verlust kleiner wird.",
  ],
  backgroundPartial:
    "Wie stark ändert sich das Körpergewicht y eines Menschen, wenn sich die Zeit x für Sport ein wenig ändert? Das sagt die Ableitung dy/dx. Spielt auch die Ernährung u eine Rolle, so ist ∂y/∂x die Antwort bei unveränderter Ernährung und ∂y/∂u die Antwort für die Ernährung bei unverändertem Sport. Eine partielle Ableitung ändert eine Größe und hält die übrigen fest.",
  backgroundFunctions:
    "Übliche Aktivierungsfunktionen sind die Sigmoidfunktion, tanh und ReLU. Ohne eine nichtlineare Funktion dazwischen könnten mehrere Schichten nicht mehr als eine.",
  backgroundModes:
    "Backpropagation ist automatisches Differenzieren im Rückwärtsmodus, angewandt auf den Verlust: Die Kettenregel wird von außen nach innen verfolgt, jeder Faktor ist die Ableitung einer elementaren Operation, und jede Kette liefert eine Komponente des Gradienten.",

  forward: "Vorwärtsdurchlauf",
  forwardIntro: "Alle Größen des Netzes, von den Eingaben bis zum Verlust.",
  forwardIntroNumbers:
    "Alle Größen des Netzes, von den Eingaben bis zum Verlust: Definition, eingesetzte Zahlen, Ergebnis.",
  forwardTerms:
    "Die gewichtete Summe {sum} heißt Voraktivierung; die Funktion macht daraus die Aktivierung {activation} der Einheit. Alle Größen in dieser Reihenfolge zu berechnen heißt Vorwärtsdurchlauf.",
  layerMarks:
    "Der untere Index zählt die Einheiten einer Schicht, der obere nennt die Schicht; die Eingaben sind Schicht {layer}:",
  halfLoss:
    "Der Faktor 1/2 hebt die 2 auf, die aus der Potenzregel kommt. Ein konstanter Faktor verschiebt das Minimum nicht.",
  forwardSamples: (samples: number) =>
    isOne(samples)
      ? "Dies sind die Werte für den Datenpunkt."
      : `Dieselben Definitionen gelten für jeden der ${samples} Datenpunkte; dies sind ihre Werte.`,
  overSamples: "Über alle Datenpunkte",
  overSamplesIntro: (reduction, samples) =>
    `Der Verlust des Netzes ist ${reduction === "mean" ? "das Mittel" : "die Summe"} über ${counted(samples, "Datenpunkt", "Datenpunkte")}; deshalb wird zuerst für einen einzelnen Datenpunkt abgeleitet und danach ebenso zusammengefasst.`,
  units: "Im Inneren einer Einheit",
  unitsIntro:
    "Eine gezeichnete Einheit steht für drei Schritte: Multiplikationen, eine Summe und eine Funktion.",
  unitsColumns: { unit: "Einheit", products: "Multiplikationen", sum: "Summe", result: "Funktion" },
  quantity: "Größe",
  graph: "Der Graph",
  graphIntro:
    "Woraus jede Größe berechnet wird und was sie verwendet. Zu jeder Verbindung gehört eine lokale Ableitung.",
  graphColumns: { quantity: "Größe", from: "Berechnet aus", users: "Verwendet von" },

  abstractFunction: "eine abstrakte Funktion",
  functionName: (name) => rowOf(functionNames, name) ?? name,
  activationAll: "Die Aktivierungsfunktion aller Einheiten ist {name}.",
  activationOf: (symbols) =>
    isOne(symbols)
      ? "Die Funktion für die Aktivierung {symbols} ist {name}."
      : "Die Funktion für die Aktivierungen {symbols} ist {name}.",

  chain: "Vollständige Kettenprodukte",
  chainIntro:
    "Ein Pfad vom Verlust zurück zu einem Parameter ist ein Produkt lokaler Ableitungen; die Ableitung ist die Summe über alle Pfade.",
  chainOf: "Ableitung nach {parameter}",
  growth:
    "Die Kettenregel wird wieder und wieder angewandt, vom Verlust zum Parameter hin, bis jeder Faktor die Ableitung einer einzigen Definition ist.",
  noPath: "Von diesem Parameter führt kein Pfad zum Verlust, also ist die Ableitung 0.",
  pathsListed: (total, shown) => {
    if (BigInt(total) === BigInt(shown))
      return isOne(total) ? "Es gibt einen Pfad zum Verlust." : `Es gibt ${total} Pfade zum Verlust.`;
    return `Es gibt ${total} Pfade zum Verlust; ${shown} davon ${isOne(shown) ? "ist" : "sind"} hier ausgeschrieben, und die δ-Form summiert sie alle.`;
  },
  localIntro: (factors) => `Die ${isOne(factors) ? "lokale Ableitung" : "lokalen Ableitungen"} darin:`,
  localKnown: (factors) =>
    isOne(factors)
      ? "Die lokale Ableitung darin wurde schon oben bestimmt."
      : "Alle lokalen Ableitungen darin wurden schon oben bestimmt.",
  localPartlyKnown: (factors) =>
    isOne(factors) ? "Schon oben bestimmt wurde {factors}." : "Schon oben bestimmt wurden {factors}.",
  definition: "Definition",
  path: (number) => `Pfad ${number}, über {nodes}:`,
  pathSum: "Die Pfade zusammen:",

  meanings: {
    lossByOutput: "{derivative} sagt, wie stark sich der Verlust {of} mit der Ausgabe {by} ändert.",
    lossByPart:
      "{derivative} sagt, wie stark sich der gesamte Verlust {of} mit dem Verlust {by} einer Ausgabe ändert.",
    lossByPenalty:
      "{derivative} sagt, wie stark sich der gesamte Verlust {of} mit dem Strafterm {by} ändert.",
    penaltyByWeight: "{derivative} sagt, wie stark sich der Strafterm {of} mit {by} ändert.",
    activationByPreActivation:
      "{derivative} sagt, wie stark sich die Aktivierung {of} mit ihrer gewichteten Summe {by} ändert: Das ist die Ableitung der Aktivierungsfunktion.",
    softmax:
      "{derivative} sagt, wie stark sich die Ausgabe {of} mit der gewichteten Summe {by} ändert: Softmax verbindet alle Einheiten der Schicht.",
    preActivationByWeight:
      "{derivative} sagt, wie stark sich die gewichtete Summe {of} mit dem Gewicht {by} ändert: Das ist {result}, das Signal, mit dem das Gewicht multipliziert wird.",
    preActivationByBias:
      "{derivative} sagt, wie stark sich die gewichtete Summe {of} mit dem Bias {by} ändert: Das ist {result}, denn der Bias wird nur addiert.",
    preActivationByActivation:
      "{derivative} sagt, wie stark sich die gewichtete Summe {of} mit der Aktivierung {by} einer früheren Einheit ändert: Das ist {result}, das Gewicht der Verbindung.",
    other: "{derivative} sagt, wie stark sich {of} mit {by} ändert.",
  },

  rules: {
    sum: "Summenregel",
    "constant-multiple": "konstanter Faktor",
    product: "Produktregel",
    quotient: "Quotientenregel",
    power: "Potenzregel",
    exponential: "Exponentialregel",
    function: "Ableitung der Funktion",
    activation: "Ableitung der Aktivierung",
    softmax: "Ableitung von Softmax",
    identity: "eine Größe nach sich selbst",
  },

  deltas: "Fehler, von der Ausgabe rückwärts",
  deltasIntro:
    "Jedes δ, Fehler genannt, ist die Ableitung des Verlusts nach einer Zwischengröße. Es wird einmal berechnet, gespeichert und überall wiederverwendet, wo es vorkommt.",
  deltaScripts: "Ein δ trägt den unteren und den oberen Index der Größe, zu der es gehört.",
  deltaFrom: (deltas) =>
    isOne(deltas) ? "{deltas} wird von oben übernommen" : "{deltas} werden von oben übernommen",
  usedBy: (users) =>
    users === 0 ? "Es wird nicht wieder verwendet." : `Es wird ${times(users)} verwendet: in {users}.`,
  gradients: "Gradienten",
  gradientsIntro:
    "Mit den gespeicherten Fehlern ist jede Ableitung ein kurzes Produkt: der Fehler hinter dem Parameter mal das Signal davor.",
  gradientFrom: (deltas) =>
    isOne(deltas) ? "{deltas} ist oben gespeichert" : "{deltas} sind oben gespeichert",
  gradientVector: (parameters) =>
    `Der Gradient fasst ${isOne(parameters) ? "die Ableitung nach dem Parameter" : `die Ableitungen nach allen ${parameters} Parametern`} zusammen. Er zeigt dorthin, wo der Verlust am schnellsten wächst:`,

  indexed: "Die Regeln mit Indizes",
  indexedIntro:
    "Jede Regel steht einmal für alle Einheiten einer Schicht. Freie Indizes stehen auf beiden Seiten einer Zeile, gebundene unter ihrem Σ.",
  generalIntro:
    "Jede Regel steht einmal für eine beliebige Einheit des Netzes. Die Einheit mit der Aktivierung {here} empfängt Verbindungen von den Einheiten mit den Aktivierungen {before} und sendet Verbindungen an die Einheiten mit den Aktivierungen {after}; eine Eingabe zählt als Einheit mit gegebener Aktivierung.",
  errors: "Die Ableitungen {delta} nach den Voraktivierungen heißen Fehler.",
  local:
    "Das ist eine lokale Rechnung: das Fehlersignal am Ausgangsende des Gewichts mal das Aktivierungssignal an seinem Eingangsende.",
  allUsers: "Eine Verbindung, die eine Schicht überspringt, zählt wie jede andere.",
  algorithm: "Der Algorithmus",
  boxes: {
    forward: "Vorwärtsdurchlauf",
    error: "Fehler an der Ausgabe",
    backward: "Fehler rückwärts",
    derivative: "Ableitungen",
  },
  boxIntro: {
    forward: "Für jede Einheit, in Vorwärtsrichtung:",
    error: "Für jede Ausgabeeinheit:",
    backward:
      "Für jede verdeckte Einheit, in umgekehrter Reihenfolge; die Summe läuft über alle Einheiten, an die sie eine Verbindung sendet:",
    derivative:
      "Für jedes Gewicht und jeden Bias: der Fehler am Ausgangsende mal das Signal am Eingangsende.",
  },
  throughAll:
    "Was eine Einheit weitergibt, erreicht den Verlust über jede Einheit, die es verwendet; alle diese Wege werden addiert:",

  vectors: {
    indexedIntro:
      "Jede Regel steht einmal für alle Einträge eines Vektors. Freie Indizes stehen auf beiden Seiten einer Zeile, gebundene unter ihrem Σ.",
    boxIntro: {
      forward: "Für jede Größe, in Vorwärtsrichtung:",
      error: "Für jede Größe, aus der der Verlust unmittelbar berechnet wird:",
      backward:
        "Für jede Größe davor, in umgekehrter Reihenfolge; die Summe läuft über alles, was aus ihr berechnet wird:",
      derivative: "Für jeden Parameter; die Summe läuft über alles, was aus ihm berechnet wird:",
    },
    matrix: "Ganze Vektoren auf einmal",
    jacobianOf:
      "Die Ableitung eines Vektors nach einem anderen hat eine Zeile für jeden Eintrag des ersten und eine Spalte für jeden Eintrag des zweiten.",
    fourIndices:
      "Die Jacobi-Matrix von {above} nach {below} hat vier Indizes und die Form {shape}: {size} Zahlen. Das Vektor-Jacobi-Produkt (VJP), das an ihre Stelle tritt, hat {product}. Sie wird nie aufgestellt, und am Ende bleiben nur die Ableitungen nach den Parametern.",
  },

  matrix: "Ganze Schichten auf einmal",
  matrixIntro: (layout, vectorsAre, samples) => {
    const lies = isOne(samples)
      ? `Vektoren sind ${lying[vectorsAre]}`
      : `Die ${samples} Datenpunkte sind die ${lying[vectorsAre]} jeder Matrix`;
    const shape =
      layout === "denominator"
        ? "hat die Ableitung nach einer Matrix deren Form"
        : "hat die Ableitung nach einer Matrix deren transponierte Form, und die Fehler liegen quer zu den Vektoren ihrer Schicht";
    return `${lies}; im hier verwendeten ${layouts[layout]} ${shape}. ⊙ multipliziert Eintrag für Eintrag.`;
  },
  matricesAgree: (lines) =>
    isOne(lines)
      ? "Die Matrixzeile wurde mit Matrizen nachgerechnet und stimmt Eintrag für Eintrag mit den Summen über die Indizes überein."
      : `Alle ${lines} Matrixzeilen wurden mit Matrizen nachgerechnet und stimmen Eintrag für Eintrag mit den Summen über die Indizes überein.`,
  matricesDiffer: (lines) =>
    isOne(lines)
      ? "Die Matrixzeile {ids} stimmt nicht mit den Summen über die Indizes überein. Bitte nicht verwenden, sondern dieses Netz melden."
      : "Die Matrixzeilen {ids} stimmen nicht mit den Summen über die Indizes überein. Bitte nicht verwenden, sondern dieses Netz melden.",
  jacobians: "Jacobi-Matrizen",
  jacobianOf:
    "Die Ableitung einer Schicht nach einer anderen hat eine Zeile für jede Einheit der ersten und eine Spalte für jede Einheit der zweiten.",
  jacobianDiagonal:
    "Sie ist diagonal; mit ihr zu multiplizieren heißt, Eintrag für Eintrag zu multiplizieren. Sie muss also nicht aufgestellt werden.",
  jacobianSize: (jacobian, product) =>
    `Als Matrix enthält sie ${counted(jacobian, "Zahl", "Zahlen")}; das Produkt mit dem Fehler, und nur dieses wird gebraucht, enthält ${counted(product, "Zahl", "Zahlen")}.`,
  jacobianProduct:
    "Der Fehler an {below} ist die transponierte Jacobi-Matrix mal der Fehler an {above}. Das ist das Vektor-Jacobi-Produkt (VJP):",
  batchJacobian: (samples, into, from, entries, product) =>
    `Für ${counted(samples, "Datenpunkt", "Datenpunkte")} hätte die Jacobi-Matrix einer Schicht von ${from} nach ${into} Einheiten die Form ${samples} × ${into} × ${samples} × ${from}, also ${counted(entries, "Zahl", "Zahlen")}; das Vektor-Jacobi-Produkt (VJP), das sie ersetzt, hat ${product}. Sie wird nie aufgestellt, und am Ende bleiben nur die Ableitungen nach den Gewichten.`,

  forms: "Beide Formen sind dieselbe Funktion",
  formsEqual: "Die Summe der Kettenprodukte ist gleich der δ-Form ({how}).",
  formsDiffer:
    "Die Summe der Kettenprodukte ist nicht gleich der δ-Form: Eine von beiden ist falsch. Bitte dieses Netz melden.",
  compared: (symbolic, at, bindings) => {
    if (bindings === 0)
      return symbolic
        ? "symbolisch verglichen"
        : "nicht verglichen: Es fanden sich keine Zahlen, bei denen jede Funktion einen Wert hat";
    const where =
      at === "given"
        ? "mit Zahlen"
        : `mit Zahlen bei ${counted(bindings, "ausgelosten Belegung", "ausgelosten Belegungen")}`;
    return symbolic ? `symbolisch und ${where} verglichen` : `${where} verglichen`;
  },
  how: (symbolic, at, bindings) => {
    if (bindings === 0) return symbolic ? "symbolisch" : "nicht verglichen";
    const few = ["keiner", "einer", "zwei", "drei"][bindings] ?? String(bindings);
    const seeded = `numerisch bei ${few} ausgelosten ${isOne(bindings) ? "Belegung" : "Belegungen"}`;
    const numeric = at === "given" ? "numerisch" : seeded;
    return symbolic ? `symbolisch und ${numeric}` : numeric;
  },
  valueOmitted:
    "Dieser Faktor liegt für sich außerhalb des Bereichs einer Gleitkommazahl; er wurde zusammen mit seinem Nachbarn berechnet.",
  cost: (chain: Count, delta: Count) =>
    `Als ausgeschriebene Kettenprodukte kosten die Gradienten ${counted(chain, "Multiplikation", "Multiplikationen")}, mit gespeicherten Fehlern ${counted(delta, "Multiplikation", "Multiplikationen")}: Speichern und Wiederverwenden, das heißt hier dynamische Programmierung.`,
  sameCost: (both: Count) =>
    `Als ausgeschriebene Kettenprodukte kosten die Gradienten ${counted(both, "Multiplikation", "Multiplikationen")}, mit gespeicherten Fehlern ebenso viele. Speichern spart hier keine, wohl aber, wo Pfade ein Produkt aus mehreren Faktoren teilen.`,
  condition: "Die Zielwerte eines Datenpunkts ergeben zusammen 1; das wird hier benutzt.",

  check: "Probe",
  methods: {
    "complex-step": "komplexe Schritte",
    "central-difference": "zentrale Differenzen mit 64 Stellen",
  },
  checkAgrees: (compared) =>
    `Ein unabhängiges Rechenwerk, das keine Ableitung mit dieser Herleitung teilt, fand durch {methods} ${isOne(compared) ? "dieselbe Ableitung" : `dieselben ${compared} Ableitungen`}.`,
  checkForward: (compared, total) =>
    compared === total
      ? "Es fand auch denselben Verlust und dieselben Werte im Vorwärtsdurchlauf."
      : `Es fand auch denselben Verlust und ${compared} der ${total} Werte im Vorwärtsdurchlauf.`,
  checkDeltas: (compared, total) =>
    compared === total
      ? "Ein winziges ε, zu jeder Zwischengröße addiert, ergab dieselben Fehler δ."
      : `Ein winziges ε, zu ${compared} von ${total} Zwischengrößen addiert, ergab dieselben Fehler δ.`,
  checkDirections: (count) =>
    isOne(count)
      ? "1 Ableitung wurde entlang zufälliger Richtungen verglichen."
      : `${count} Ableitungen wurden gemeinsam entlang zufälliger Richtungen verglichen.`,
  checkDisagrees: (numbers) =>
    isOne(numbers)
      ? "Das unabhängige Rechenwerk fand eine andere Zahl für {ids}. Bitte nicht verwenden, sondern dieses Netz melden."
      : "Das unabhängige Rechenwerk fand andere Zahlen für {ids}. Bitte nicht verwenden, sondern dieses Netz melden.",
  checkKink: (derivatives) =>
    `Die Zahlen liegen auf einem Knick, deshalb ${isOne(derivatives) ? "wurde" : "wurden"} {ids} nicht verglichen.`,
  checkMissing: (derivatives) =>
    `Das unabhängige Rechenwerk hat keinen endlichen Wert für {ids}; ${isOne(derivatives) ? "diese Ableitung wurde" : "diese Ableitungen wurden"} nicht verglichen.`,
  refereeReason: (sentence) => refereeReasons[sentence] ?? sentence,
  checkNone: "Es wurde nichts verglichen.",
  checkNotAsked: "Die Anfrage verlangte keine Probe.",
  noNumbers: "Das Netz ist ohne Zahlen gegeben.",
  noNumbersAbstract: (functions) =>
    isOne(functions)
      ? "Die Funktion {names} ist abstrakt, es gibt also keine Zahlen zu vergleichen."
      : "Die Funktionen {names} sind abstrakt, es gibt also keine Zahlen zu vergleichen.",
  noNumbersMissing: (ids) =>
    isOne(ids)
      ? "Für {names} ist keine Zahl gegeben, es gibt also keine Zahlen zu vergleichen."
      : "Für {names} sind keine Zahlen gegeben, es gibt also keine Zahlen zu vergleichen.",

  update: "Aktualisierung",
  updateIntro: (steps) =>
    `Der Gradient zeigt dorthin, wo der Verlust am schnellsten wächst; jeder Schritt geht in die Gegenrichtung, daher das Minus, mit der Lernrate {rate}${isOne(steps) ? "." : `, und zwar ${steps}-mal.`}`,
  updateTable: "In Zahlen:",
  updateColumns: { parameter: "Parameter", old: "Alter Wert", derivative: "Ableitung", new: "Neuer Wert" },
  updateLoss: (steps) =>
    isOne(steps)
      ? "Der Verlust vor und nach dem Schritt:"
      : `Der Verlust vor und nach den ${steps} Schritten:`,
  updateLossColumns: { step: "Schritt", loss: "Verlust" },
  perSample: (reduction, samples) =>
    isOne(samples)
      ? "Der Datenpunkt liefert die Ableitung."
      : `Jeder Datenpunkt liefert eine eigene Ableitung; das Ergebnis ist ${reduction === "mean" ? "ihr Mittel" : "ihre Summe"} über die ${samples} Datenpunkte.`,
  perSampleColumn: (sample) => `Datenpunkt ${sample}`,
  mean: "Mittel",
  sum: "Summe",
  parameter: "Parameter",
};
