#!/usr/bin/env bash
# Builds SupportLive and runs it on http://localhost:5080. Arguments go to the app: ./run.sh --urls http://127.0.0.1:6001
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
source "$root/.ci/needs.sh"

need_dotnet
[[ -n ${ConnectionStrings__SupportLive:-} ]] || need_postgres
need_font

cd "$root/SupportLive.Web"
say "Building SupportLive"
dotnet build -c Release -v q --nologo -clp:NoSummary >&2

# The build's settings are not the app's, and --urls on the command line wins over this.
unset MSBUILDDISABLENODEREUSE UseSharedCompilation
# On one core the runtime waits ten times as long before it compiles hot code well, and under load never gets to it.
export DOTNET_TC_DelaySingleProcMultiplier="${DOTNET_TC_DelaySingleProcMultiplier:-1}"
[[ -n ${ASPNETCORE_HTTP_PORTS:-}${ASPNETCORE_HTTPS_PORTS:-} ]] || export ASPNETCORE_URLS="${ASPNETCORE_URLS:-http://localhost:5080}"
exec dotnet bin/Release/net10.0/SupportLive.Web.dll "$@"
