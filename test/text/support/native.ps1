# Runs lines of a JSON file with a program in the place of poolkeeper, which shows what it was given; once as 7 passes
# arguments, once as 5.1 does. Handed over are only lines that parse.ps1 found harmless.
param([string] $From, [string] $To, [string] $Program)
Set-Alias poolkeeper $Program
$lines = Get-Content -Raw -LiteralPath $From | ConvertFrom-Json -DateKind String
$answers = foreach ($mode in 'Standard', 'Legacy') {
  $PSNativeCommandArgumentPassing = $mode
  foreach ($line in $lines) { (& ([scriptblock]::Create($line))) -join "`n" }
}
ConvertTo-Json -InputObject @($answers) -Compress -EscapeHandling EscapeNonAscii | Set-Content -LiteralPath $To -Encoding ascii
