# What run.sh and test.sh need on the machine, installed when it is missing. Sourced, not run.

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
# Build servers that stay behind keep our standard output open: `./test.sh | tee log` would not end.
export MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false

say() { echo "· $*" >&2; }

fail() {
  echo "$*" >&2
  exit 1
}

need_dotnet() {
  local place
  for place in "$(command -v dotnet || true)" "$HOME/.dotnet/dotnet" /usr/share/dotnet/dotnet /usr/lib/dotnet/dotnet /usr/local/share/dotnet/dotnet; do
    if [[ -x $place ]] && "$place" --list-sdks 2>/dev/null | grep -q '^10\.'; then
      export PATH="${place%/*}:$PATH"
      return
    fi
  done
  fail "SupportLive needs the .NET 10 SDK, which was not found. Get it from https://dotnet.microsoft.com/download/dotnet/10.0 (or: curl -fsSL https://dot.net/v1/dotnet-install.sh | bash -s -- --channel 10.0), then run this again."
}

# The same places as SupportLive.Core/Data/PostgresBinaries.cs.
have_postgres() {
  local place
  command -v initdb >/dev/null && command -v pg_ctl >/dev/null && return
  for place in /usr/lib/postgresql/*/bin /opt/homebrew/opt/postgresql@*/bin /usr/local/opt/postgresql@*/bin \
    /usr/pgsql-*/bin /usr/local/pgsql/bin /usr/lib/postgresql/bin /usr/libexec/postgresql*; do
    [[ -x $place/initdb && -x $place/pg_ctl ]] && return
  done
  return 1
}

need_postgres() {
  have_postgres && return
  if command -v apt-get >/dev/null; then
    say "Installing the PostgreSQL server programs (apt-get install postgresql); no database of the system is created"
    # Debian would make and start a cluster on port 5432, which SupportLive does not use.
    if [[ ! -e /etc/postgresql-common/createcluster.conf ]]; then
      as_root mkdir -p /etc/postgresql-common
      echo "create_main_cluster = false" | as_root tee /etc/postgresql-common/createcluster.conf >/dev/null
    fi
    apt_install postgresql
  elif command -v brew >/dev/null; then
    say "Installing PostgreSQL (brew install postgresql@17)"
    brew install --quiet postgresql@17 >&2
  fi
  have_postgres || fail "SupportLive needs the PostgreSQL server programs (14 or newer), which were not found and could not be installed. Install them with your package manager, or set ConnectionStrings__SupportLive to a database."
}

# What printed reports are set in; the same places as SupportLive.Core/Reports/Paper/PaperFont.cs. Without one only they are refused.
have_font() {
  local place
  for place in /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf /usr/share/fonts/dejavu-sans-fonts/DejaVuSans.ttf /usr/share/fonts/TTF/DejaVuSans.ttf \
    /usr/share/fonts/dejavu/DejaVuSans.ttf /opt/homebrew/share/fonts/DejaVuSans.ttf /Library/Fonts/DejaVuSans.ttf "$HOME/Library/Fonts/DejaVuSans.ttf" \
    "$HOME/.local/share/fonts/DejaVuSans.ttf" "$HOME/.fonts/DejaVuSans.ttf" /usr/share/fonts/truetype/liberation*/LiberationSans-Regular.ttf \
    /usr/share/fonts/liberation-sans/LiberationSans-Regular.ttf /usr/share/fonts/TTF/LiberationSans-Regular.ttf /System/Library/Fonts/Supplemental/Arial.ttf; do
    [[ -f $place ]] && return
  done
  return 1
}

# Asks for root only where there is something to install; a server without the font runs all the same.
need_font() {
  have_font && return
  if command -v apt-get >/dev/null && { [[ $(id -u) == 0 ]] || command -v sudo >/dev/null; }; then
    say "Installing the font of printed reports (apt-get install fonts-dejavu-core)"
    apt_install fonts-dejavu-core
  elif command -v brew >/dev/null; then
    say "Installing the font of printed reports (brew install --cask font-dejavu)"
    brew install --quiet --cask font-dejavu >&2 || true
  fi
  have_font || say "No font for printed reports was found, and none could be installed: reports cannot be printed"
}

find_chromium() {
  local place
  for place in /usr/bin/chromium /usr/bin/chromium-browser /usr/bin/google-chrome /usr/bin/google-chrome-stable \
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" /Applications/Chromium.app/Contents/MacOS/Chromium; do
    [[ -x $place ]] && echo "$place" && return
  done
  return 1
}

# Leaves the browser's path in SUPPORTLIVE_CHROMIUM. Without one only the browser tests cannot run, so that is no failure here.
need_chromium() {
  if command -v apt-get >/dev/null; then
    local wanted=()
    find_chromium >/dev/null || wanted+=(chromium)
    if ((${#wanted[@]})); then
      say "Installing what the browser tests need (apt-get install ${wanted[*]})"
      apt_install "${wanted[@]}"
    fi
  elif command -v brew >/dev/null && ! find_chromium >/dev/null; then
    say "Installing Chromium for the browser tests (brew install --cask chromium)"
    brew install --quiet --cask chromium >&2 || true
  fi
  SUPPORTLIVE_CHROMIUM="${SUPPORTLIVE_CHROMIUM:-$(find_chromium || true)}"
  export SUPPORTLIVE_CHROMIUM
  [[ -n $SUPPORTLIVE_CHROMIUM ]] || say "No Chromium was found, and none could be installed: the browser tests cannot run"
}

# The configuration files that are there already are kept, without a question. Says what apt-get said only when it failed.
apt_install() {
  local said
  said="$(as_root apt-get update -qq 2>&1 && as_root env DEBIAN_FRONTEND=noninteractive UCF_FORCE_CONFFOLD=1 \
    apt-get install -y -qq --no-install-recommends -o Dpkg::Options::=--force-confold "$@" 2>&1)" || echo "$said" >&2
}

as_root() {
  if [[ $(id -u) == 0 ]]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    fail "Installing needs root, and there is no sudo here. Install the packages named above as root, then run this again."
  fi
}
