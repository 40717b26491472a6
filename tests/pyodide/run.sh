#!/usr/bin/env bash
# Run the tests on CPython 3.14 as Pyodide carries it: tests/pyodide/run.sh WHEEL PROJECT [pytest arguments].
#
# Left out, because it needs what has no pure-Python wheel or what a browser's Python has not: jsonschema and numpy
# (test_measure, test_numbers, test_standards, test_interchange), narwhals (frames), and processes of its own.
set -euo pipefail

wheel=$1 project=$2
shift 2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(cd "$work" && npm pack --silent pyodide@314.0.7 >/dev/null && tar -xzf pyodide-*.tgz)
mkdir "$work/wheels"
cp "$wheel" "$work/wheels"
python -m pip download --quiet --no-deps --only-binary=:all: --platform=any --python-version=3.14 \
    --implementation=py --abi=none --dest "$work/wheels" \
    attrs python-dateutil six hypothesis sortedcontainers pytest pluggy iniconfig packaging pygments
node "$(dirname "$0")/run.mjs" "$work/package" "$work/wheels" "$project" \
    -o addopts= --import-mode=importlib -q -W error -p no:cacheprovider -m "not one_python" --hypothesis-profile=brief \
    --ignore=tests/examples/test_measure.py --ignore=tests/examples/test_standards.py \
    --ignore=tests/laws/test_interchange.py --ignore=tests/laws/test_numbers.py --ignore=tests/laws/test_standards.py \
    "$@"
