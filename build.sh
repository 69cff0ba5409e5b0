#!/bin/sh
# Thin on purpose: what it does is in src/Crm.Build, shared with build.ps1.
cd "$(dirname "$0")" || exit 1
exec dotnet run --project src/Crm.Build -- "$@"
