#!/bin/sh
# The first step of `make run` and `make test`: finds a Python >= 3.11 that really runs and hands over to cli/environments.py.
# POSIX sh only: this runs before anything of ours is installed, and with an empty environment too.
set -u

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P) || exit 2
cd "$root" || exit 2

# What a calling shell has set for another project must not leak into ours.
unset VIRTUAL_ENV PYTHONHOME PYTHONPATH PYTHONSAFEPATH PYTHONSTARTUP CONDA_PREFIX UV_PROJECT_ENVIRONMENT UV_PYTHON

# A pyenv shim answers for versions it cannot run, so a candidate counts only if it does real work.
probe='import sys, ssl, venv; sys.exit(not sys.version_info >= (3, 11))'

try() {
    [ -n "$1" ] || return 1
    "$1" -c "$probe" >/dev/null 2>&1 || return 1
    chosen=$1
}

find_python() {
    chosen=
    if [ -n "${PYTHON:-}" ]; then
        try "$PYTHON" && return 0
        echo "Setelan PYTHON=$PYTHON bukan Python 3.11 atau lebih baru yang dapat dijalankan. Perbaiki atau kosongkan PYTHON." >&2
        exit 2
    fi
    for name in python3 python3.11 python3.12 python3.13 python3.14 python; do
        try "$name" && return 0
    done
    for path in "${PYENV_ROOT:-${HOME:-/nonexistent}/.pyenv}"/versions/3.1[1-9].*/bin/python3 \
        "${HOME:-/nonexistent}"/.local/share/uv/python/cpython-3.1[1-9].*/bin/python3 \
        /usr/local/bin/python3 /usr/bin/python3 /opt/homebrew/bin/python3; do
        [ -x "$path" ] && try "$path" && return 0
    done
    return 1
}

if ! find_python; then
    echo "Python 3.11 atau lebih baru tidak ditemukan. Pasang (Debian/Ubuntu: apt-get install python3 python3-venv), atau tunjuk dengan PYTHON=/jalur/ke/python3." >&2
    exit 2
fi
exec "$chosen" -m cli.environments "$@"
