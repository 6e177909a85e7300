#!/usr/bin/env bash
# Derives the pages, then builds the site into public/. Arguments go to hugo.
set -euo pipefail
cd "$(dirname "$0")"

for name in note-001 classic-2-2-2 two-paths; do
  node ../../bin/handgrad.js derive "../$name.json" --flavor hugo --pictures svg --front-matter \
    --out "content/$name/index.md"
done
mkdir -p static
cp -r ../../node_modules/katex/dist static/katex
hugo --quiet "$@"
