// Texts that try to become more than text in one of the languages that we write.

/** Printable everywhere, so that every format must show it as it is. */
export const hostileLabel =
  "<script>alert(1)</script> & \"q\" 'x' \\input{/etc/passwd} \\write18{ls} $x$ $$y$$ ^^5c %c #1 ~ _em_ **b** `c` | [l](javascript:a) ![i](u) {{< s >}} {% raw %} [[w]] :+1: www.a.b http://a.b a@b.c ]]> --> -- ,, \\\\[2em] \\end{document}";

export const hostileLabels: readonly string[] = [
  hostileLabel,
  "# heading",
  "- bullet",
  "1. number",
  "> quote",
  "| a | b |",
  "```math",
  "    code",
  "[^1]: note",
  "=== setext",
  "*starts the line",
  "[starts the cell",
  "</style><svg onload=alert(1)>",
  "</title><img src=x onerror=alert(1)>",
  '" onmouseover="alert(1)',
];
