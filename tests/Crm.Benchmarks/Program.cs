using Crm.Benchmarks;

if (BenchOptions.Read(args) is not { } options)
{
    await Console.Error.WriteLineAsync(BenchOptions.Usage);
    return 2;
}

// Lines that only say what goes on go where the table does not.
await using var bench = new Bench(options, Console.Error.WriteLine);
await Console.Out.WriteLineAsync(await bench.RunAsync());
return 0;
