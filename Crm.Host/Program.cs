using Crm.Host.Commands;

// Bad input may make any pattern slow: none gets more than a second.
AppDomain.CurrentDomain.SetData("REGEX_DEFAULT_MATCH_TIMEOUT", TimeSpan.FromSeconds(1));
return await CommandLine.RunAsync(args);

