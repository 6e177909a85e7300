// The pictures of a derivation's document: those that help beside the formulas, where they are small enough to be read.
import type { PictureBlock } from "../derivation/document.ts";
import type { Language } from "../derivation/wording/wordings.ts";
import { Failure } from "../failure.ts";
import type { Network } from "../network/network.ts";
import { type GeneralName, generalNames } from "./general.ts";
import type { Picture } from "./picture.ts";
import { drawView, sceneOf, type ViewName } from "./views.ts";

/** Pictures beside formulas show at most this many nodes and edges; larger ones are asked for by themselves. */
const mostNodes = 40;
const mostEdges = 72;

/** Parameters with a picture of their paths each; a document with more has none. */
const mostParameters = 12;

export interface DocumentPictures {
  readonly network: readonly PictureBlock[];
  readonly inside: readonly PictureBlock[];
  readonly messages: readonly PictureBlock[];
  /** Of a unit in general, beside its rules; only of a network of single units. */
  readonly general: ReadonlyMap<GeneralName, PictureBlock>;
  /** By id of the parameter. */
  readonly paths: ReadonlyMap<string, PictureBlock>;
}

/** `parameters` are the ids of those that are derived. */
export function documentPictures(
  network: Network,
  language: Language,
  parameters: readonly string[],
): DocumentPictures {
  const scene = sceneOf(network, { language, values: false });
  const drawn = (view: ViewName, parameter?: string): readonly PictureBlock[] => {
    const own = parameter === undefined ? {} : { parameter };
    const picture = orNothing(() => drawView(view, { ...scene, ...own }));
    return picture && isReadable(picture) ? [{ kind: "picture", view, ...own, picture }] : [];
  };
  const inGeneral = (general: GeneralName): readonly [GeneralName, PictureBlock] => {
    const picture = drawView("messages", { ...scene, general });
    return [general, { kind: "picture", view: "messages", general, picture }];
  };
  const isEquations = network.kind === "equations";
  const paths = parameters.length > mostParameters ? [] : parameters;
  return {
    network: drawn(isEquations ? "graph" : "units"),
    inside: isEquations ? [] : drawn("detailed"),
    messages: isEquations ? [] : drawn("messages"),
    general: new Map(network.kind === "units" ? generalNames.map(inGeneral) : []),
    paths: new Map(paths.flatMap((id) => drawn("path", id).map((block) => [id, block] as const))),
  };
}

function isReadable({ nodes, edges }: Picture): boolean {
  return nodes.length <= mostNodes && edges.length <= mostEdges;
}

/** What cannot be drawn, such as a parameter without a path, is left to the words. */
function orNothing(draw: () => Picture): Picture | undefined {
  try {
    return draw();
  } catch (error) {
    if (error instanceof Failure) return undefined;
    throw error;
  }
}
