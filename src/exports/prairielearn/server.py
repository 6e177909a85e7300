# A worksheet of Handgrad as a question: each variant has a problem, a solution and a key, and the key is graded by the
# command line, offline. HANDGRAD names the command where it is not on the path.
import json
import os
import shlex
import subprocess

# PrairieLearn itself gives a question 10 seconds (its setting questionTimeoutMilliseconds).
SECONDS = 9


def variants(data):
    folder = data.get("options", {}).get("question_path", os.getcwd())
    with open(os.path.join(folder, "variants.json"), encoding="utf-8") as file:
        return json.load(file)


def generate(data):
    every = variants(data)
    chosen = int(data["variant_seed"]) % len(every)
    variant = every[chosen]
    data["params"]["chosen"] = chosen
    for name in ("code", "problem", "solution", "asked", "numbers", "derivation"):
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


def graded(request):
    command = shlex.split(os.environ.get("HANDGRAD", "handgrad")) + ["grade", "-"]
    try:
        run = subprocess.run(
            command, input=json.dumps(request), capture_output=True, encoding="utf-8", timeout=SECONDS
        )
    except OSError as error:
        raise RuntimeError(
            "The command %s cannot be run where this question is graded: install Handgrad there, or set the "
            "environment variable HANDGRAD to the command." % shlex.quote(command[0])
        ) from error
    except subprocess.TimeoutExpired as error:
        raise RuntimeError("Handgrad took longer than %d seconds." % SECONDS) from error
    if run.returncode != 0:
        raise RuntimeError("Handgrad: " + run.stderr.strip())
    return json.loads(run.stdout)


def grade(data):
    variant = variants(data)[data["params"]["chosen"]]
    lines = submission(variant, data["submitted_answers"])
    if not lines:
        return
    result = graded({**variant["key"], "submission": lines, "format": "prairielearn"})
    field = "derivation" if variant["derivation"] else variant["numbers"][0]["name"]
    if not result.get("gradable", True):
        data["format_errors"][field] = " ".join(result["format_errors"])
        return
    messages = [result["message"]] + [test["message"] for test in result["tests"]]
    data["feedback"]["grader"] = "\n\n".join(message for message in messages if message)
    data["score"] = result["score"]
    # Each number has the mark of its own field already.
    if variant["derivation"]:
        data["partial_scores"][field] = {"score": result["score"], "weight": 1}


# PrairieLearn's own test of a question. Numbers are tested by their fields; of a derivation these know nothing.
def test(data):
    variant = variants(data)[data["params"]["chosen"]]
    if not variant["derivation"]:
        return
    kind = data["test_type"]
    data["raw_submitted_answers"]["derivation"] = variant["tests"][kind]
    if kind == "invalid":
        data["format_errors"]["derivation"] = "invalid"
    else:
        data["score"] = 1 if kind == "correct" else 0
        data["partial_scores"]["derivation"] = {"score": data["score"], "weight": 1}
