// What was compared with what: both forms with each other, and the numbers with the independent engine's.
import type { NotCompared } from "./derived.ts";
import type { Block, Inline } from "./document.ts";
import { code, enumerated, fill, note, paragraph, type SectionBlock, section, text } from "./prose.ts";
import type { Telling } from "./telling.ts";
import type { Wording } from "./wording/english.ts";

export function formsSection({ derived, words }: Telling): SectionBlock {
  const { agreement, comparedAt, chainCost, deltaCost, network } = derived;
  const [chain, delta] = [chainCost.multiplications, deltaCost.multiplications];
  const how = words.compared(agreement.symbolic === true, comparedAt.kind, comparedAt.bindings);
  const condition = network.targets.some((target) => target.sumsToOne) ? [paragraph(words.condition)] : [];
  return section("forms", words.forms, [
    agreement.equal
      ? note("agrees", fill(words.formsEqual, { how: [text(how)] }))
      : note("warning", words.formsDiffer),
    paragraph(chain === delta ? words.sameCost(chain) : words.cost(chain, delta)),
    ...condition,
  ]);
}

export function checkSection(telling: Telling): SectionBlock {
  const { derived, words } = telling;
  const { verification, notCompared } = derived;
  if (!verification) {
    const why = [text(`${words.checkNone} `), ...causeOf(notCompared!, words)];
    return section("check", words.check, [note("remark", why)]);
  }
  const { parameters, forward, deltas } = verification;
  const byStatus = (status: string): readonly string[] =>
    [...parameters].filter(([, check]) => check.status === status).map(([id]) => id);
  const ids = (list: readonly string[]): { ids: readonly Inline[] } => ({
    ids: enumerated(list.map(code), words.and),
  });
  const differing = [...byStatus("disagrees"), ...forward.differing, ...deltas.differing];
  const atKink = byStatus("kink");
  const missing = byStatus("not-compared");
  const convention = atKink.length > 0 ? words.refereeReason(parameters.get(atKink[0]!)!.reason!) : "";
  const agreeing = agreements(telling, differing.length === 0);
  const blocks: readonly (readonly Block[])[] = [
    differing.length > 0
      ? [note("warning", fill(words.checkDisagrees(differing.length), ids(differing)))]
      : [],
    agreeing.length > 0 ? [note("agrees", agreeing)] : [],
    atKink.length > 0
      ? [note("remark", [...fill(words.checkKink(atKink.length), ids(atKink)), text(` ${convention}`)])]
      : [],
    missing.length > 0 ? [note("remark", fill(words.checkMissing(missing.length), ids(missing)))] : [],
  ];
  return section("check", words.check, blocks.flat());
}

/** What the independent engine confirms, sentence after sentence. */
function agreements({ derived, words }: Telling, allAgree: boolean): readonly Inline[] {
  const { parameters, forward, deltas } = derived.verification!;
  const checks = [...parameters.values()];
  const agreeing = checks.filter(({ status }) => status === "agrees").length;
  const along = checks.filter(({ scope }) => scope === "direction").length;
  const methods = [...new Set(checks.flatMap(({ method }) => (method ? [words.methods[method]] : [])))];
  const found = fill(words.checkAgrees(agreeing), { methods: enumerated(methods.map(text), words.and) });
  const sentences: readonly (readonly Inline[])[] = [
    agreeing > 0 ? found : [],
    along > 0 ? [text(words.checkDirections(along))] : [],
    forward.compared > 0 && allAgree ? [text(words.checkForward(forward.compared, forward.of))] : [],
    deltas.compared > 0 && allAgree ? [text(words.checkDeltas(deltas.compared, deltas.of))] : [],
  ];
  return sentences
    .filter((sentence) => sentence.length > 0)
    .flatMap((sentence, position) => (position === 0 ? sentence : [text(" "), ...sentence]));
}

function causeOf(cause: NotCompared, words: Wording): readonly Inline[] {
  switch (cause.reason) {
    case "not-asked":
      return [text(words.checkNotAsked)];
    case "no-numbers":
      return [text(words.noNumbers)];
    case "abstract":
      return fill(words.noNumbersAbstract(cause.names.length), {
        names: enumerated(cause.names.map(code), words.and),
      });
    case "missing":
      return fill(words.noNumbersMissing(cause.names.length), {
        names: enumerated(cause.names.map(code), words.and),
      });
  }
}
