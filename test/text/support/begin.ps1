# An interactive PowerShell in which the cmdlet and the program of the lines write down what they were given.
Set-PSReadLineOption -EditMode $env:EDIT_MODE -HistorySaveStyle SaveNothing -PredictionSource None
function Write-Given($name, $texts) {
  $given = ($texts | ForEach-Object { ([int[]] [char[]] [string] $_) -join ',' }) -join ' '
  [System.IO.File]::AppendAllText($env:PASTED, "$name $given`n")
}
function Get-CsRgsQueue { Write-Given 'queue' $args }
function poolkeeper { Write-Given 'poolkeeper' (@($args) + @($input)) }
function prompt { 'READY>' }
