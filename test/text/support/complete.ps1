# What the script for PowerShell, the only text of a JSON file, offers after some lines.
param([string] $From, [string] $To)
$script = @(Get-Content -Raw -LiteralPath $From | ConvertFrom-Json -DateKind String)[0]
& ([scriptblock]::Create($script))
$answers = foreach ($line in 'poolkeeper decl', 'poolkeeper --url pools vis', 'poolkeeper export a', 'poolkeeper report c-1 --format m') {
  , @(([System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null)).CompletionMatches | ForEach-Object { $_.CompletionText })
}
ConvertTo-Json -InputObject @($answers) -Depth 3 -Compress | Set-Content -LiteralPath $To -Encoding ascii
