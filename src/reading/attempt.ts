// Reading on trial: what cannot be read is nothing; other errors stay errors.
import { Failure } from "../failure.ts";

export function attempt<Result>(read: () => Result): Result | undefined {
  try {
    return read();
  } catch (failure) {
    if (failure instanceof Failure) return undefined;
    throw failure;
  }
}
