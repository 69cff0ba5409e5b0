#!/usr/bin/env pwsh
# Thin on purpose: what it does is in src/Crm.Build, shared with build.sh.
Push-Location $PSScriptRoot
try { dotnet run --project src/Crm.Build -- @args; $code = $LASTEXITCODE } finally { Pop-Location }
exit $code
