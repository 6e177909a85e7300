// The pictures of a derivation's document: those that help beside the formulas, where they are small enough to be read.
import type { PictureBlock } from "../derivation/document.ts";
import type { Language } from "../derivation/wording/wordings.ts";
import { Failure } from "../failure.ts";
import type { Network } from "../network/network.ts";
import type { GeneralName } from "./general.ts";
import type { Picture } from "./picture.ts";
import { drawView, sceneOf, type ViewName } from "./views.ts";

/** Pictures beside formulas show something, and at most this many nodes and edges; larger ones are asked for by themselves. */
const mostNodes = 40;
const mostEdges = 72;

/** Parameters with a picture of their paths each; a document with more has none. */
const mostParameters = 12;

/** Each is drawn where it is asked for: a document shows a few of them. */
export interface DocumentPictures {
  readonly network: () => readonly PictureBlock[];
  readonly inside: () => readonly PictureBlock[];
  readonly messages: () => readonly PictureBlock[];
  /** Of a unit in general, beside its rules; only of a network of single units. */
  readonly general: (name: GeneralName) => readonly PictureBlock[];
  /** Of the paths to a parameter, by its id. */
  readonly paths: (parameter: string) => readonly PictureBlock[];
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
  const isEquations = network.kind === "equations";
  const withPaths = new Set(parameters.length > mostParameters ? [] : parameters);
  return {
    network: () => drawn(isEquations ? "graph" : "units"),
    inside: () => (isEquations ? [] : drawn("detailed")),
    messages: () => (isEquations ? [] : drawn("messages")),
    general: (general) => {
      if (network.kind !== "units") return [];
      const picture = drawView("messages", { ...scene, general });
      return [{ kind: "picture", view: "messages", general, picture }];
    },
    paths: (parameter) => (withPaths.has(parameter) ? drawn("path", parameter) : []),
  };
}

function isReadable({ nodes, edges }: Picture): boolean {
  return edges.length > 0 && nodes.length <= mostNodes && edges.length <= mostEdges;
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
