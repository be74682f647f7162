#!/bin/sh
# Builds the console from Maven: says what is missing in words, and leaves the rest to build.mjs.
if ! command -v node >/dev/null; then
    echo "The console is built with Node.js, 20.19 or later, and none is on the PATH." >&2
    echo "Install one, or build without the console: -Dconsole.skip=true" >&2
    exit 1
fi
exec node "$(dirname "$0")/build.mjs"
