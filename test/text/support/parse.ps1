# What PowerShell's own parser makes of each line of a JSON file: errors, the line with an empty text for each text, and
# the code units of those texts. Nothing is run but texts, and those only where they hold nothing but [char] numbers.
param([string] $From, [string] $To)
function Read-Line([string] $line) {
  $tokens = $null; $errors = $null
  $ast = [System.Management.Automation.Language.Parser]::ParseInput($line, [ref] $tokens, [ref] $errors)
  $kinds = @{}; $words = @(); $odd = $null; $texts = @{}; $nested = @()
  foreach ($node in $ast.FindAll({ $true }, $true)) {
    $kind = $node.GetType().Name
    $kinds[$kind] = $true
    if ($kind -eq 'ExpandableStringExpressionAst') {
      $texts[$node.Extent.StartOffset] = $node.Extent
      foreach ($inner in $node.NestedExpressions) {
        $nested += $inner.Extent
        if ($inner.Extent.Text -cnotmatch '\A\$\(\[char\]0x[0-9A-F]{4}\)\z') { $odd = $inner.Extent.Text }
      }
    } elseif ($kind -eq 'StringConstantExpressionAst') {
      if ($node.StringConstantType -ne 'BareWord') { $texts[$node.Extent.StartOffset] = $node.Extent }
    } elseif ($kind -eq 'CommandAst') {
      $parts = foreach ($part in $node.CommandElements) {
        if ($part -is [System.Management.Automation.Language.StringConstantExpressionAst]) { $part.Value } else { $part.Extent.Text }
      }
      $words += $parts -join ' '
    }
  }
  $skeleton = ''; $at = 0; $written = @()
  foreach ($offset in [int[]] ($texts.Keys | Sort-Object)) {
    $skeleton += $line.Substring($at, $offset - $at) + '""'
    $at = $texts[$offset].EndOffset
    $written += $texts[$offset].Text
  }
  $skeleton += $line.Substring($at)
  $values = @("runs $odd")
  if ($null -eq $odd) {
    $values = @(foreach ($value in & ([scriptblock]::Create($written -join "`n"))) { ([int[]] [char[]] $value) -join ',' })
  }
  @{ errors = $errors.Count; skeleton = $skeleton; values = $values; words = $words; kinds = @($kinds.Keys) }
}
$lines = Get-Content -Raw -LiteralPath $From | ConvertFrom-Json -DateKind String
$answers = foreach ($line in $lines) { Read-Line $line }
ConvertTo-Json -InputObject @($answers) -Depth 4 -Compress -EscapeHandling EscapeNonAscii | Set-Content -LiteralPath $To -Encoding ascii
