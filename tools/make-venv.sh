#!/usr/bin/env bash
# Make a virtual environment with the given Python (3.11 or newer), or say the exact line to type where it cannot be made.
set -euo pipefail
python=$1
venv=$2

if ! command -v "$python" >/dev/null; then
    echo "Python saknas. Skriv:  sudo apt-get install python3 python3-venv" >&2
    exit 1
fi
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "Uppsikt behöver Python 3.11 eller nyare; $python är $("$python" -V). Skriv:  make PYTHON=python3.12 $*" >&2
    exit 1
fi
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    # Debian's python3 comes without ensurepip: the package that it lacks bears its version.
    package=$("$python" -c 'import sys; print(f"python3.{sys.version_info[1]}-venv")')
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$package"
    else
        echo "Python saknar venv. Skriv:  sudo apt-get install $package" >&2
        exit 1
    fi
fi
"$python" -m venv "$venv"
