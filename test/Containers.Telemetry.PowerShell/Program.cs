using Microsoft.PowerShell;

// PowerShell for machines without it. It accepts the arguments of pwsh and behaves like it, except that it sends no telemetry and does not look for
// updates.
Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
Environment.SetEnvironmentVariable("POWERSHELL_UPDATECHECK", "Off");
return UnmanagedPSEntry.Start(args, args.Length);
