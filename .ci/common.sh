# Sourced by the scripts beside it: where we are, how we speak, which Python we use.
set -u
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
# Where it is set, each process compiles the project and its tests anew: ten seconds for each worker of each run.
unset PYTHONDONTWRITEBYTECODE

say() { printf '→ %s\n' "$*"; }

# One clear line, and the end.
refuse() {
  printf 'piawai: %s\n' "$*" >&2
  exit 1
}

# The first Python that is new enough.
find_python() {
  local candidate
  for candidate in python3.11 python3.12 python3.13 python3; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
      command -v "$candidate"
      return
    fi
  done
  return 1
}

need_python() {
  python=$(find_python) || refuse "Python 3.11 or later is needed and not here. Install it (on Debian: apt-get install python3), then run this again."
}
