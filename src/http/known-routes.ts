// The routes that exist, so that a request beside them hears which ones there are.
import type { RouteOptions } from "fastify";
import { didYouMean, Failure } from "../failure.ts";
import type { AnswerKind } from "./headers.ts";

interface KnownRoute {
  /** With `:name` for a variable step. */
  readonly path: string;
  readonly methods: readonly string[];
  readonly kind: AnswerKind;
}

export class KnownRoutes {
  readonly #routes: KnownRoute[] = [];

  add(route: RouteOptions): void {
    const kind = route.config?.kind ?? "page";
    const known = this.#routes.findIndex(({ path }) => path === route.url);
    const methods = [...(known < 0 ? [] : this.#routes[known]!.methods), ...[route.method].flat()];
    this.#routes.splice(known < 0 ? this.#routes.length : known, known < 0 ? 0 : 1, {
      path: route.url,
      methods,
      kind,
    });
  }

  /** The route of a URL's path, whatever the method. */
  at(path: string): KnownRoute | undefined {
    const steps = path.split("/");
    return this.#routes.find((route) => matches(route.path.split("/"), steps));
  }

  /** Says why nothing answers: there is no such path, or it takes other methods. */
  failure(method: string, path: string): Failure {
    const route = this.at(path);
    const shown = JSON.stringify(path.length <= 120 ? path : `${path.slice(0, 120)}…`);
    if (route !== undefined)
      return new Failure(
        "method-not-allowed",
        `${shown} does not take ${method}; use ${allowed(route).join(" or ")}.`,
      );
    const paths = this.#routes
      .filter(({ kind }) => kind !== "page")
      .map((known) => known.path.replace(/:(\w+)/g, "{$1}"));
    return new Failure(
      "not-found",
      `There is no ${shown}.${didYouMean(path, paths)} The routes are ${paths.join(", ")}.`,
    );
  }
}

/** Methods for the Allow header. */
export function allowed(route: KnownRoute): string[] {
  return [...new Set(route.methods)];
}

const matches = (pattern: readonly string[], steps: readonly string[]) =>
  pattern.length === steps.length &&
  pattern.every((step, index) => (step.startsWith(":") ? steps[index] !== "" : step === steps[index]));
