# A worksheet of Handgrad as a question: each variant has a problem, a solution and a key, and the key is graded by the
# command line, offline. HANDGRAD names the command where it is not on the path.
import json
import os
import shlex
import subprocess

SECONDS = 25


def variants(data):
    folder = data.get("options", {}).get("question_path", os.getcwd())
    with open(os.path.join(folder, "variants.json"), encoding="utf-8") as file:
        return json.load(file)


def generate(data):
    every = variants(data)
    chosen = int(data["variant_seed"]) % len(every)
    variant = every[chosen]
    data["params"]["chosen"] = chosen
    for name in ("code", "problem", "solution", "numbers", "derivation"):
        data["params"][name] = variant[name]
    for number in variant["numbers"]:
        data["correct_answers"][number["name"]] = number["value"]


def submission(variant, answers):
    if variant["derivation"]:
        return answers.get("derivation") or ""
    written = [(number["latex"], answers.get(number["name"])) for number in variant["numbers"]]
    return ["%s = %s" % (head, latex_number(value)) for head, value in written if value is not None]


def latex_number(value):
    mantissa, _, exponent = repr(float(value)).partition("e")
    return mantissa if exponent == "" else "%s \\times 10^{%d}" % (mantissa, int(exponent))


def grade(data):
    variant = variants(data)[data["params"]["chosen"]]
    lines = submission(variant, data["submitted_answers"])
    if not lines:
        return
    request = {**variant["key"], "submission": lines, "format": "prairielearn"}
    command = shlex.split(os.environ.get("HANDGRAD", "handgrad")) + ["grade", "-"]
    run = subprocess.run(command, input=json.dumps(request), capture_output=True, text=True, timeout=SECONDS)
    if run.returncode != 0:
        raise RuntimeError("handgrad: " + run.stderr.strip())
    result = json.loads(run.stdout)
    field = "derivation" if variant["derivation"] else variant["numbers"][0]["name"]
    if not result.get("gradable", True):
        data["format_errors"][field] = " ".join(result["format_errors"])
        return
    messages = [result["message"]] + [test["message"] for test in result["tests"]]
    data["feedback"]["grader"] = "\n\n".join(message for message in messages if message)
    data["score"] = result["score"]
    for name in [field] if variant["derivation"] else [number["name"] for number in variant["numbers"]]:
        data["partial_scores"][name] = {"score": result["score"], "weight": 1}
