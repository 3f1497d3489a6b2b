#!/usr/bin/env bash
# Installs the programs of tests/readers, to be run from anywhere:
#
#   tests/readers/install.sh             the core: what PyPI and npm have, and where you are root on Debian or Ubuntu,
#                                        what their packages have, as far as these can be reached
#   tests/readers/install.sh everything  also the programs that bring a whole language with them; needs root
#
# Python's go into .venv, which is made where there is none; PYTHON=… names another interpreter, with pip 25.1 or newer.
# Node's go into tests/readers/node_modules.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."

core=(newsboat sfeed ruby libxml-feed-perl libxml-feedpp-perl)
everything=(librome-java libslf4j-java default-jdk-headless emacs-nox elpa-elfeed)

install_with_apt() {
    local missing
    missing=$(for package in "$@"; do dpkg --status "$package" >/dev/null 2>&1 || echo "$package"; done)
    [[ -z $missing ]] && return
    export DEBIAN_FRONTEND=noninteractive
    timeout 60 apt-get update -qq || echo "apt-get update failed; trying with the lists that are here" >&2
    # shellcheck disable=SC2086 # one word for each package
    timeout 240 apt-get install -qq --no-install-recommends -o DPkg::Lock::Timeout=60 $missing >/dev/null
}

has_apt() { [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null; }

case ${1:-core} in
core)
    if ! has_apt; then
        echo "left out, for it takes root and apt-get: ${core[*]}" >&2
    elif ! install_with_apt "${core[@]}"; then
        echo "left out, for apt-get failed: ${core[*]}" >&2
    fi
    ;;
everything)
    has_apt || { echo "$0 everything: needs root and apt-get" >&2; exit 2; }
    install_with_apt "${core[@]}" "${everything[@]}"
    ;;
*)
    echo "usage: $0 [everything]" >&2
    exit 2
    ;;
esac

python=${PYTHON:-.venv/bin/python}
[[ -x $(command -v "$python") ]] || python3 -m venv --upgrade-deps .venv
timeout 600 "$python" -m pip install --quiet -c constraints.txt -e '.[all]' --group test --group readers
command -v npm >/dev/null || { echo "npm is missing: install Node.js 20 or newer" >&2; exit 1; }
timeout 300 npm ci --prefix "$here" --ignore-scripts --no-audit --no-fund --loglevel=error
