using Microsoft.PowerShell;

// PowerShell, for a machine that need not have it. It takes the arguments of pwsh, and does what the real one does, but for two things that
// the real one does on its own: it sends nothing to its makers, and asks no server for a newer version.
Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
Environment.SetEnvironmentVariable("POWERSHELL_UPDATECHECK", "Off");
return UnmanagedPSEntry.Start(args, args.Length);
