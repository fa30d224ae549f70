#!/bin/sh
# Write requirements.lock and requirements-dev.lock from pyproject.toml: names and exact versions, nothing of the machine
# they were resolved on. usage: lock.sh BIN [UPGRADE], BIN being the bin folder of the virtual environment.
set -eu
bin=$1
options="--quiet --strip-extras --no-header --no-annotate --allow-unsafe --no-emit-index-url --no-emit-find-links"
options="$options --no-emit-trusted-host --no-emit-options"
[ -z "${2:-}" ] || options="$options --upgrade"

# shellcheck disable=SC2086  # the options are words, each without spaces
"$bin/pip-compile" $options --output-file requirements.lock pyproject.toml
# The build of torch (CPU or an accelerator's) is the installing machine's choice: the lock holds the version alone.
sed -i 's/+cpu$//' requirements.lock
# shellcheck disable=SC2086
"$bin/pip-compile" $options --extra dev --constraint requirements.lock --output-file requirements-dev.lock pyproject.toml
sed -i 's/+cpu$//' requirements-dev.lock
