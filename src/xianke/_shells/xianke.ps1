Register-ArgumentCompleter -Native -CommandName xianke -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $before = @($commandAst.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } |
        ForEach-Object { $_.ToString() })
    $words = @($before | Select-Object -Skip 1)
    $lines = @(& $commandAst.CommandElements[0].ToString() __complete powershell @words ".$wordToComplete" 2> $null)
    if ($lines.Count -lt 2) { return }
    foreach ($line in $lines[1..($lines.Count - 1)]) {
        $value, $text = $line -split "`t", 2
        if (-not $text) { $text = $value }
        [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $text)
    }
}
