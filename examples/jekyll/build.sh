#!/usr/bin/env bash
# Derives the pages, then builds the site into _site/. Arguments go to jekyll.
set -euo pipefail
cd "$(dirname "$0")"

for name in note-001 classic-2-2-2 two-paths; do
  node ../../bin/handgrad.js derive "../$name.json" --flavor jekyll --front-matter --out "derivations/$name.md"
done
mkdir -p assets
cp -r ../../node_modules/katex/dist assets/katex
jekyll build --quiet "$@"
